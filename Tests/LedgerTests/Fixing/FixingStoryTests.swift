import Foundation
import Money
import Settlement
import Signing
import TestSupport
import Testing

@testable import Ledger

/// Nights whose rates move, and transfers, holds and reversals across them (spec/24).
@Suite struct FixingStoryTests {
    /// Points of nordwind become points of harbour at the pinned cross rate less 2 %.
    private static let terms = NetworkTerms.exchange()
        .with("conversion.ratio", FixingWorld.fixing(spread: 2, band: 10))
        .with("settlement.price", FixingWorld.fixing(spread: 2, band: 10))

    /// Ten thousandths of a minor unit that nordwind owes harbour.
    private func owed(_ world: FixingWorld) -> Int128 {
        let exposure = BookView(world.story).exposure("nordwind", "harbour", "EUR")
        guard let exposure else { return 0 }
        return exposure.posted * 10_000 / Int128(exposure.denominator)
    }

    @Test func threeNights() throws {
        var world = try FixingWorld()
        let deal = try world.story.deal(Self.terms)
        let held = try world.story.deal(NetworkTerms.held(Self.terms, seconds: 259_200))
        try world.publish("nordwind", 900_000, 1_100_000)
        try world.publish("harbour", 2_000_000)
        #expect(world.story.refusal(of: try world.send(deal, 1_000, fixing: nil)) == .rateNotFixed)

        let first = try world.night()
        #expect(world.rates(deal.terms) == "490000000/1000000000 1960000/1000000")
        let posted = try world.story.take(try world.send(deal, 1_000, fixing: first))
        #expect(owed(world) == 490 * 19_600)
        let hold = try world.story.take(try world.send(held, 1_000, fixing: first))

        try world.publish("harbour", 2_100_000)
        #expect(world.rates(deal.terms) == "490000000/1000000000 1960000/1000000")
        let second = try world.night()
        #expect(world.rates(deal.terms) == "466666666/1000000000 2058000/1000000")
        #expect(world.story.refusal(of: try world.send(deal, 1_000, fixing: first)) == .rateStale)
        #expect(world.story.refusal(of: try world.send(deal, 1_000, fixing: nil)) == .rateStale)
        let later = try world.story.take(try world.send(deal, 1_000, fixing: second))
        #expect(owed(world) == 490 * 19_600 + 466 * 20_580)

        // The hold was made before the cut and is delivered after it, at its own rates.
        let wrong = world.story.network.commit(hold, [(0, 466, 0)], by: "harbour")
        #expect(world.story.refusal(of: wrong) == .wrongCredit)
        try world.story.take(world.story.network.commit(hold, [(0, 490, 0)], by: "harbour"))
        #expect(owed(world) == 2 * 490 * 19_600 + 466 * 20_580)

        // Last night's item is taken back at last night's rates, tonight's at tonight's.
        try reverse(&world, posted, remaining: 500, debit: 500, credit: 245)
        #expect(owed(world) == (490 + 245) * 19_600 + 466 * 20_580)
        try reverse(&world, later, remaining: 0, debit: 999, credit: 466)
        #expect(owed(world) == (490 + 245) * 19_600)
        #expect(BookView(world.story).held("nordwind", "harbour") == 0)
        try restores(world)
    }

    private func reverse(
        _ world: inout FixingWorld,
        _ entry: UInt64,
        remaining: Int64,
        debit: Int64,
        credit: Int64
    ) throws {
        let item = Network.reversal(0, remaining: remaining, debit: debit, credit: credit)
        try world.story.take(world.story.network.reverse(entry, [item], by: "harbour"))
    }

    /// The records of fixings in the state digest (spec/24 §7).
    private func records(_ world: FixingWorld) -> [String] {
        var digest = StateDigest()
        world.story.ledger.book.noteFixings(&digest)
        return digest.pending.map { "\($0.key) \($0.value)" }
    }

