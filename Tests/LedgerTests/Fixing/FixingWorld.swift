import Ledger
import Money
import Signing
import TestSupport
import Testing

/// A network under rule set 2 whose nights fix rates: four partners, a calendar `network` with a
/// cut-off each day at 18:00 UTC, values in EUR.
struct FixingWorld: Sendable {
    var story: NetworkStory
    /// How many windows were closed.
    private(set) var nights: Int64 = 0
    /// The first entry of the open window.
    private var start: UInt64 = 0

    static let partners = ["nordwind", "harbour", "suedkauf", "bergbahn"]

    init(seed: UInt64 = 1, days: Int64? = 2) throws {
        var network = Network(seed: seed)
        network.signs = false
        story = NetworkStory(network)
        try story.take(story.network.genesis { $0 = $0.with("rules", 2) })
        for partner in Self.partners { try story.admit(partner) }
        try publishCalendar()
        try setPolicy(days: days)
    }

    init(_ story: NetworkStory) {
        self.story = story
    }

    /// Sixty cut-offs, each a business day.
    mutating func publishCalendar() throws {
        let cutoffs = (0..<60).map { JSONValue.string(Self.cutoff($0).description) }
        let dates = (0..<60).map { JSONValue.string(Self.cutoff($0).date().description) }
        try story.take(
            story.network.sign(
                .calendarPublish,
                by: "operator-a",
                [
                    "calendar": "network", "cutoffs": .array(cutoffs),
                    "businessDays": .array(dates),
                ]
            )
        )
    }

    static func cutoff(_ number: Int64) -> Timestamp {
        Network.start.advanced(byMilliseconds: (number * 24 + 10) * 3_600_000)
    }

    /// States the policy; without days it fixes no rates.
    mutating func setPolicy(days: Int64?, numeraire: String = "EUR") throws {
        var members: JSONValue = ["minimumPayment": 0, "carryMaxDays": 30]
        if let days {
            members = members.with(
                "fixing",
                [
                    "numeraire": .string(numeraire), "source": "ecb",
                    "days": .integer(days),
                ]
            )
        }
        try story.take(story.network.sign(.networkPolicy, by: "operator-a", members))
    }

    /// Publishes what a partner's point is worth, in millionths of a minor unit, for some days.
    mutating func publish(
        _ partner: String,
        _ bid: Int64,
        _ ask: Int64? = nil,
        currency: String = "EUR",
        days: Int64 = 30
    ) throws {
        let now = story.network.now
        try story.take(
            story.network.sign(
                .ratesPublish,
                by: partner,
                [
                    "program": .string("\(partner)/points"), "currency": .string(currency),
                    "bid": NetworkTerms.rate(bid, 1_000_000),
                    "ask": NetworkTerms.rate(ask ?? bid, 1_000_000),
                    "validFrom": .string(now.description),
                    "validTo": .string(
                        now.advanced(byMilliseconds: days * 86_400_000).description
                    ),
                ]
            )
        )
    }

    /// A rule with spread and band in percent.
    static func fixing(
        _ rule: String = "pinned",
        spread: Int64 = 0,
        band: Int64 = 100,
        floor: (Int64, Int64) = (1, 2_147_483_647),
        ceiling: (Int64, Int64) = (2_147_483_647, 1)
    ) -> JSONValue {
        [
            "fixing": [
                "rule": .string(rule), "spread": NetworkTerms.rate(spread, 100),
                "bandPerDay": NetworkTerms.rate(band, 100),
                "floor": NetworkTerms.rate(floor.0, floor.1),
                "ceiling": NetworkTerms.rate(ceiling.0, ceiling.1),
            ]
        ]
    }

    /// Closes the next window at its cut-off.
    mutating func close() throws {
        let cutoff = Self.cutoff(nights)
        if story.network.now < cutoff { story.network.now = cutoff }
        let text = story.network.sign(
            .settlementClose,
            by: "operator-a",
            [
                "calendar": "network", "start": .integer(Int64(start)),
                "cutoff": .string(cutoff.description),
                "seed": .string(Digest.zero.base64URL),
            ]
        )
        start = try story.take(text)
        nights += 1
    }

