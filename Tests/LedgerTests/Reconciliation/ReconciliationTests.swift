import Foundation
import Money
import Settlement
import Signing
import TestSupport
import Testing

@testable import Ledger

/// Certificates, disputes and mended breaks as two partners use them (spec/29).
@Suite struct ReconciliationTests {
    // MARK: - Certificates

    @Test func bothCertifyAWindow() throws {
        var world = try ReconciliationStory.base.get()
        let sums = [
            Network.sum("harbour/points", credit: 500, reversedCredit: 20),
            Network.sum("nordwind/points", debit: 500, reversedDebit: 20),
        ]
        let first = try world.take { $0.certify(with: "harbour", by: "nordwind", sums: sums) }
        let half = try #require(Self.certificate(world))
        #expect(!half.isComplete && half.first == nil && half.second?.entry == first)
        let second = try world.take { $0.certify(with: "nordwind", by: "harbour", sums: sums) }
        let whole = try #require(Self.certificate(world))
        #expect(whole.isComplete && whole.first?.entry == second)
        #expect(whole.key.first == "harbour" && whole.figures == half.figures)
        #expect(whole.figures.sums.map(\.reversedCredit) == [20, 0])
        #expect(whole.first?.books == Network.digest(of: "books of harbour"))
    }

    /// Who signed first and wrong signs again; the other one could not sign before.
    @Test func aStatementReplacesTheSignersOwn() throws {
        var world = try ReconciliationStory.base.get()
        try world.take { $0.certify(with: "harbour", by: "nordwind", count: 3) }
        let faults = world.faults { $0.certify(with: "nordwind", by: "harbour", count: 4) }
        #expect(faults.map(\.code) == ["CertificateMismatch.figures"])
        #expect(faults.map(\.place) == ["count"])
        let again = try world.take { $0.certify(with: "harbour", by: "nordwind", count: 4) }
        #expect(Self.certificate(world)?.second?.entry == again)
        try world.take { $0.certify(with: "nordwind", by: "harbour", count: 4) }
        #expect(Self.certificate(world)?.isComplete == true)
    }

    @Test func nobodyCertifiesTheOthersFile() throws {
        var world = try ReconciliationStory.base.get()
        try world.take { $0.certify(with: "harbour", by: "nordwind", books: "feed") }
        let faults = world.faults { $0.certify(with: "nordwind", by: "harbour", books: "feed") }
        #expect(faults.map(\.code) == ["CertificateMismatch.sameBooks"])
        #expect(faults.map(\.place) == ["books"])
    }

    @Test(arguments: [("root", "root"), ("count", "count"), ("sums", "sums"), ("all", "root")])
    func theFirstMemberThatDiffersIsNamed(_ what: String, _ place: String) throws {
        var world = try ReconciliationStory.base.get()
        try world.take { $0.certify(with: "harbour", by: "nordwind") }
        let isAll = what == "all"
        let faults = world.faults {
            $0.certify(
                with: "nordwind",
                by: "harbour",
                root: what == "root" || isAll ? "other" : "root",
                count: what == "count" || isAll ? 2 : 1,
                sums: what == "sums" || isAll ? [Network.sum("harbour/points")] : [],
                books: isAll ? "books of nordwind" : nil
            )
        }
        #expect(faults.map(\.place) == [place])
    }

    /// A suspended partner and one whose agreement ended certify what was.
    @Test func certificatesLookBack() throws {
        var world = try ReconciliationStory.base.get()
        try world.take { $0.suspend("nordwind") }
        try world.take { $0.certify(with: "harbour", by: "nordwind") }
        #expect(Self.certificate(world)?.isComplete == false)
    }

    private static func certificate(_ world: ReconciliationStory) -> CertificateRecord? {
        world.book.certificate(calendar: "network", window: 1, between: "nordwind", and: "harbour")
    }

    // MARK: - Disputes

