import Money
import Settlement
import Testing

/// Defaults that one can follow by hand (S-30).
@Suite struct DefaultTests {
    private func book(_ debts: [(String, String, Int128)]) throws -> ClaimBook {
        let euro = try #require(Currency("EUR"))
        return try ClaimBook(
            obligations: debts.map {
                Obligation(debtor: $0.0, creditor: $0.1, currency: euro, minorUnits: $0.2)
            }
        )
    }

    private func due(_ name: String, _ amount: Int128) -> PaymentPlan.Due {
        PaymentPlan.Due(participant: name, minorUnits: amount)
    }

    private func shares(_ waterfall: DefaultWaterfall) -> [String] {
        waterfall.losses.map { "\($0.creditor) of \($0.debtor) \($0.minorUnits)" }
    }

    @Test func coverFirstThenInProportion() throws {
        let waterfall = try DefaultWaterfall(
            book: try book([("d", "a", 60), ("d", "b", 40), ("d", "b", 20), ("b", "d", 20)]),
            failed: [due("d", 15)],
            covers: [due("d", 20)]
        )
        #expect(shares(waterfall) == ["a of d 39", "b of d 26"])
        #expect((waterfall.coverDrawn, waterfall.uncovered) == (20, 65))
        #expect(waterfall.parties.map(\.settled) == [21, 14, -35])
    }

    @Test func aCoverThatIsEnough() throws {
        let waterfall = try DefaultWaterfall(
            book: try book([("d", "a", 60)]),
            failed: [due("d", 0)],
            covers: [due("d", 61), due("x", 5)]
        )
        #expect(shares(waterfall).isEmpty)
        #expect(waterfall.coverDrawn == 60)
    }

    /// What is missing of 100 among three equal ones: the first name gets the odd unit.
    @Test func oddUnitsGoByName() throws {
        let waterfall = try DefaultWaterfall(
            book: try book([("d", "c", 50), ("d", "b", 50), ("d", "a", 50)]),
            failed: [due("d", 50)]
        )
        #expect(shares(waterfall) == ["a of d 34", "b of d 33", "c of d 33"])
    }

    /// d owes a, a owes b as much: a was to pay nothing, is recalled, and fails in its turn.
    @Test func aRecallThatFails() throws {
        let book = try book([("d", "a", 100), ("a", "b", 90), ("a", "c", 10)])
        let paid = try DefaultWaterfall(book: book, failed: [due("d", 0)])
        #expect(shares(paid) == ["a of d 100"])
        #expect(paid.parties.map(\.recall) == [100, 0, 0, 0])
        #expect(paid.parties.map(\.settled) == [-100, 90, 10, 0])
        let failed = try DefaultWaterfall(
            book: book,
            failed: [due("d", 0)],
            covers: [due("a", 30)],
            unableToRepay: ["a", "b"]
        )
        #expect(shares(failed) == ["b of a 63", "c of a 7", "a of d 100"])
        #expect(failed.parties.map(\.settled) == [-30, 27, 3, 0])
        #expect(failed.parties.map(\.failed) == [true, false, false, true])
    }

    /// Three that fail owe each other 100 in a circle, and 30 in all to x and y.
    @Test func circlesAreSetOff() throws {
        let waterfall = try DefaultWaterfall(
            book: try book([
                ("a", "b", 110), ("b", "c", 105), ("c", "a", 100), ("b", "x", 20), ("c", "y", 10),
            ]),
            failed: [due("a", 0), due("b", 0), due("c", 0)]
        )
        // Left of the circle: a owes b 10, b owes c 5.
        #expect(shares(waterfall) == ["b of a 10", "c of b 5", "x of b 20", "y of c 10"])
        #expect(waterfall.parties.map(\.settled) == [0, 0, 0, 0, 0])
    }

    /// d brings a debt of 5 from earlier nights, which the float paid for it.
    @Test func theFloatBearsWhatItLent() throws {
        let euro = try #require(Currency("EUR"))
        let debt = Obligation(debtor: "d", creditor: "a", currency: euro, minorUnits: 95)
        let netting = try Netting(
            model: .multilateral,
            currency: euro,
            obligations: [debt],
            carriedIn: [Carry(participant: "d", minorUnits: -5, since: 0)],
            policy: NettingPolicy(minimumPayment: 10)
        )
        let book = try ClaimBook(obligations: [debt], netting: netting)
        let covers = [due("d", 20)]
        let waterfall = try DefaultWaterfall(book: book, failed: [due("d", 0)], covers: covers)
        #expect(shares(waterfall) == ["a of d 76", "operator/float of d 4"])
        let statement = try ExposureStatement(book: book, covers: covers)
        #expect(statement.exposure(of: "a", to: "d") == 76)
        #expect(statement.exposure(of: "d", to: "a") == 0)
    }

    @Test func whatIsRefused() throws {
        let book = try book([("d", "a", 60)])
        for (name, paid) in [("d", 61), ("d", -1), ("a", 0), ("x", 0)] as [(String, Int128)] {
            #expect(throws: SettlementError.paidTooMuch(name)) {
                try DefaultWaterfall(book: book, failed: [due(name, paid)])
            }
        }
        #expect(throws: SettlementError.coverRange("d")) {
            try DefaultWaterfall(book: book, failed: [], covers: [due("d", -1)])
        }
        #expect(throws: SettlementError.coverRange("d")) {
            try ExposureStatement(book: book, covers: [due("d", 1 << 60)])
        }
        #expect(throws: SettlementError.duplicateParticipant("d")) {
            try DefaultWaterfall(book: book, failed: [due("d", 0), due("d", 0)])
        }
    }

    @Test func recoveryInTheSameShares() throws {
        let losses = [("c", 2), ("a", 6), ("b", 6)].map { name, amount in
            LossShare(creditor: name, debtor: "d", claim: 10, minorUnits: Int128(amount))
        }
        var recovery = ClaimRecovery(debtor: "d", losses: losses)
        #expect(try recovery.recover(7).map(\.minorUnits) == [3, 3, 1])
        #expect(try recovery.recover(3).map(\.minorUnits) == [1, 1, 1])
        #expect(try recovery.recover(0).isEmpty)
        #expect(recovery.outstanding == 4)
        #expect(throws: SettlementError.recoveredTooMuch("d")) { try recovery.recover(5) }
        #expect(throws: SettlementError.recoveredTooMuch("d")) { try recovery.recover(-1) }
        _ = try recovery.recover(4)
        #expect(recovery.recovered == [6, 6, 2])
    }
}