    /// The fix of the last closed window, not taken yet.
    mutating func fix(
        _ quotes: [(String, Int64, Int64)] = [],
        age: Int64 = 0,
        fixing: Digest?
    ) -> [UInt8] {
        let date = Self.cutoff(nights - 1 - age).date()
        var sheet: JSONValue = [
            "source": "ecb", "date": .string(date.description),
            "file": .string(Digest.zero.base64URL), "base": "EUR",
        ]
        sheet = sheet.with(
            "quotes",
            .array(
                quotes.map { ["currency": .string($0.0), "rate": NetworkTerms.rate($0.1, $0.2)] }
            )
        )
        var members: JSONValue = [
            "calendar": "network", "window": .integer(nights),
            "sheets": quotes.isEmpty ? [] : [sheet],
        ]
        if let fixing { members = members.with("fixing", .string(fixing.base64URL)) }
        return story.network.sign(.settlementFix, by: "operator-a", members)
    }

    /// What a fix of the last closed window would do.
    mutating func draft(
        _ quotes: [(String, Int64, Int64)] = [],
        age: Int64 = 0
    ) throws -> FixingDraft? {
        let text = fix(quotes, age: age, fixing: nil)
        guard case .settlementFix(let fix) = try SignedStatement(parsing: text).statement.body
        else { return nil }
        return story.ledger.book.rehearseFixing(fix, at: story.network.now)
    }

    /// Closes the next window and fixes it; returns the fixing.
    @discardableResult
    mutating func night(
        _ quotes: [(String, Int64, Int64)] = [],
        age: Int64 = 0
    ) throws -> Digest {
        try close()
        let draft = try #require(try draft(quotes, age: age))
        try story.take(fix(quotes, age: age, fixing: draft.fixing.hash))
        return draft.fixing.hash
    }

    /// Accepts waiting rates.
    mutating func accept(_ terms: Digest, _ fixing: Digest, by signer: String) -> [UInt8] {
        story.network.sign(
            .fixingAccept,
            by: signer,
            [
                "agreement": .string(terms.base64URL), "fixing": .string(fixing.base64URL),
            ]
        )
    }

    /// One item under an agreement, with the numbers that a quote gives unless others are named.
    mutating func send(
        _ deal: (terms: Digest, member: String),
        _ amount: Int64,
        fixing: Digest?,
        by debtor: String = "nordwind"
    ) throws -> [UInt8] {
        let position = Position(
            index: story.ledger.book.size,
            time: story.network.now,
            ledger: story.network.ledger
        )
        let quote = story.ledger.book.quote(deal.terms, QuoteRequest(amount: amount), at: position)
        let item = Network.item(
            deal.member,
            amount: amount,
            debit: quote.debit,
            credit: quote.credit,
            bonus: quote.bonus
        )
        let shared: JSONValue = fixing.map { ["fixing": .string($0.base64URL)] } ?? [:]
        return story.network.transfers(
            from: debtor,
            terms: deal.terms,
            items: [item],
            shared: shared
        )
    }

    /// The ratio and the price that hold for an agreement, as texts.
    func rates(_ terms: Digest) -> String? {
        story.ledger.book.fixedRates(of: terms).map { Self.text($0.ratio, $0.price) }
    }

    /// Those that wait.
    func waiting(_ terms: Digest) -> String? {
        story.ledger.book.waitingRates(of: terms).map { Self.text($0.rates.ratio, $0.rates.price) }
    }
}

extension FixingWorld {
    private static func text(_ ratio: Rate?, _ price: Rate?) -> String {
        [ratio, price].map { rate in rate.map { "\($0.numerator)/\($0.denominator)" } ?? "-" }
            .joined(separator: " ")
    }
}
