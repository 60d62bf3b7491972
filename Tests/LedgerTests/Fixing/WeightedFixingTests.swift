import Settlement
import Signing
import TestSupport
import Testing

@testable import Ledger

/// Values by what partners paid each other, and attempts to move them (S-44).
@Suite struct WeightedFixingTests {
    private static let buyers = ["nordwind", "suedkauf", "bergbahn"]

    /// Three partners that buy points of harbour at fixed prices of 1, 2 and 3 cents, and an
    /// agreement whose price follows from that.
    private func market() throws -> (
        world: FixingWorld, deals: [(terms: Digest, member: String)], fixing: Digest
    ) {
        var world = try FixingWorld()
        let deals = try Self.buyers.enumerated().map { place, buyer in
            let price = NetworkTerms.rate(Int64(place) + 1, 1)
            return try world.story.deal(
                NetworkTerms.exchange(from: buyer).with("settlement.price", ["fixed": price])
            )
        }
        let terms = NetworkTerms.exchange()
            .with("settlement.price", FixingWorld.fixing("weighted"))
        let fixing = try world.story.agree(terms)
        return (world, deals, fixing)
    }

    private func buy(
        _ world: inout FixingWorld,
        _ deals: [(terms: Digest, member: String)],
        _ units: [Int64]
    ) throws -> [UInt64] {
        try zip(zip(Self.buyers, deals), units).map { buyer, units in
            try world.story.take(try world.send(buyer.1, units, fixing: nil, by: buyer.0))
        }
    }

    @Test func theWindowBeforeCounts() throws {
        var (world, deals, fixing) = try market()
        _ = try buy(&world, deals, [40, 30, 30])
        try world.night()
        #expect(world.rates(fixing) == nil)
        try world.night()
        #expect(world.rates(fixing) == "- 1900000/1000000")
        let line = try #require(world.story.ledger.book.fixing?.lines.first)
        #expect(line.values.program == "harbour/points")
        #expect(line.trades.map(\.units) == [40, 30, 30])
        #expect(line.trades.map(\.price.millionths) == [1_000_000, 2_000_000, 3_000_000])
        // What was posted two windows ago weighs nothing any more.
        try world.night()
        #expect(world.story.ledger.book.fixing?.values.isEmpty == true)
        #expect(world.rates(fixing) == "- 1900000/1000000")
    }

    @Test func washTradesMoveNothing() throws {
        var (world, deals, fixing) = try market()
        _ = try buy(&world, deals, [40, 30, 30])
        try world.night()
        // Bergbahn and harbour trade with each other as much as they can, at their own price.
        _ = try buy(&world, deals, [40, 30, 1_000_000])
        try world.night()
        #expect(world.rates(fixing) == "- 1900000/1000000")
        try world.night()
        #expect(world.story.ledger.book.fixing?.values.isEmpty == true)
        #expect(world.story.ledger.book.fixing?.lines.first?.trades.count == 3)
        #expect(world.rates(fixing) == "- 1900000/1000000")
    }

    @Test func twoPairsAreTooFew() throws {
        var (world, deals, fixing) = try market()
        _ = try buy(&world, Array(deals.prefix(2)), [50, 50])
        try world.night()
        try world.night()
        #expect(world.rates(fixing) == nil)
    }

    @Test func reversalsAreTakenOffTheirOwnWindow() throws {
        var (world, deals, fixing) = try market()
        let entries = try buy(&world, deals, [40, 40, 40])
        try world.night()
        let item = Network.reversal(0, debit: 40, credit: 40)
        try world.story.take(world.story.network.reverse(entries[0], [item], by: "harbour"))
        _ = try buy(&world, deals, [10, 30, 30])
        try world.night()
        #expect(world.rates(fixing) == "- 2000000/1000000")
        // 10 less 40 counts as 0, and so leaves two pairs.
        try world.night()
        #expect(world.story.ledger.book.fixing?.values.isEmpty == true)
        #expect(world.story.ledger.book.fixing?.lines.first?.trades.map(\.units) == [30, 30])
    }
}
