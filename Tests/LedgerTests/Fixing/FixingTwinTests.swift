import Ledger
import Settlement
import Signing
import TestSupport
import Testing

/// Random nights: every fixing is the one that the naive twin reads out of the log.
@Suite struct FixingTwinTests {
    @Test(arguments: 1...6) func theTwinAgrees(seed: Int) throws {
        var market = try RandomMarket(seed: UInt64(seed))
        for _ in 0..<12 { try market.day() }
        let story = market.world.story
        var twin = NaiveFixing(ledger: story.network.ledger)
        for entry in story.ledger.entries {
            try twin.read(JWS(parsing: entry.text).payload, at: entry.time)
        }
        #expect(twin.texts.count == 12)
        #expect(twin.mismatches == 0)
        for hash in story.ledger.book.fixingAgreements {
            let naive = twin.agreements[hash.base64URL]
            if naive?.end != nil { continue }
            #expect(market.world.rates(hash) == naive?.rates.map { "\($0.ratio) \($0.price)" })
            #expect(market.world.waiting(hash) == naive?.waiting.map { "\($0.ratio) \($0.price)" })
        }
        // The run shows something: all outcomes, all rules, and transfers at fixed rates.
        let text = twin.texts.joined()
        #expect(text.contains(" new\n") && text.contains(" waiting\n") && text.contains(" held\n"))
        #expect(market.sent > 20 && market.stale > 0)
    }

    @Test func someRunHasWeightedValues() throws {
        var found = 0
        for seed in 1...6 {
            var market = try RandomMarket(seed: UInt64(seed))
            for _ in 0..<4 { try market.day() }
            let values = market.world.story.ledger.book.fixing?.values ?? []
            found += values.count { $0.weighted != nil }
        }
        #expect(found > 0)
    }
}

/// Partners that publish, trade, reverse, accept and close programs as a seed says.
struct RandomMarket {
    private(set) var world: FixingWorld
    /// How many transfers at fixed rates were taken, and how many at old ones refused.
    private(set) var sent = 0
    private(set) var stale = 0
    private var random: RandomSource
    private var fixed: [(debtor: String, deal: (terms: Digest, member: String))] = []
    private var fixings: [(debtor: String, deal: (terms: Digest, member: String))] = []
    private var worth: [String: Int64] = [:]
    private var last: Digest?

    init(seed: UInt64) throws {
        random = RandomSource(seed: seed)
        world = try FixingWorld(seed: seed, days: random.number(1...4))
        for partner in FixingWorld.partners { worth[partner] = random.number(200_000...4_000_000) }
        for debtor in FixingWorld.partners {
            for creditor in FixingWorld.partners where creditor != debtor {
                let price = NetworkTerms.rate(random.number(1...400), random.number(1...4) * 50)
                let terms = inCurrency(NetworkTerms.exchange(from: debtor, to: creditor))
                fixed.append(
                    (debtor, try world.story.deal(terms.with("settlement.price", ["fixed": price])))
                )
            }
        }
        for _ in 0..<10 { try addFixing() }
    }

    private mutating func inCurrency(_ terms: JSONValue) -> JSONValue {
        guard random.chance(30) else { return terms }
        return terms.with("settlement.priceCurrency", "USD").with("settlement.fxSource", "ecb")
            .with("settlement.fxFallback", "stop").with("settlement.fxMaxAgeDays", 3)
    }

    private mutating func rule() -> JSONValue {
        let name = random.pick(["pinned", "pinned", "mean", "weighted"]) ?? "pinned"
        if random.chance(30) {
            return FixingWorld.fixing(name, spread: 2, band: 5, floor: (1, 3), ceiling: (3, 1))
        }
        return FixingWorld.fixing(
            name,
            spread: random.number(0...10),
            band: random.number(3...40)
        )
    }

    private mutating func addFixing() throws {
        let debtor = random.pick(FixingWorld.partners) ?? "nordwind"
        let creditor = random.pick(FixingWorld.partners.filter { $0 != debtor }) ?? "harbour"
        var terms = NetworkTerms.exchange(from: debtor, to: creditor)
        if random.chance(30) { terms = NetworkTerms.earn(at: debtor, of: creditor) }
        if random.chance(20) { terms = NetworkTerms.redeem(from: debtor, at: creditor) }
        terms = inCurrency(terms)
        let both = random.number(0...2)
        if both > 0 { terms = terms.with("conversion.ratio", rule()) }
        if both < 2 { terms = terms.with("settlement.price", rule()) }
        fixings.append((debtor, try world.story.deal(terms)))
    }

    /// A day of publications and trade, and the night after it.
    mutating func day() throws {
        world.story.network.advance(hours: 2)
        for partner in FixingWorld.partners where random.chance(70) {
            let old = worth[partner] ?? 1_000_000
            let next = max(1, old + old * random.number(-12...12) / 100)
            worth[partner] = next
            let currency = random.chance(20) ? "USD" : "EUR"
            let days = random.number(1...5)
            try world.publish(partner, next, next + next / 50, currency: currency, days: days)
        }
        for line in fixed where random.chance(85) {
            let amount = random.number(250...400)
            let entry = try world.story.take(
                try world.send(line.deal, amount, fixing: nil, by: line.debtor)
            )
            if random.chance(10) { try reverse(entry, amount) }
        }
        for line in fixings where random.chance(60) { try trade(line) }
        if random.chance(15) { try addFixing() }
        let quotes: [(String, Int64, Int64)] =
            random.chance(80) ? [("JPY", 16_000, 100), ("USD", random.number(105...115), 100)] : []
        last = try world.night(quotes)
        for line in fixings where random.chance(50) { try accept(line.deal.terms) }
    }

    private mutating func reverse(_ entry: UInt64, _ amount: Int64) throws {
        guard
            case .transfers(let transfers) = world.story.ledger.entries[Int(entry)].statement.body,
            let creditor = world.story.ledger.book.agreement(transfers.terms)?.terms.creditorName
        else { return }
        let item = Network.reversal(0, debit: amount, credit: amount)
        try world.story.take(world.story.network.reverse(entry, [item], by: creditor))
    }

    private mutating func trade(
        _ line: (debtor: String, deal: (terms: Digest, member: String))
    ) throws {
        let book = world.story.ledger.book
        guard let rates = book.fixedRates(of: line.deal.terms) else { return }
        let name = random.chance(80) ? rates.fixing : (last ?? rates.fixing)
        let text = try world.send(line.deal, 10_000, fixing: name, by: line.debtor)
        let refusal = world.story.refusal(of: text)
        if name == rates.fixing {
            sent += refusal == nil ? 1 : 0
        } else {
            stale += refusal == .rateStale ? 1 : 0
        }
        #expect(refusal == (name == rates.fixing ? nil : .rateStale))
    }

    private mutating func accept(_ terms: Digest) throws {
        let book = world.story.ledger.book
        guard let waiting = book.waitingRates(of: terms), let agreement = book.agreement(terms)
        else { return }
        for signer in [agreement.terms.debtorName, agreement.terms.creditorName]
        where random.chance(70) && !waiting.signed.contains(signer) {
            try world.story.take(world.accept(terms, waiting.rates.fixing, by: signer))
        }
    }
}
