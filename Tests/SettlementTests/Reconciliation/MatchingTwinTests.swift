import Foundation
import Settlement
import TestSupport
import Testing

/// Small random books, matched by the real thing and by the naive one.
@Suite struct MatchingTwinTests {
    typealias Entry = BookBuilder.Entry

    private static let runs =
        ProcessInfo.processInfo.environment["KONTOR_SEEDS"].flatMap(Int.init) ?? 600

    /// How much of what rows have in common: kinds of worlds.
    enum World: CaseIterable, Sendable {
        case names, references, members, sums, mixed
    }

    private static func entry(_ world: World, _ random: inout RandomSource, isLedger: Bool) -> Entry
    {
        var entry = Entry()
        let isNamed = world == .names || isLedger || world == .mixed && random.chance(40)
        entry.transfer = isNamed ? UInt128(random.number(1...(isLedger ? 6 : 3))) : 0
        if world == .names, isLedger { entry.transfer = UInt128(random.number(1...3)) }
        entry.item =
            random.chance(world == .names ? 30 : 10) ? BookRow.noItem : UInt16(random.number(0...1))
        entry.event = random.chance(15) ? .reversal : .posting
        entry.unit = random.chance(85) ? "a" : "b"
        entry.units =
            random.pick(
                [1, 2, 3, 12, 21, 5, -5, 0].prefix(world == .members ? 2 : 8).map(Int64.init)
            ) ?? 1
        if world == .sums { entry.units = random.number(1...9) }
        entry.currency = random.pick(["EUR", "EUR", "CHF", nil]) ?? nil
        entry.money = random.chance(60) ? random.number(3...5) : nil
        entry.fee = random.chance(40) ? random.number(0...2) : nil
        entry.day = random.chance(5) ? nil : Int32(random.number(97...101))
        entry.status =
            random.chance(15) ? random.pick(BookRow.Status.allCases) ?? .posted : .unstated
        entry.member = random.chance(70) ? UInt128(random.number(1...2)) : 0
        if world == .members || world == .sums { entry.member = random.chance(90) ? 1 : 0 }
        entry.account = random.chance(30) ? "x" : ""
        let texts =
            world == .members || world == .sums ? ["", "", "", "", "r"] : ["", "r", "s", "t"]
        entry.reference = random.pick(texts) ?? ""
        entry.otherReference = random.pick(texts) ?? ""
        entry.batch = random.chance(world == .sums ? 20 : 5) ? "n" : ""
        if isLedger, random.chance(15) {
            entry.window = random.pick([.earlier, .later]) ?? .later
        }
        if world == .members || world == .sums {
            // Otherwise rows differ in so much that there are no copies.
            entry.money = nil
            entry.fee = nil
            entry.currency = nil
            entry.account = ""
        }
        return entry
    }

    private static func side(
        _ world: World,
        _ random: inout RandomSource,
        isLedger: Bool
    ) -> [Entry] {
        var entries: [Entry] = []
        for _ in 0..<random.number(0...6) {
            if let copy = random.pick(entries), random.chance(25) {
                entries.append(copy)
            } else {
                entries.append(entry(world, &random, isLedger: isLedger))
            }
        }
        return entries
    }

    @Test(arguments: World.allCases)
    func agreesWithTheTwin(world: World) throws {
        for seed in 1...UInt64(Self.runs) {
            var random = RandomSource(seed: seed)
            let ledger = Self.side(world, &random, isLedger: true)
            let partner = Self.side(world, &random, isLedger: false)
            var terms = ReconciliationTerms(agreements: [], currency: "EUR", cutDay: 100)
            terms.daysBefore = Int32(random.number(0...1))
            terms.daysAfter = Int32(random.number(0...1))
            terms.linkedMembers = [1]
            let twin = NaiveMatching(ledger: ledger, partner: partner, terms: terms)
            let real = try Self.run(ledger, partner, terms)
            let matches = real.matches.map {
                NaiveMatching.Found(
                    pass: $0.pass.code,
                    ledger: $0.ledgerRows,
                    partner: $0.partnerRows
                )
            }
            let breaks = real.breaks.filter {
                $0.match == nil || real.matches[$0.match ?? 0].isPair
            }
            .map { item in
                "\(item.type) \(item.cause) \(item.ledgerRows) / \(item.partnerRows)"
            }
            .sorted()
            guard Set(matches) == Set(twin.matches), breaks == twin.breaks() else {
                let text = """
                    \(world) seed \(seed), days \(terms.daysBefore) \(terms.daysAfter)
                    \(Self.text(ledger))partner
                    \(Self.text(partner))real \(matches) \(breaks)
                    twin \(twin.matches) \(twin.breaks())
                    """
                Issue.record("\(text)")
                return
            }
        }
    }

    private static func text(_ entries: [Entry]) -> String {
        entries.enumerated().map { "\($0) \($1)\n" }.joined()
    }

    private static func run(
        _ ledger: [Entry],
        _ partner: [Entry],
        _ terms: ReconciliationTerms
    ) throws -> Reconciliation {
        var left = BookBuilder("ledger")
        var right = BookBuilder("partner.csv", digest: "digest")
        for entry in ledger { left.add(entry) }
        for entry in partner { right.add(entry) }
        return try Reconciliation.run(
            ledger: left.table,
            details: Array(repeating: LedgerDetail(), count: ledger.count),
            partner: right.table,
            terms: terms,
            asOf: 102
        )
    }
}

extension Match {
    fileprivate var isPair: Bool { ledgerRows.count == 1 && partnerRows.count == 1 }
}
