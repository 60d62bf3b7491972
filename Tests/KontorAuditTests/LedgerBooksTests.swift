import Foundation
import KontorAudit
import KontorStorage
import Ledger
import Money
import Settlement
import Signing
import TestSupport
import Testing
import VerifiableLog

/// The ledger's books are what a naive reading of the log gives, whatever happened in it.
///
/// `KONTOR_SEEDS` sets how many histories are played.
struct LedgerBooksTests {
    private static let seeds =
        UInt64(ProcessInfo.processInfo.environment["KONTOR_SEEDS"] ?? "") ?? 8
    private static let partners = ["a", "b", "c", "d"]

    @Test(arguments: 0..<UInt64(4))
    func booksAreWhatTheLogSays(first: UInt64) throws {
        for seed in stride(from: first, to: Self.seeds, by: 4) {
            let history = try Self.play(seed: seed)
            let open = history.book.openWindow(of: "network").number
            for partner in Self.partners {
                var sums: [String: Int64] = [:]
                for number in 1...open {
                    guard let range = WindowRange(number, of: "network", in: history.book) else {
                        continue
                    }
                    let books = try Self.books(of: partner, range, history)
                    let naive = NaiveBooks(history.entries, partner: partner, calendar: "network")
                    let lines = NaiveBooks.lines(of: books.table)
                    #expect(
                        lines == naive.lines(range.earlier, range.compared, range.later),
                        "seed \(seed), \(partner), window \(number)"
                    )
                    for (row, detail) in zip(books.table.rows, books.details)
                    where row.window == .compared && row.status == .posted {
                        let agreement = books.agreements[Int(detail.agreement)].name
                        let side = "\(agreement) \(books.table.names[Int(row.unit)])"
                        sums[side, default: 0] += row.units
                    }
                }
                Self.expectTotals(sums, of: partner, history, seed)
            }
        }
    }

    /// Over all windows, rows sum to what the state says was posted and not reversed.
    private static func expectTotals(
        _ sums: [String: Int64],
        of partner: String,
        _ history: History,
        _ seed: UInt64
    ) {
        let isWhole = history.book.windows(of: "network").first.map { $0.number == 1 } ?? true
        guard isWhole else { return }
        for line in history.book.agreements {
            let terms = line.version.terms
            guard !terms.isInternal, terms.debtorName == partner || terms.creditorName == partner,
                terms.fromText != terms.toText
            else { continue }
            let name = line.version.hash.base64URL
            if terms.fromText.contains("/") {
                let due = -line.debit
                #expect(sums["\(name) \(terms.fromText)"] ?? 0 == due, "seed \(seed) \(name)")
            }
            if terms.toText.contains("/") {
                let due = line.credit + line.bonus
                #expect(sums["\(name) \(terms.toText)"] ?? 0 == due, "seed \(seed) \(name)")
            }
        }
    }

    /// What rows state as owed sums to the debts of the window, where a unit costs whole cents.
    @Test func moneyOfRowsSumsToTheDebtsOfTheWindow() throws {
        var story = try NetworkStory.founded(seed: 4, partners: ["nordwind", "harbour"])
        try story.beginNights()
        let plain = try story.agree(
            NetworkTerms.exchange(numerator: 2, denominator: 3)
                .with("settlement.price", ["fixed": NetworkTerms.rate(3, 1)])
                .with("bonuses", .array([NetworkTerms.perBlock(100, 7)]))
        )
        let held = try story.agree(NetworkTerms.held(NetworkTerms.redeem()))
        let member = try story.member("nordwind", "harbour")
        let exchange = Network.item(member, amount: 300, credit: 200, bonus: 21)
        let posted = try story.take(
            story.network.transfers(from: "nordwind", terms: plain, items: [exchange, exchange])
        )
        let hold = try story.take(
            story.network.transfers(
                from: "nordwind",
                terms: held,
                items: [Network.item(member, amount: 50), Network.item(member, amount: 70)]
            )
        )
        try story.take(story.network.commit(hold, [(1, 70, 0)], by: "harbour"))
        try story.take(
            story.network.reverse(
                posted,
                [Network.reversal(1, debit: 300, credit: 200, bonus: 21)],
                by: "harbour"
            )
        )
        let history = History(story)
        let range = try #require(WindowRange(1, of: "network", in: history.book))
        let books = try Self.books(of: "nordwind", range, history)
        let owed = zip(books.table.rows, books.details).reduce(Int64(0)) { sum, pair in
            let isDebit = (pair.0.units < 0) == (pair.0.event == .posting)
            guard pair.0.status == .posted, isDebit else { return sum }
            return sum + (pair.0.event == .posting ? pair.0.money : -pair.0.money)
        }
        let debts = history.book.openLines(of: "network")
        let exact = debts.reduce(Int128(0)) { $0 + $1.debt.exact.numerator }
        #expect(Int128(owed) == exact)
        #expect(owed == 3 * 221 + 70)
        let waiting = books.table.rows.filter { $0.status == .pending }
        #expect(waiting.map(\.units) == [-50, 50])
        #expect(waiting.allSatisfy { $0.window == .later })
    }

    /// A superseded version's rate is known, and only the wanted counterparty and program count.
    @Test func booksAreOfTheirScope() throws {
        var story = try NetworkStory.founded(seed: 5)
        try story.beginNights()
        let first = try story.agree(NetworkTerms.exchange(numerator: 1, denominator: 2))
        let terms = try story.agree(
            NetworkTerms.exchange(numerator: 2, denominator: 5)
                .with("validFrom", .string(story.network.now.description)),
            supersedes: first
        )
        let other = try story.agree(NetworkTerms.exchange(to: "suedkauf"))
        for (hash, partner) in [(terms, "harbour"), (other, "suedkauf")] {
            let member = try story.member("nordwind", partner)
            let item = Network.item(
                member,
                amount: 100,
                credit: partner == "harbour" ? 40 : 100,
                more: ["ref": "N-1"]
            )
            try story.take(
                story.network.transfers(from: "nordwind", terms: hash, items: [item])
            )
        }
        let history = History(story)
        let range = try #require(WindowRange(1, of: "network", in: history.book))
        let all = try Self.books(of: "nordwind", range, history)
        #expect(all.table.rows.count == 4)
        let pair = try Self.books(of: "nordwind", with: "harbour", range, history)
        #expect(pair.table.rows.map(\.units) == [-100, 40])
        #expect(pair.agreements.map(\.earlierRates).first?.first?.denominator == 2)
        #expect(pair.details.map(\.amount) == [0, 100])
        let creditor = try Self.books(of: "harbour", programs: ["harbour/points"], range, history)
        #expect(creditor.table.rows.map(\.units) == [40])
        let row = try #require(creditor.table.rows.first)
        #expect(String(decoding: creditor.table.bytes(row.otherReference), as: UTF8.self) == "N-1")
        #expect(row.reference.isEmpty)
    }

    /// A log from elsewhere is audited before its rows count; a store gives the same rows.
    @Test func auditedEntriesGiveTheSameBooks() throws {
        let ledger = try AuditedLedger.network(transfers: 40)
        let history = try History(entries: ledger.entries)
        let store = try ledger.store()
        let audited = try AuditedEntries(
            StoreSource(store, place: "memory"),
            key: ledger.key
        )
        let range = try #require(WindowRange(1, of: "network", in: history.book))
        let stored = try Self.books(of: "harbour", range, history, StoredEntries(store))
        let checked = try Self.books(of: "harbour", range, history, audited)
        #expect(NaiveBooks.lines(of: stored.table) == NaiveBooks.lines(of: checked.table))
        #expect(stored.table.rows.count == checked.table.rows.count && !stored.details.isEmpty)
        let forged = try ledger.store { entry in
            if entry.index == 20 { entry.payload[entry.payload.count - 3] ^= 1 }
        }
        #expect(throws: AuditFault.self) {
            _ = try AuditedEntries(StoreSource(forged, place: "memory"), key: ledger.key)
        }
    }

    private static func books(
        of partner: String,
        with counterparty: String? = nil,
        programs: [String]? = nil,
        _ range: WindowRange,
        _ history: History,
        _ entries: (any BookedEntries)? = nil
    ) throws -> LedgerBooks {
        var books = LedgerBooks(
            LedgerBooks.Scope(partner: partner, counterparty: counterparty, programs: programs),
            calendar: "network",
            book: history.book,
            entries: entries ?? history
        )
        try books.read(range)
        return books
    }

    /// What a random history with nights takes.
    private static func play(seed: UInt64) throws -> History {
        var story = try NetworkStory.founded(seed: seed, partners: partners)
        var twin = NaiveLedger()
        for entry in story.ledger.entries {
            try #require(twin.apply(entry.text, at: entry.time, ledger: story.network.ledger) == [])
        }
        story.network.advance(minutes: 1)
        var generator = HistoryGenerator(
            seed: seed,
            network: story.network,
            twin: twin,
            partners: partners,
            nights: true
        )
        var entries = story.ledger.entries.map { (text: $0.text, time: $0.time) }
        for _ in 0..<120 {
            let text = generator.next()
            if generator.feed(text).isEmpty { entries.append((text, generator.network.now)) }
        }
        return try History(entries: entries)
    }
}