    @Test func aDisputeClimbsTheLadderAndIsAdjusted() throws {
        var world = try ReconciliationStory.base.get()
        let terms = world.terms
        let dispute = try world.dispute()
        try world.take { $0.reject(dispute, by: "harbour") }
        #expect(world.book.dispute(dispute)?.state == .rejected)
        try world.take { $0.restate(dispute, amount: 80, by: "nordwind") }
        #expect(world.book.dispute(dispute)?.state == .open)
        let accepted = try world.take { $0.acceptDispute(dispute, by: "harbour") }
        let before = BookView(world.book).owed("harbour", "nordwind")
        for amount in [30, 50] as [Int64] {
            #expect(world.book.dispute(dispute)?.changedAt == accepted)
            try world.take {
                $0.adjust(
                    "harbour",
                    owes: "nordwind",
                    amount: amount,
                    agreement: terms,
                    dispute: dispute
                )
            }
        }
        let record = try #require(world.book.dispute(dispute))
        #expect(record.state == .adjusted && record.left == 0 && record.rejections == 1)
        #expect(record.since == world.book.time)
        #expect(BookView(world.book).owed("harbour", "nordwind") == before + 80)
        // It falls into the window that is open now, not into the one that was disputed.
        let lines = world.book.openLines(of: "network")
        #expect(lines.map(\.debt.exact) == [Quotient(80)])
    }

    @Test func theThirdRejectionEndsTheLadder() throws {
        var world = try ReconciliationStory.base.get()
        let dispute = try world.arbitration()
        #expect(world.book.dispute(dispute)?.state == .arbitration)
        #expect(world.book.dispute(dispute)?.rejections == 3)
        try world.take { $0.acceptDispute(dispute, by: "harbour") }
        #expect(world.book.dispute(dispute)?.state == .accepted)
    }

    /// What an arbitrator awards may be less: it is posted, and the rest is withdrawn.
    @Test func anAwardIsPostedWithoutAcceptance() throws {
        var world = try ReconciliationStory.base.get()
        let (terms, dispute) = (world.terms, try world.arbitration())
        try world.take {
            $0.adjust("harbour", owes: "nordwind", amount: 40, agreement: terms, dispute: dispute)
        }
        #expect(world.book.dispute(dispute)?.state == .arbitration)
        try world.take { $0.withdrawDispute(dispute, by: "nordwind") }
        let record = try #require(world.book.dispute(dispute))
        #expect(record.state == .withdrawn && record.adjusted == 40 && record.left == 60)
    }

    /// Each side may claim for the same break, and claim again what it withdrew.
    @Test func bothSidesDisputeABreak() throws {
        var world = try ReconciliationStory.base.get()
        let terms = world.terms
        let first = try world.dispute()
        let second = try world.take { $0.dispute(terms, amount: 7, by: "harbour") }
        #expect(world.book.dispute(second)?.respondent == "nordwind")
        try world.take { $0.withdrawDispute(first, by: "nordwind") }
        let third = try world.dispute()
        #expect(world.book.disputes.map(\.entry) == [first, second, third])
        #expect(world.book.disputes.map(\.state) == [.withdrawn, .open, .open])
    }

    /// Closes, fixes, calculations and payments do not ask what is disputed.
    @Test func aDisputeHoldsNothingUp() throws {
        var world = try ReconciliationStory.base.get()
        _ = try world.dispute()
        try world.take { $0.fix(window: 1, sheets: []) }
        let currency = try NightStory.currency("EUR")
        let rehearsal = try world.book.rehearseCalculation(
            calendar: "network",
            window: 1,
            model: .multilateral,
            currency: currency
        )
        try world.take {
            $0.sign(.settlementCalculate, by: "operator-a", NightStory.figures(rehearsal))
        }
        #expect(rehearsal.debts.map(\.amount) == [500])
        try world.close()
    }

    // MARK: - What is kept

