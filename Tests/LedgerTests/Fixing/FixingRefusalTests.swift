import Signing
import TestSupport
import Testing

@testable import Ledger

/// Fixes that state another fixing than the rules give, and denominators (spec/24 §3, §4).
@Suite struct FixingRefusalTests {
    @Test func theFixingStandsExactlyWhereThePolicyFixesRates() throws {
        var world = try FixingWorld(days: nil)
        try world.close()
        #expect(try world.draft() == nil)
        let faults = world.story.faults(of: world.fix(fixing: .zero))
        #expect(faults.map(\.rejection) == [.unknownMember])
        #expect(faults.map(\.place) == ["fixing"])
        try world.story.take(world.fix(fixing: nil))
        #expect(world.story.ledger.book.fixing == nil)

        try world.setPolicy(days: 1)
        try world.close()
        #expect(world.story.faults(of: world.fix(fixing: nil)).map(\.place) == ["fixing"])
        #expect(world.story.refusal(of: world.fix(fixing: nil)) == .missingMember)
        #expect(world.story.refusal(of: world.fix(fixing: .zero)) == .fixingMismatch)
        try world.fixClosed([])
        #expect(world.story.ledger.book.fixing?.window == 2)
    }

    /// What changes between the rehearsal and the fix makes another fixing.
    @Test func aChangedValueIsAMismatch() throws {
        var world = try FixingWorld()
        try world.publish("harbour", 2_000_000)
        world.story.network.now = FixingWorld.cutoff(0)
        try world.close()
        let before = try #require(try world.draft())
        try world.publish("nordwind", 1_000_000)
        let text = world.fix(fixing: before.fixing.hash)
        #expect(world.story.refusal(of: text) == .fixingMismatch)
        try world.fixClosed([])
        #expect(world.story.ledger.book.fixing?.values.count == 2)
    }

    @Test func theTextIsAsTheChapterSays() throws {
        var world = try FixingWorld()
        let deal = try world.story.deal(
            NetworkTerms.exchange().with("conversion.ratio", FixingWorld.fixing())
        )
        try world.publish("nordwind", 1_000_000)
        try world.publish("harbour", 3_000_000)
        let draft = try world.nightDraft()
        let ledger = world.story.network.ledger.base64URL
        #expect(
            draft.fixing.text == """
                kontor/v1/fixing
                \(ledger) network 1 2026-03-02T18:00:00.000Z
                EUR
                value harbour/points 3000000 3000000 -
                value nordwind/points 1000000 1000000 -
                rate \(deal.terms.base64URL) 333333333/1000000000 - new

                """
        )
        #expect(draft.fixing.hash == DigestBuilder.digest(Array(draft.fixing.text.utf8)))
    }

    @Test func fixedPricesCountTheirDenominator() throws {
        var world = try FixingWorld()
        let prime = NetworkTerms.exchange()
            .with("settlement.price", ["fixed": NetworkTerms.rate(1, 2_147_483_647)])
        _ = try world.story.agree(prime)
        let fixing = NetworkTerms.exchange().with("settlement.price", FixingWorld.fixing())
        let text = world.story.network.propose(fixing)
        try world.story.take(text)
        let accept = world.story.network.accept(Network.payloadDigest(text), by: "harbour")
        #expect(world.story.refusal(of: accept) == .priceDenominator)
    }

    /// Agreements that bound under rule set 1 count the denominator when they get a price.
    @Test(arguments: [(1, true), (2_147_483_647, false)])
    func olderAgreementsCountItLater(_ row: (Int64, Bool)) throws {
        var network = Network(seed: 9)
        network.signs = false
        var story = NetworkStory(network)
        try story.take(story.network.genesis())
        for partner in ["nordwind", "harbour"] { try story.admit(partner) }
        _ = try story.agree(
            NetworkTerms.exchange()
                .with("settlement.price", ["fixed": NetworkTerms.rate(1, row.0)])
        )
        let fixing = try story.agree(
            NetworkTerms.exchange().with("settlement.price", FixingWorld.fixing())
        )
        var world = try FixingWorld(activating: story)
        try world.publish("harbour", 2_000_000)
        try world.night()
        #expect(world.rates(fixing) == (row.1 ? "- 2000000/1000000" : nil))
        let exposure = BookView(world.story).exposure("nordwind", "harbour", "EUR")
        #expect(exposure?.denominator == (row.1 ? 1_000_000 : row.0))
    }
}

extension FixingWorld {
    /// A network under rule set 1 that goes over to rule set 2.
    init(activating story: NetworkStory) throws {
        self.init(story)
        let from = Int64(story.ledger.book.size) + 1
        try self.story.take(
            self.story.network.sign(
                .rulesActivate,
                by: "operator-a",
                ["rules": 2, "from": .integer(from)]
            )
        )
        try publishCalendar()
        try setPolicy(days: 2)
    }
}