    @Test func recordsOfTheDigest() throws {
        var world = try FixingWorld()
        let ratio = Self.terms.with("settlement.price", ["fixed": NetworkTerms.rate(1, 1)])
        let deal = try world.story.deal(ratio)
        try world.publish("nordwind", 1_000_000)
        try world.publish("harbour", 2_000_000)
        let first = try world.night()
        try world.story.take(try world.send(deal, 1_000, fixing: first))
        try world.publish("harbour", 2_100_000)
        let second = try world.night()
        try world.publish("harbour", 9_000_000)
        let third = try world.night()
        try world.story.take(world.accept(deal.terms, third, by: "harbour"))
        try world.close()
        let hash = deal.terms.base64URL
        let fixed = "490000000/1000000000 - 2026-03-02T18:00:00.000Z 2026-04-02T18:00:00.000Z"
        #expect(
            records(world) == [
                "fixing \(third.base64URL) network 3", "value/harbour/points 2100000,9000000",
                "value/nordwind/points 1000000,1000000",
                "fixed/\(hash)/0 \(first.base64URL) \(fixed)",
                "fixed/\(hash)/1 \(second.base64URL) 466666666/1000000000 - "
                    + "2026-03-03T18:00:00.000Z -",
                "waiting/\(hash) \(third.base64URL) 108888888/1000000000 - "
                    + "2026-03-04T18:00:00.000Z harbour",
                "units/\(hash) 490 0",
            ]
        )
    }

    /// A book read back from its snapshot is the same one.
    private func restores(_ world: FixingWorld) throws {
        let book = world.story.ledger.book
        let data = try JSONEncoder().encode(book.snapshot)
        let read = try JSONDecoder().decode(BookSnapshot.self, from: data)
        var copy = Book(restoring: read)
        var source = book
        source.markAllChanged()
        source.takeChangedPages { table, page, bytes in
            let isLoaded = copy.load(table, page: page, bytes)
            #expect(isLoaded)
        }
        copy.finishLoading()
        #expect(copy.stateDigest() == book.stateDigest())
        #expect(copy.fixings.agreements == book.fixings.agreements)
        #expect(copy.fixing == book.fixing)
        #expect(copy.fixings.units.marks == book.fixings.units.marks)
    }

    @Test func beyondTheBandBothMustAccept() throws {
        var world = try FixingWorld()
        let deal = try world.story.deal(Self.terms)
        try world.publish("nordwind", 1_000_000)
        try world.publish("harbour", 2_000_000)
        let first = try world.night()
        let before = world.rates(deal.terms)
        try world.publish("harbour", 4_000_000)
        let second = try world.night()
        #expect(world.rates(deal.terms) == before)
        #expect(world.waiting(deal.terms) == "245000000/1000000000 3920000/1000000")
        #expect(world.story.refusal(of: try world.send(deal, 9, fixing: second)) == .rateStale)
        try world.story.take(try world.send(deal, 9, fixing: first))

        try world.story.take(world.accept(deal.terms, second, by: "harbour"))
        let again = world.accept(deal.terms, second, by: "harbour")
        #expect(world.story.refusal(of: again) == .alreadySigned)
        #expect(world.rates(deal.terms) == before)
        try restores(world)
        try world.story.take(world.accept(deal.terms, second, by: "nordwind"))
        #expect(world.rates(deal.terms) == "245000000/1000000000 3920000/1000000")
        #expect(world.waiting(deal.terms) == nil)
        #expect(world.story.refusal(of: try world.send(deal, 9, fixing: first)) == .rateStale)
        try world.story.take(try world.send(deal, 9, fixing: second))

        // The next night is measured from what was accepted.
        try world.publish("harbour", 4_100_000)
        try world.night()
        #expect(world.rates(deal.terms) == "239024390/1000000000 4018000/1000000")
    }

    @Test func aLaterNightReplacesWhatWaitsAndTheBandWidens() throws {
        var world = try FixingWorld()
        let deal = try world.story.deal(Self.terms)
        try world.publish("nordwind", 1_000_000)
        try world.publish("harbour", 2_000_000)
        try world.night()
        try world.publish("harbour", 2_300_000)
        let second = try world.night()
        #expect(world.waiting(deal.terms) != nil)
        try world.story.take(world.accept(deal.terms, second, by: "harbour"))
        // Two days after the last rate 20 % are allowed.
        let third = try world.night()
        #expect(world.waiting(deal.terms) == nil)
        #expect(world.story.ledger.book.fixedRates(of: deal.terms)?.fixing == third)
        let late = world.accept(deal.terms, second, by: "nordwind")
        #expect(world.story.refusal(of: late) == .unknownPending)
    }

    @Test func aNightWithoutValuesHolds() throws {
        var world = try FixingWorld()
        let deal = try world.story.deal(Self.terms)
        try world.publish("nordwind", 1_000_000)
        try world.publish("harbour", 2_000_000, days: 2)
        let first = try world.night()
        try world.night()
        let third = try world.night()
        #expect(third != first)
        let book = world.story.ledger.book
        #expect(book.fixing?.values.map(\.program) == ["nordwind/points"])
        #expect(book.fixedRates(of: deal.terms)?.cutoff == FixingWorld.cutoff(1))
        #expect(world.story.refusal(of: try world.send(deal, 9, fixing: third)) == .rateStale)
    }

    @Test func closedProgramsHaveNoValue() throws {
        var world = try FixingWorld()
        let deal = try world.story.deal(Self.terms)
        try world.publish("nordwind", 1_000_000)
        try world.publish("harbour", 2_000_000)
        let first = try world.night()
        try world.story.take(
            world.story.network.sign(
                .programAmend,
                by: "harbour",
                ["program": "harbour/points", "status": "closed"]
            )
        )
        let draft = try world.nightDraft()
        #expect(draft.fixing.values.map(\.program) == ["nordwind/points"])
        #expect(draft.rates.map(\.outcome) == [.held])
        #expect(world.story.refusal(of: try world.send(deal, 9, fixing: first)) == .programClosed)
    }

    @Test func endedAgreementsAreNotFixedAndTheirRatesAreForgotten() throws {
        var world = try FixingWorld()
        let deal = try world.story.deal(Self.terms.with("noticePeriodDays", 1))
        try world.publish("nordwind", 1_000_000)
        try world.publish("harbour", 2_000_000)
        let first = try world.night()
        let entry = try world.story.take(try world.send(deal, 1_000, fixing: first))
        let end = world.story.network.now.advanced(byMilliseconds: 86_400_000)
        try world.story.take(
            world.story.network.terminate(deal.terms, from: end, by: "nordwind")
        )
        try world.night()
        #expect(world.story.ledger.book.fixings.agreements.first?.kept.count == 1)
        #expect(world.rates(deal.terms) == nil)
        for _ in 0..<29 { try world.night() }
        try reverse(&world, entry, remaining: 0, debit: 1_000, credit: 490)
        for _ in 0..<3 { try world.night() }
        #expect(world.story.ledger.book.fixings.agreements.first?.kept.isEmpty == true)
    }

    @Test func moneyOnOneSideAndForeignPublications() throws {
        var world = try FixingWorld()
        let earn = NetworkTerms.earn().with("conversion.ratio", FixingWorld.fixing())
            .with("settlement.price", FixingWorld.fixing(spread: 1))
        let deal = try world.story.deal(
            earn.with("settlement.priceCurrency", "USD")
                .with("settlement.fxSource", "ecb").with("settlement.fxFallback", "stop")
                .with("settlement.fxMaxAgeDays", 3)
        )
        try world.publish("harbour", 1_000_000, currency: "USD")
        try world.night()
        #expect(world.rates(deal.terms) == nil)
        #expect(world.story.ledger.book.fixing?.values.isEmpty == true)
        // 1 EUR = 1.25 USD: a point is worth 0.8 EUR cents, so a cent buys 1.25 points.
        try world.night([("USD", 125, 100)])
        #expect(world.rates(deal.terms) == "1250000000/1000000000 990000/1000000")
        let item = Network.item(deal.member, amount: 100, debit: 100, credit: 125)
        let fixing = try #require(world.story.ledger.book.fixing?.hash)
        try world.story.take(
            world.story.network.transfers(
                from: "nordwind",
                terms: deal.terms,
                items: [item],
                shared: ["fixing": .string(fixing.base64URL)]
            )
        )
        #expect(BookView(world.story).owed("nordwind", "harbour", "USD") == 123)
    }

    @Test func sheetsUpToThirtyOneDaysOldCount() throws {
        var world = try FixingWorld()
        try world.publish("harbour", 1_000_000, currency: "USD", days: 50)
        for _ in 0..<33 { try world.close(); try world.fixClosed([("USD", 2, 1)]) }
        try world.close()
        #expect(try world.draft([("USD", 2, 1)], age: 32)?.fixing.values.isEmpty == true)
        #expect(try world.draft([("USD", 2, 1)], age: 31)?.fixing.values.count == 1)
    }

    @Test func meansCountTheLastNights() throws {
        var world = try FixingWorld(days: 2)
        let terms = Self.terms.with("settlement.price", FixingWorld.fixing("mean"))
        let deal = try world.story.deal(terms)
        try world.publish("nordwind", 1_000_000)
        var means: [Int64?] = []
        for bid in [1_000_000, 2_000_000, 2_000_001] as [Int64] {
            try world.publish("harbour", bid)
            try world.night()
            let values = world.story.ledger.book.fixing?.values ?? []
            means.append(values.first { $0.program == "harbour/points" }?.mean?.millionths)
        }
        #expect(means == [1_000_000, 1_500_000, 2_000_000])
        #expect(world.rates(deal.terms) != nil)
        let mean = world.story.ledger.book.fixedValues(by: .mean)
        #expect(mean.map(\.program) == ["harbour/points", "nordwind/points"])
        #expect(mean.map { $0.value.description } == ["2/1", "1/1"])
        #expect(mean.map { $0.yesterday?.description } == ["3/2", "1/1"])
        #expect(mean[0].sources.map(\.name) == ["2000000", "2000001"])
        #expect(mean[0].sources.map { $0.weight.description } == ["1/2", "1/2"])
        #expect(mean[1].crossRate(in: mean[0])?.description == "1/2")
        let pinned = world.story.ledger.book.fixedValues(by: .pinned)
        let name = "EUR 2000001/1000000 2000001/1000000 2026-03-03T18:00:00.000Z"
        #expect(pinned.first?.sources.map(\.name) == [name])
        try world.setPolicy(days: 1)
        #expect(world.story.ledger.book.fixings.pinned["harbour/points"]?.count == 1)
        try world.setPolicy(days: 9, numeraire: "USD")
        #expect(world.story.ledger.book.fixings.pinned.isEmpty)
    }

    @Test func bonusesFollowThePrice() throws {
        var world = try FixingWorld()
        let terms = Self.terms.with("bonuses", [NetworkTerms.percent(1, 10)])
        let deal = try world.story.deal(terms)
        try world.publish("nordwind", 1_000_000)
        try world.publish("harbour", 2_000_000)
        let first = try world.night()
        try world.story.take(try world.send(deal, 1_000, fixing: first))
        #expect(owed(world) == (490 + 49) * 19_600)
    }

    @Test func aQuoteNamesTheFixing() throws {
        var world = try FixingWorld()
        let deal = try world.story.deal(Self.terms)
        try world.publish("nordwind", 1_000_000)
        try world.publish("harbour", 2_000_000)
        func quote() -> Quotation {
            let position = Position(
                index: world.story.ledger.book.size,
                time: world.story.network.now,
                ledger: world.story.network.ledger
            )
            return world.story.ledger.book.quote(
                deal.terms,
                QuoteRequest(amount: 1_000),
                at: position
            )
        }
        #expect(quote().faults.map(\.rejection) == [.rateNotFixed])
        let first = try world.night()
        #expect(quote().fixing == first)
        #expect(quote().credit == 490)
        #expect(quote().faults.isEmpty)
        #expect(quote().debts.map(\.numerator) == [490 * 1_960_000])
    }
}

extension FixingWorld {
    /// Closes the next window and computes its fix.
    mutating func nightDraft() throws -> FixingDraft {
        try close()
        return try #require(try draft())
    }

    /// Fixes the last closed window.
    mutating func fixClosed(_ quotes: [(String, Int64, Int64)]) throws {
        let draft = try #require(try draft(quotes))
        try story.take(fix(quotes, fixing: draft.fixing.hash))
    }
}