    @Test func mendedBreaksAndDisputesAreKeptWithTheirWindow() throws {
        var world = try ReconciliationStory.base.get()
        let terms = world.terms
        try world.take { $0.certify(with: "harbour", by: "nordwind") }
        let over = try world.dispute(about: "over")
        try world.take { $0.withdrawDispute(over, by: "nordwind") }
        let open = try world.dispute(about: "open")
        // Posted into window 2.
        try world.take {
            $0.adjust("harbour", owes: "nordwind", amount: 5, agreement: terms, mending: "break")
        }
        try world.forget(windowsUpTo: 1)
        #expect(world.book.certificates.isEmpty)
        #expect(world.book.disputes.map(\.entry) == [open])
        #expect(world.book.breakLinks.count == 1)
        try world.forget(windowsUpTo: 2)
        #expect(world.book.breakLinks.isEmpty)
        // What is forgotten may be said again; what is over goes at the next close.
        try world.take {
            $0.adjust("harbour", owes: "nordwind", amount: 5, agreement: terms, mending: "break")
        }
        try world.take { $0.withdrawDispute(open, by: "nordwind") }
        #expect(world.book.disputes.count == 1)
        try world.close()
        #expect(world.book.disputes.isEmpty)
    }

    @Test func recordsAreThereUnderRuleSet3() throws {
        var world = try ReconciliationStory.base.get()
        let terms = world.terms
        var digests = [world.book.stateDigest()]
        var without: [Digest] = []
        let steps: [(inout Network) -> [UInt8]] = [
            { $0.certify(with: "harbour", by: "nordwind") },
            { $0.certify(with: "nordwind", by: "harbour") },
            { $0.dispute(terms, by: "nordwind") },
            {
                $0.adjust("harbour", owes: "nordwind", amount: 5, agreement: terms, mending: "b")
            },
        ]
        for step in steps {
            try world.take(step)
            digests.append(world.book.stateDigest())
            var book = world.book
            book.reconciliations = Reconciliations()
            without.append(book.stateDigest())
        }
        #expect(Set(digests).count == 5)
        #expect(zip(digests.dropFirst(), without).allSatisfy { $0 != $1 })
    }

    // MARK: - Snapshots

    @Test func aSnapshotCarriesThemOver() throws {
        var world = try ReconciliationStory.base.get()
        let dispute = try world.dispute()
        try world.take { $0.certify(with: "harbour", by: "nordwind") }
        let data = try JSONEncoder().encode(world.book.snapshot)
        let book = Book(restoring: try JSONDecoder().decode(BookSnapshot.self, from: data))
        #expect(book.disputes == world.book.disputes)
        #expect(book.certificates == world.book.certificates)
        #expect(book.dispute(dispute) != nil)
        // What follows from them is made again.
        world.story.ledger.book.reconciliations = book.reconciliations
        let terms = world.terms
        let faults = world.faults { $0.dispute(terms, by: "nordwind") }
        #expect(faults.map(\.rejection) == [.alreadySigned])
    }

    /// A snapshot of before rule set 3 has no member for them.
    @Test func anOlderSnapshotIsRead() throws {
        let world = try ReconciliationStory.base.get()
        let data = try JSONEncoder().encode(world.book.snapshot)
        var object = try #require(
            try JSONSerialization.jsonObject(with: data) as? [String: Any]
        )
        #expect(object.removeValue(forKey: "reconciliations") != nil)
        let older = try JSONSerialization.data(withJSONObject: object)
        let book = Book(restoring: try JSONDecoder().decode(BookSnapshot.self, from: older))
        #expect(book.disputes.isEmpty && book.size == world.book.size)
    }
}

extension ReconciliationStory {
    /// Closes windows until those up to a number are forgotten: all before the last one are
    /// settled, and their cut-offs are 400 days old.
    fileprivate mutating func forget(windowsUpTo last: UInt64) throws {
        let open = book.openWindow(of: "network").number
        // Nothing is owed any more, as if all had been paid.
        story.ledger.book.nights.release("network", from: 1, to: open)
        let published = story.network.calendar(
            days: 2,
            from: Self.cutoff(of: last, in: book).advanced(byMilliseconds: 401 * 86_400_000)
        )
        try story.take(published)
        while book.window(last, of: "network") != nil { try close() }
    }

    private static func cutoff(of window: UInt64, in book: Book) -> Timestamp {
        book.window(window, of: "network")?.cutoff ?? book.time
    }
}

extension Nights {
    /// Takes the debts of windows as released.
    fileprivate mutating func release(_ calendar: String, from first: UInt64, to last: UInt64) {
        for number in first...last {
            changeWindow(number, of: calendar) { window in
                for place in window.debts.indices { window.debts[place].status = .released }
            }
        }
    }
}
