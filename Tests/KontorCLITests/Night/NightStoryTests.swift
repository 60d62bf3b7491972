import Foundation
import KontorEngine
import Ledger
import Money
import Settlement
import Signing
import TestSupport
import Testing

@testable import KontorCLI

/// Nights as the operator's tool runs them, told line by line, with sums that stay exact.
@Suite struct NightStoryTests {
    private static let euro = "network/1/multilateral/EUR/1"

    @Test func aWholeNight() throws {
        let world = try NightWorld()
        try world.publishRates([("2026-03-06", "1.10")])
        try world.send(try world.deal("nordwind", "harbour", price: (1, 3)), 1_000)
        try world.send(try world.deal("harbour", "cafe", change: NightWorld.converted), 1_100)
        try world.send(try world.deal("cafe", "nordwind", change: NightWorld.dollars), 250)
        #expect(
            try world.run() == ["- waits for the cut-off of network at \(NightWorld.cutoff(1))"]
        )
        let evening = try world.evening()
        #expect(
            evening.filter { $0.hasPrefix("+") }.map(Self.verb) == [
                "closed", "fixed", "calculated", "advised", "calculated", "advised",
            ]
        )
        let record = try world.record(Self.euro)
        #expect(record.result.figures.gross == 333 + 1_000)
        #expect(record.result.participants.map(\.position) == [1_000, -667, -333])
        #expect(try world.evening() == evening.filter { $0.hasPrefix("-") }, "nothing twice")
        try world.nextDay()
        for id in [Self.euro, "network/1/bilateral/USD/1"] { try world.payAll(id) }
        try world.run()
        try world.payAll(Self.euro)
        try world.run()
        #expect(try world.record(Self.euro).state == .settled)
        #expect(try world.record("network/1/bilateral/USD/1").state == .settled)
        #expect(world.isEven)
        #expect(try world.isClean())
    }

    private static func verb(_ line: String) -> String {
        String(line.dropFirst(2).prefix { $0 != " " })
    }

    @Test func finalRatesAreSettledInTheNextWindow() throws {
        let world = try NightWorld()
        try world.publishRates([("2026-03-06", "1.10")])
        let deal = try world.deal("harbour", "cafe", change: NightWorld.converted)
        try world.send(deal, 1_100)
        try world.evening()
        try world.finish(Self.euro)
        #expect(world.isEven)
        try world.publishRates([
            ("2026-03-10", "1.12"), ("2026-03-09", "1.25"), ("2026-03-06", "1.10"),
        ])
        #expect(try world.run().contains { $0.hasPrefix("+ entered the final rates") })
        // 1,100 cents are 1,000 at 1.10 and 880 at 1.25: cafe owes 120 back.
        #expect(world.book.positions.map(\.posted) == [-120])
        try world.evening(2)
        let second = "network/2/multilateral/EUR/1"
        #expect(try world.record(second).result.participants.map(\.position) == [-120, 120])
        try world.finish(second, 2)
        #expect(world.isEven)
        #expect(try world.isClean())
    }

    @Test func theSuspendedAreSetAsideAndComeBack() throws {
        let world = try NightWorld()
        try world.send(try world.deal("nordwind", "harbour"), 500)
        try world.send(try world.deal("cafe", "harbour"), 70)
        try world.sign(.partnerSuspend, ["subject": "nordwind", "reason": "security"])
        try world.evening()
        #expect(try world.record(Self.euro).result.participants.map(\.position) == [-70, 70])
        try world.finish(Self.euro)
        #expect(world.book.positions.map(\.posted) == [500])
        try world.sign(.partnerReinstate, ["subject": "nordwind"])
        try world.evening(2)
        let second = "network/2/multilateral/EUR/1"
        #expect(try world.record(second).result.participants.map(\.position) == [500, -500])
        try world.finish(second, 2)
        #expect(world.isEven)
        #expect(try world.isClean())
    }

    /// An objection up to the threshold of 100,000 settles, one above it is set aside.
    @Test(arguments: [false, true]) func objections(isAbove: Bool) throws {
        let world = try NightWorld()
        let deal = try world.deal("nordwind", "harbour")
        try world.send(deal, 200_000)
        try world.send(try world.deal("cafe", "harbour"), 70)
        try world.evening()
        let objection: JSONValue = [
            "settlement": .string(Self.euro), "agreement": .string(deal.terms.base64URL),
            "amount": isAbove ? 100_001 : 100_000, "reason": "amount",
        ]
        try world.sign(.settlementObject, by: "harbour", objection)
        let told = try world.run()
        #expect(
            told.contains { $0.hasPrefix("+ calculated") && $0.hasSuffix("once more") } == isAbove
        )
        let positions = try world.record(Self.euro).result.participants.map(\.position)
        #expect(positions == (isAbove ? [-70, 70] : [-70, 200_070, -200_000]))
        try world.finish(Self.euro)
        #expect(world.book.positions.map(\.posted) == (isAbove ? [200_000] : []))
        if isAbove {
            try world.sign(
                .settlementWithdraw,
                by: "harbour",
                ["settlement": .string(Self.euro), "agreement": .string(deal.terms.base64URL)]
            )
            try world.evening(2)
            try world.finish("network/2/multilateral/EUR/1", 2)
        }
        #expect(world.isEven)
        #expect(try world.isClean())
    }

    @Test func moneyThatComesInPartsOrTwice() throws {
        let world = try NightWorld()
        try world.send(try world.deal("nordwind", "harbour"), 1_000)
        try world.evening()
        try world.nextDay()
        var entry = try #require(try world.legs(of: Self.euro).first)
        entry.amount = 400
        let first = world.camt([entry])
        #expect(try world.pay(first) == ([], 0))
        #expect(try world.pay(first) == ([], 1), "the same file is entered once")
        #expect(try world.record(Self.euro).legs.map(\.open) == [600, 1_000])
        // The same bank entry in a statement of the evening is told by its reference.
        var referenced = entry
        (referenced.amount, referenced.reference) = (100, "R-1")
        #expect(try world.pay(world.camt([referenced])) == ([], 0))
        let other = world.camt([referenced]) + Array("<!-- again -->".utf8)
        #expect(try world.pay(other) == ([], 1))
        // The deadline passes, and nothing is lost by it; the rest comes late, by hand, told twice.
        world.setTime(NightWorld.cutoff(1).advanced(byMilliseconds: 90 * 3_600_000))
        #expect(try world.run().contains { $0.hasPrefix("- waits for payments") })
        for _ in 0..<2 {
            _ = try world.payByHand(Self.euro, "nordwind", "operator/settlement", 500, "advice")
        }
        #expect(try world.record(Self.euro).legs.map(\.open) == [0, 1_000])
        try world.run()
        try world.payAll(Self.euro)
        #expect(try world.record(Self.euro).state == .settled)
        #expect(world.isEven)
        #expect(try world.isClean())
    }

    @Test func whatFitsNoOpenPaymentIsLeftOver() throws {
        let world = try NightWorld()
        try world.send(try world.deal("nordwind", "harbour"), 1_000)
        try world.evening()
        try world.nextDay()
        let right = try #require(try world.legs(of: Self.euro).first)
        var (tooMuch, other, unknown, back) = (right, right, right, right)
        tooMuch.amount = 1_001
        other.currency = "USD"
        unknown.endToEnd = "AAAAAAAAAAAAAAAAAAAAAAAAAA"
        back.isCredit = false
        let size = world.engine.head?.size
        #expect(
            try world.pay(world.camt([tooMuch, other, unknown, back])).leftovers == [
                "10.01 EUR is not in the 10.00 that is open", "it is in USD, EUR is due",
                "no open payment has this id", "the money goes the other way",
            ]
        )
        #expect(world.engine.head?.size == size, "nothing was entered")
        #expect(try world.pay(world.camt([right, tooMuch])).leftovers.count == 1)
        #expect(try world.record(Self.euro).legs.map(\.open) == [0, 1_000])
        #expect(try world.isClean())
    }

    @Test func aPayeeWithoutAccountIsNamed() throws {
        let world = try NightWorld(without: ["harbour"])
        try world.send(try world.deal("nordwind", "harbour"), 1_000)
        try world.evening()
        try world.nextDay()
        try world.payAll(Self.euro)
        try world.run(out: "night")
        let complaint = world.complaint { try world.payAll(Self.euro) }
        #expect(complaint.hasPrefix("harbour has no account in EUR among the openings"))
        #expect(try world.record(Self.euro).state == .committed)
    }

    @Test func whatWasGivenUpIsCalculatedAgain() throws {
        let world = try NightWorld()
        try world.send(try world.deal("nordwind", "harbour"), 1_000)
        try world.evening()
        try world.nextDay()
        try world.payAll(Self.euro)
        try world.sign(.settlementAbort, ["settlement": .string(Self.euro), "reason": "error"])
        #expect(try world.run().contains { $0.hasPrefix("- waits until what came in") })
        #expect(world.book.positions.map(\.posted) == [1_000])
        let back = NightPayments.Movement(
            settlement: try #require(SettlementID(Self.euro)),
            payer: "operator/settlement",
            payee: "nordwind",
            amount: 1_000,
            evidence: .zero
        )
        _ = try world.payments.enter(back)
        #expect(try world.record(Self.euro).state == .aborted)
        try world.run()
        let second = "network/1/multilateral/EUR/2"
        world.setTime(NightWorld.cutoff(1).advanced(byMilliseconds: 60 * 3_600_000))
        try world.run()
        try world.payAll(second)
        try world.run()
        try world.payAll(second)
        #expect(try world.record(second).state == .settled)
        #expect(world.isEven)
        #expect(try world.isClean())
    }

    @Test func aDefaultIsClaimedAndRecovered() throws {
        let world = try NightWorld()
        try world.send(try world.deal("nordwind", "harbour"), 1_000)
        try world.evening()
        try world.nextDay()
        world.setTime(NightWorld.cutoff(1).advanced(byMilliseconds: 60 * 3_600_000))
        let members: JSONValue = ["settlement": .string(Self.euro), "debtor": "nordwind"]
        guard case .done(let claim) = try world.desk.enter(.claimOpen, members) else {
            Issue.record("a claim waits for nobody")
            return
        }
        #expect(world.book.claims.map(\.uncovered) == [1_000])
        try world.run()
        #expect(try world.record(Self.euro).state == .partlySettled)
        for _ in 0..<2 {
            let id = try MovementID.of(["claim"], since: world.clock.now(), at: world.engine)
            _ = try world.desk.enter(
                .claimRecover,
                [
                    "claim": .integer(Int64(claim)), "amount": 400,
                    "evidence": .string(Digest.zero.base64URL),
                ],
                id: id
            )
        }
        #expect(world.book.claims.map(\.recovered) == [400])
        #expect(try world.isClean())
    }

    @Test func whatWaitsForFourEyesIsEnteredOnce() throws {
        let world = try NightWorld(threshold: 2)
        world.hasApprover = false
        try world.send(try world.deal("nordwind", "harbour"), 1_000)
        let told = try world.evening()
        #expect(told.contains { $0.hasPrefix("- waits for another operator") })
        let size = world.engine.head?.size
        try world.run()
        #expect(world.engine.head?.size == size, "what waits is not entered again")
        world.hasApprover = true
        #expect(try world.run().contains { $0.hasPrefix("+ advised") })
        try world.finish(Self.euro)
        #expect(try world.record(Self.euro).state == .settled)
        #expect(try world.isClean())
    }
}
