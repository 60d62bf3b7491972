import Money
import Settlement
import Signing
import TestSupport
import Testing

@testable import Ledger

/// Money that comes late, in parts, back, or not at all.
@Suite struct PaymentTests {
    /// a owes b and c 600 and 300, b owes c 100: nets −900, +500, +400.
    private static func collecting(
        policy: JSONValue = ["minimumPayment": 0, "carryMaxDays": 30],
        model: String = "multilateral"
    ) throws -> (NightStory, SettlementID) {
        var night = try NightStory.founded(partners: ["a", "b", "c"], policy: policy)
        for (from, to, units) in [("a", "b", 600), ("a", "c", 300), ("b", "c", 100)] {
            let deal = try night.deal(from, to) {
                $0.with("settlement.model", .string(model))
            }
            try night.send(deal, Int64(units))
        }
        try night.close()
        try night.fix()
        let kind = SettlementModel(rawValue: model) ?? .multilateral
        let id = try night.calculate(kind)
        try night.collect(id)
        return (night, id)
    }

    @Test func aPaymentMayComeInPartsAndLate() throws {
        var (night, id) = try Self.collecting()
        try night.pay(id, "a", "operator/settlement", 1)
        #expect(night.owed == ["a>b": 600, "a>c": 300, "b>c": 100])
        #expect(night.refusal(.settlementCommit, NightStory.members(id)) == .paymentDue)
        night.story.network.advance(hours: 5)
        try night.pay(id, "a", "operator/settlement", 899)
        #expect(night.owed == ["b>c": 100], "what is paid is no longer owed")
        try night.commit(id)
        #expect(night.isEven)
        #expect(night.book.settlement(id)?.state == .committed)
        try night.pay(id, "operator/settlement", "b", 100)
        try night.pay(id, "operator/settlement", "c")
        #expect(night.book.settlement(id)?.state == .committed)
        try night.pay(id, "operator/settlement", "b")
        #expect(night.book.settlement(id)?.state == .settled)
    }

    @Test func anAbortBeforeMoneyOpensTheNextAttempt() throws {
        var (night, id) = try Self.collecting()
        try night.act(.settlementAbort, id, ["reason": "error"])
        #expect(night.book.settlement(id)?.state == .aborted)
        #expect(night.book.leaves(in: id).isEmpty)
        let next = try night.calculate()
        #expect(next.attempt == 2)
        try night.finish(next)
        #expect(night.isEven)
    }

