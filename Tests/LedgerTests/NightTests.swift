import Money
import Settlement
import Signing
import TestSupport
import Testing

@testable import Ledger

/// Nights that go as they should: to the cent, and nothing is owed when all is paid.
@Suite struct NightTests {
    @Test func aPlainNightLeavesNothingOwed() throws {
        var night = try NightStory.founded()
        let there = try night.deal("nordwind", "harbour", price: (1, 3))
        let back = try night.deal("harbour", "nordwind", price: (1, 7))
        try night.send(there, 1_000)
        try night.send(back, 1_000)
        let id = try night.settle()
        let record = try #require(night.book.settlement(id))
        #expect(record.state == .settled)
        #expect(id.description == "network/1/multilateral/EUR/1")
        #expect(record.result.figures.gross == 333 + 143)
        #expect(record.legs.map(\.amount) == [190, 190])
        #expect(night.isEven)
        #expect(night.book.debts(in: id).allSatisfy { $0.isReleased })
    }

    @Test func thePayeeSignsThatItWasPaid() throws {
        var night = try NightStory.founded()
        try night.send(try night.deal("nordwind", "harbour"), 500)
        let id = try night.settle()
        let paid = try #require(night.book.settlement(id)?.legs.first { $0.payee == "harbour" })
        #expect(!paid.isAcknowledged)
        try night.sign(
            .settlementAcknowledge,
            by: "harbour",
            NightStory.members(id, ["amount": 500])
        )
        #expect(
            night.book.settlement(id)?.legs.first { $0.payee == "harbour" }?.isAcknowledged == true
        )
    }

    /// The golden example of the requirements (S-43): three programmes, three price currencies.
    @Test func theGoldenExampleToTheCent() throws {
        var night = try NightStory.founded(partners: ["caf", "htl", "sky"])
        for (from, to, units, price, currency) in Self.golden {
            let deal = try night.deal(from, to, price: price) { terms in
                currency == "EUR" ? terms : NightStory.converted(terms, currency)
            }
            try night.send(deal, units)
        }
        try night.close()
        let rates: [(String, (Int64, Int64))] = [("CHF", (94, 100)), ("USD", (113, 100))]
        try night.fix([night.sheet(rates, daysLater: -1)])
        let id = try night.calculate()
        let amounts = Self.amounts(night.book.debts(in: id))
        #expect(amounts == Self.provisional)
        let nets = try #require(night.book.settlement(id)).result.participants
        #expect(nets.map(\.position) == [-1_296_254, 1_092_332, 203_922])
        #expect(nets.map(\.due) == [-1_296_254, 1_092_332, 203_922])
        try night.finish(id)
        #expect(night.isEven)
        try night.finalise([night.sheet([("CHF", (9_421, 10_000)), ("USD", (11_357, 10_000))])])
        #expect(!night.isEven)
        let second = try night.settle()
        let trueUps = night.book.debts(in: second)
        #expect(trueUps.allSatisfy { $0.purpose == .trueUp && $0.quote == .one })
        #expect(Self.amounts(trueUps) == Self.trueUps)
        let record = try #require(night.book.settlement(second))
        #expect(record.result.participants.map(\.position) == [5_062, -9_951, 4_889])
        #expect(night.isEven)
    }

    private static let golden: [(String, String, Int64, (Int64, Int64), String)] = [
        ("sky", "htl", 1_234_567, (71, 100), "USD"), ("htl", "sky", 845_210, (98, 100), "EUR"),
        ("sky", "caf", 400_000, (105, 100), "CHF"), ("caf", "sky", 610_333, (98, 100), "EUR"),
        ("htl", "caf", 99_999, (105, 100), "CHF"), ("caf", "htl", 2_000_001, (71, 100), "USD"),
    ]
    private static let provisional: [String: Int128] = [
        "sky>htl": 775_701, "htl>sky": 828_306, "sky>caf": 446_809, "caf>sky": 598_126,
        "htl>caf": 111_701, "caf>htl": 1_256_638,
    ]
    private static let trueUps: [String: Int128] = [
        "sky>htl": -3_893, "sky>caf": -996, "htl>caf": -249, "caf>htl": -6_307,
    ]

    private static func amounts(_ debts: [SettlementDebtLine]) -> [String: Int128] {
        Dictionary(uniqueKeysWithValues: debts.map { ("\($0.debtor)>\($0.creditor)", $0.amount) })
    }

    @Test func aStatementIsProvenAlone() throws {
        var night = try NightStory.founded()
        try night.send(try night.deal("nordwind", "harbour", price: (5, 3)), 500)
        try night.send(try night.deal("cafe", "nordwind"), 70)
        try night.close()
        try night.fix()
        let id = try night.calculate()
        let root = try #require(night.book.settlement(id)).result.figures.root
        let leaves = night.book.leaves(in: id)
        #expect(leaves.map(\.participant) == ["cafe", "harbour", "nordwind"])
        for leaf in leaves { #expect(Self.root(of: leaf) == root) }
        let text = String(decoding: leaves[1].bytes, as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines[0] == "kontor/v1/settlement-leaf")
        #expect(lines[1] == "network/1/multilateral/EUR/1 0")
        #expect(lines[3] == "harbour")
        #expect(lines[5].contains(" units nordwind harbour 1 EUR 2500/3 1/1 833 1 "))
        #expect(lines[6] == "pay operator/settlement harbour 833")
        #expect(lines.suffix(2) == ["position 833 833", ""])
        #expect(!text.contains("cafe"), "a statement tells nothing of others")
    }

    /// The root that leaf and path lead to, as RFC 9162 §2.1.3.2 verifies it.
    private static func root(of leaf: SettlementLeaf) -> Digest {
        var (place, last) = (leaf.index, leaf.count - 1)
        var hash = leaf.hash
        for sibling in leaf.path {
            let isRight = place & 1 == 1 || place == last
            let pair = isRight ? [sibling, hash] : [hash, sibling]
            hash = DigestBuilder.digest([1] + pair[0].bytes + pair[1].bytes)
            while isRight && place & 1 == 0 && place != 0 {
                (place, last) = (place >> 1, last >> 1)
            }
            (place, last) = (place >> 1, last >> 1)
        }
        return hash
    }

    /// A tool that only ever does what is due next brings the night to its end.
    @Test func whatIsDueNextEndsTheNight() throws {
        var night = try NightStory.founded()
        try night.send(try night.deal("nordwind", "harbour"), 500)
        #expect(night.next == [.awaitCutoff(NightStory.cutoff(1).milliseconds)])
        let id = try #require(SettlementID("network/1/multilateral/EUR/1"))
        var steps: [String] = []
        night.story.network.now = NightStory.cutoff(1)
        while let step = night.next.first {
            switch step {
            case .close: try night.close()
            case .fix: try night.fix()
            case .calculate: try night.calculate()
            case .advise: try night.act(.settlementAdvise, id)
            case .awaitObjections(_, let until):
                night.story.network.now = Timestamp(milliseconds: until)
            case .collect: try night.startCollecting(id)
            case .awaitPayments, .awaitPayouts: try night.payAll(id)
            case .commit: try night.commit(id)
            default: Issue.record("nothing to return, nothing to finalise")
            }
            steps.append("\(step)".prefix { $0 != "(" }.description)
            if steps.count == 9 { break }
        }
        #expect(
            steps == [
                "close", "fix", "calculate", "advise", "awaitObjections", "collect",
                "awaitPayments", "commit", "awaitPayouts",
            ]
        )
        #expect(night.isEven)
    }

    /// What one loses at most if another fails tonight (S-30).
    @Test func theExposureBeforeTheNightCountsHoldsAndCover() throws {
        var night = try NightStory.founded()
        let there = try night.deal("nordwind", "harbour")
        let back = try night.deal("harbour", "nordwind")
        let held = try night.deal("nordwind", "cafe") { NetworkTerms.held($0) }
        try night.send(there, 700)
        try night.send(back, 100)
        try night.send(held, 200)
        try night.story.take(night.story.network.cover(of: "nordwind", amount: 400))
        let lines = night.book.exposureStatement()
        #expect(lines.map(\.creditor) == ["cafe", "harbour"])
        #expect(lines.map(\.claim) == [200, 600])
        #expect(lines.map(\.covered) == [100, 300])
    }

    @Test(arguments: [SettlementModel.bilateral, .gross])
    func pairsPayEachOther(_ model: SettlementModel) throws {
        var night = try NightStory.founded()
        for (from, to, units) in [
            ("nordwind", "harbour", 500), ("harbour", "nordwind", 200), ("cafe", "harbour", 90),
        ] {
            let deal = try night.deal(from, to) {
                $0.with("settlement.model", .string(model.rawValue))
            }
            try night.send(deal, Int64(units))
        }
        let id = try night.settle(model)
        let legs = try #require(night.book.settlement(id)).legs.map {
            "\($0.payer)>\($0.payee) \($0.amount)"
        }
        #expect(
            legs
                == (model == .bilateral
                    ? ["cafe>harbour 90", "nordwind>harbour 300"]
                    : ["cafe>harbour 90", "harbour>nordwind 200", "nordwind>harbour 500"])
        )
        #expect(night.book.settlement(id)?.state == .settled)
        #expect(night.isEven)
    }

    @Test func withTheDirectPlanDebtorsPayCreditors() throws {
        var night = try NightStory.founded(
            partners: ["a", "b", "c", "d"],
            policy: ["minimumPayment": 0, "carryMaxDays": 30, "plan": "direct"]
        )
        for (from, to, units) in [("a", "b", 600), ("c", "b", 100), ("a", "d", 50)] {
            try night.send(try night.deal(from, to), Int64(units))
        }
        let id = try night.settle()
        let legs = try #require(night.book.settlement(id)).legs.map {
            "\($0.payer)>\($0.payee) \($0.amount)"
        }
        #expect(legs == ["a>b 650", "c>b 50", "c>d 50"])
        #expect(night.isEven)
    }

    @Test func whatIsTooLittleIsCarriedUntilItsTime() throws {
        var night = try NightStory.founded(
            policy: ["minimumPayment": 1_000, "carryMaxDays": 2]
        )
        let deal = try night.deal("nordwind", "harbour")
        try night.send(deal, 400)
        let first = try night.settle()
        #expect(night.book.settlement(first)?.legs == [])
        #expect(night.book.settlement(first)?.state == .settled)
        #expect(night.book.carries.map(\.amount) == [400, -400])
        #expect(night.isEven)
        try night.send(deal, 100)
        try night.settle()
        #expect(night.book.carries.map(\.amount) == [500, -500])
        let third = try night.settle()
        #expect(night.book.carries.isEmpty)
        #expect(night.book.settlement(third)?.legs.map(\.amount) == [500, 500])
        let leaf = try #require(night.book.leaf(of: "harbour", in: third))
        let since = NightStory.cutoff(1)
        #expect(
            String(decoding: leaf.bytes, as: UTF8.self).contains("\ncarry - 500 \(since) 0 -\n")
        )
    }

    @Test func aCarryOfAClosedPartnerIsPaidAtOnce() throws {
        var night = try NightStory.founded(
            policy: ["minimumPayment": 1_000, "carryMaxDays": 400]
        )
        try night.send(try night.deal("nordwind", "harbour"), 400)
        try night.settle()
        try night.sign(.partnerClose, ["subject": "harbour"])
        let second = try night.settle()
        let record = try #require(night.book.settlement(second))
        #expect(record.legs.map(\.payee) == ["harbour"])
        #expect(record.result.figures.float == -400)
        #expect(night.book.carries.map(\.amount) == [-400])
    }
}

extension NightStory {
    /// What is due next, now.
    var next: [NightStep] {
        book.nightPlan(of: Self.calendar).steps(at: story.network.now.milliseconds)
    }

    /// Whether nobody owes anybody anything.
    var isEven: Bool { book.exposures.list.allSatisfy { $0.posted == 0 && $0.held == 0 } }

    /// Terms whose price is in another currency, brought to EUR by the rates of a source.
    static func converted(_ terms: JSONValue, _ currency: String) -> JSONValue {
        terms.with("settlement.priceCurrency", .string(currency))
            .with("settlement.fxSource", "ecb")
            .with("settlement.fxFallback", "previousWorkingDay")
            .with("settlement.fxMaxAgeDays", 5)
    }
}