    @Test func anAbortAfterMoneyReturnsIt() throws {
        var (night, id) = try Self.collecting()
        try night.payAll(id)
        #expect(night.owed == ["b>c": 100])
        try night.act(.settlementAbort, id, ["reason": "regulator"])
        #expect(night.owed == ["a>b": 600, "a>c": 300, "b>c": 100])
        #expect(night.book.settlement(id)?.state == .refunding)
        #expect(throws: Fault.self) { try night.rehearse() }
        try night.pay(id, "operator/settlement", "a", 400)
        #expect(
            night.refusal(
                .settlementPaid,
                NightStory.payment(id, "operator/settlement", "a", 501)
            ) == .paymentAmount
        )
        try night.pay(id, "operator/settlement", "a", 500)
        #expect(night.book.settlement(id)?.state == .aborted)
        try night.finish(try night.calculate())
        #expect(night.isEven)
    }

    @Test func coverThenTheCreditorsBearADefault() throws {
        var (night, id) = try Self.collecting()
        try night.story.take(night.story.network.cover(of: "a", amount: 300))
        let entry = try night.claim(id, "a")
        let claim = try #require(night.book.claims.first)
        #expect(claim.entry == entry && claim.uncovered == 600)
        #expect(claim.shares.map(\.claimant) == ["b", "c"])
        #expect(claim.shares.map(\.amount) == [400, 200])
        #expect(night.book.registry.covers["a EUR"] == 0)
        #expect(night.book.registry.state(of: "a") == .suspended)
        #expect(
            night.refusal(.settlementAbort, NightStory.members(id, ["reason": "default"]))
                == .wrongState
        )
        try night.commit(id)
        let legs = try #require(night.book.settlement(id)).legs.map {
            "\($0.payer)>\($0.payee) \($0.amount)"
        }
        #expect(legs == ["operator/settlement>b 100", "operator/settlement>c 200"])
        try night.payAll(id)
        #expect(night.book.settlement(id)?.state == .partlySettled)
        #expect(night.isEven)
        for (amount, parts) in [(1, [1, 0]), (100, [68, 33]), (499, [400, 200])] {
            try night.recover(entry, Int64(amount))
            #expect(night.book.claims[0].shares.map(\.recovered) == parts.map { Int128($0) })
        }
        #expect(night.refusal(.claimRecover, NightStory.recovery(entry, 1)) == .paymentAmount)
    }

    @Test func aPartWasPaidBeforeTheDefault() throws {
        var (night, id) = try Self.collecting()
        try night.pay(id, "a", "operator/settlement", 600)
        try night.claim(id, "a")
        #expect(night.book.claims[0].uncovered == 300)
        #expect(night.book.claims[0].shares.map(\.amount) == [200, 100])
        try night.commit(id)
        try night.payAll(id)
        #expect(night.book.settlement(id)?.legs.map(\.paid) == [600, 300, 300])
    }

    /// b is owed 600 by a and owes c 500: its net of 100 turns when a fails.
    @Test func aDefaultMayRecallAndTheRecallMayDefault() throws {
        var night = try NightStory.founded(partners: ["a", "b", "c"])
        try night.send(try night.deal("a", "b"), 600)
        try night.send(try night.deal("b", "c"), 500)
        try night.close()
        try night.fix()
        let id = try night.calculate()
        try night.collect(id)
        try night.claim(id, "a")
        var legs = try #require(night.book.settlement(id)).legs
        #expect(legs.map(\.payer) == ["b", "operator/settlement"])
        #expect(legs.map(\.amount) == [500, 500])
        #expect(night.refusal(.settlementCommit, NightStory.members(id)) == .paymentDue)
        try night.pay(id, "b", "operator/settlement", 200)
        try night.claim(id, "b")
        #expect(night.book.claims[1].shares == [ClaimShare(claimant: "c", amount: 300)])
        try night.commit(id)
        try night.payAll(id)
        legs = try #require(night.book.settlement(id)).legs
        #expect(legs.map(\.paid) == [200, 200])
        #expect(night.book.settlement(id)?.state == .partlySettled)
        #expect(night.isEven)
    }

    @Test func betweenPairsThePayeeBearsTheDefault() throws {
        var (night, id) = try Self.collecting(model: "bilateral")
        try night.story.take(night.story.network.cover(of: "a", amount: 100))
        try night.pay(id, "a", "b", 300)
        try night.pay(id, "b", "c")
        try night.claim(id, "a")
        #expect(night.book.claims[0].shares.map(\.amount) == [250, 250])
        try night.commit(id)
        try night.payAll(id)
        let legs = try #require(night.book.settlement(id)).legs.map {
            "\($0.payer)>\($0.payee) \($0.paid)"
        }
        #expect(
            legs == [
                "a>b 300", "b>c 100", "operator/settlement>b 50", "operator/settlement>c 50",
            ]
        )
        #expect(night.isEven)
    }

    /// With the direct plan those that bear the loss pay those that the defaulter was to pay.
    @Test func aDefaultUnderTheDirectPlanMovesTheLossToTheCreditors() throws {
        var night = try NightStory.founded(
            partners: ["a", "b", "c", "d"],
            policy: ["minimumPayment": 0, "carryMaxDays": 30, "plan": "direct"]
        )
        for (from, to, units) in [("a", "b", 900), ("b", "c", 900), ("d", "c", 5)] {
            try night.send(try night.deal(from, to), Int64(units))
        }
        try night.close()
        try night.fix()
        let id = try night.calculate()
        try night.collect(id)
        #expect(night.book.settlement(id)?.legs.map(\.payee) == ["c", "c"])
        try night.story.take(night.story.network.cover(of: "a", amount: 200))
        try night.claim(id, "a")
        #expect(night.book.claims[0].shares == [ClaimShare(claimant: "b", amount: 700)])
        try night.payAll(id)
        try night.commit(id)
        try night.payAll(id)
        let legs = try #require(night.book.settlement(id)).legs.map {
            "\($0.payer)>\($0.payee) \($0.paid)"
        }
        #expect(legs == ["b>c 700", "d>c 5", "operator/settlement>c 200"])
        #expect(night.isEven)
    }

    @Test func theFloatBearsWhatACarryAddedToADefault() throws {
        var night = try NightStory.founded(
            policy: ["minimumPayment": 500, "carryMaxDays": 30]
        )
        let deal = try night.deal("nordwind", "harbour")
        try night.send(deal, 400)
        try night.settle()
        try night.send(deal, 400)
        try night.close()
        try night.fix()
        let id = try night.calculate()
        try night.collect(id)
        try night.claim(id, "nordwind")
        let shares = night.book.claims[0].shares
        #expect(shares.map(\.claimant) == ["harbour", "operator/float"])
        #expect(shares.map(\.amount) == [400, 400])
        try night.commit(id)
        try night.payAll(id)
        #expect(night.book.settlement(id)?.legs.map(\.paid) == [400])
    }
}

extension NightStory {
    /// Posted debts in EUR, rounded down, those of 0 left out.
    var owed: [String: Int128] {
        var owed: [String: Int128] = [:]
        for line in book.positions where line.posted != 0 {
            owed["\(line.debtor)>\(line.creditor)"] = line.posted
        }
        return owed
    }

    static func recovery(_ claim: UInt64, _ amount: Int64) -> JSONValue {
        [
            "claim": .integer(Int64(claim)), "amount": .integer(amount),
            "evidence": .string(DigestBuilder.digest([]).base64URL),
        ]
    }

    mutating func recover(_ claim: UInt64, _ amount: Int64) throws {
        try sign(.claimRecover, Self.recovery(claim, amount))
    }
}
