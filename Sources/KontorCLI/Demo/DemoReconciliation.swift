internal import Foundation
internal import Formats
internal import KontorAudit
internal import KontorEngine
internal import KontorStorage
internal import Ledger
internal import Settlement
internal import Signing

/// The last night of the demonstration against the books of some of its partners (spec/27).
struct DemoReconciliation: Sendable {
    /// What came of the books of one partner.
    struct Line: Sendable {
        let books: DemoBooks
        let report: ReconciliationReport
        /// Mistakes that no break of their type and cause tells.
        let unexplained: [DemoFault]

        /// Whether every mistake was found and nothing else.
        var holds: Bool {
            let extra = books.faults.count { $0.kind == .unreadable }
            return unexplained.isEmpty
                && report.result.metrics.openBreaks == books.faults.count + extra
        }
    }

    /// How many partners have faulty books.
    static let faultyCount = 3
    /// How many mistakes each of them makes.
    static let faultCount = 7

    let lines: [Line]
    /// A break from found to closed, if one of the kind was found.
    let resolution: DemoResolution?
    /// The certificate of a pair whose books agree.
    let certificate: DemoCertificate?

    /// Whether everything that was planted was found, and two partners certified, unless nobody
    /// transferred anything in the window.
    var holds: Bool {
        lines.allSatisfy(\.holds) && (certificate?.holds ?? lines.isEmpty)
    }

    /// Writes the books of some partners into a directory, and reconciles them.
    init(
        _ ledger: DemoLedger,
        store: any LogStore,
        window: UInt64,
        directory: String
    ) throws {
        let book = ledger.engine.read { $0 }
        let window = try LedgerWindow(calendar: DemoNights.calendar, number: window)
        var random = DemoRandom(seed: ledger.seed ^ 0x626f_6f6b)
        var lines: [Line] = []
        for partner in Self.busiest(book, window) where lines.count <= Self.faultyCount {
            let programs = book.programs.map(\.id).filter { $0.hasPrefix(partner + "/") }
            let rows = try Self.rows(of: partner, programs, book, store, window)
            guard rows.table.rows.contains(where: { $0.window == .compared }) else { continue }
            let books = DemoBooks(
                rows,
                partner: partner,
                programs: programs,
                dialect: DemoDialect.allCases[lines.count % DemoDialect.allCases.count],
                faultCount: lines.count < Self.faultyCount ? Self.faultCount : 0,
                random: &random
            )
            lines.append(try Self.reconcile(books, ledger, book, store, window, directory))
        }
        self.lines = lines
        resolution = try DemoResolution(ledger, lines, directory: directory)
        certificate = try DemoCertificate(
            ledger,
            store: store,
            window: window,
            directory: directory
        )
    }

    /// The partners that were owed by most entries of a window, in that order: they gave points.
    private static func busiest(_ book: Book, _ window: LedgerWindow) -> [String] {
        let counts = entries(book, window)
        let partners = Set(counts.map(\.creditor)).sorted()
        return partners.map { partner in
            (
                partner: partner,
                entries: counts.reduce(UInt64(0)) { sum, pair in
                    pair.creditor == partner ? sum + pair.entries : sum
                }
            )
        }.sorted { ($1.entries, $0.partner) < ($0.entries, $1.partner) }.map(\.partner)
    }

    /// How many entries of a window made one partner owe another for units, most first.
    static func entries(
        _ book: Book,
        _ window: LedgerWindow
    ) -> [(debtor: String, creditor: String, entries: UInt64)] {
        guard let closed = book.window(window.number, of: window.calendar) else { return [] }
        var pairs: [(debtor: String, creditor: String, entries: UInt64)] = []
        for line in book.lines(of: closed)
        where line.debt.purpose == .units && line.debt.window == window.number {
            let place = pairs.firstIndex {
                $0.debtor == line.debtor && $0.creditor == line.creditor
            }
            if let place {
                pairs[place].entries += line.debt.entries
            } else {
                pairs.append((line.debtor, line.creditor, line.debt.entries))
            }
        }
        return pairs.sorted {
            ($1.entries, $0.debtor, $0.creditor) < ($0.entries, $1.debtor, $1.creditor)
        }
    }

    /// The ledger's books of a partner's own programs.
    private static func rows(
        of partner: String,
        _ programs: [String],
        _ book: Book,
        _ store: any LogStore,
        _ window: LedgerWindow
    ) throws -> LedgerBooks {
        var rows = LedgerBooks(
            LedgerBooks.Scope(partner: partner, programs: programs),
            calendar: window.calendar,
            book: book,
            entries: StoredEntries(store)
        )
        try rows.read(try window.range(in: book))
        return rows
    }

    private static func reconcile(
        _ books: DemoBooks,
        _ ledger: DemoLedger,
        _ book: Book,
        _ store: any LogStore,
        _ window: LedgerWindow,
        _ directory: String
    ) throws -> Line {
        let files = try ReportFiles(directory: directory)
        let name = "\(books.partner).\(books.dialect.ending)"
        try files.put(name) { try $0(books.dialect.file(books.lines)) }
        let plain = books.dialect.mapping(
            ledger: ledger.id,
            partner: books.partner,
            programs: books.programs
        )
        let mapping = try BookMapping(parsing: plain.text)
        let signed = SignedMapping.make(mapping, with: try ledger.key(of: books.partner).key)
        try files.put("\(books.partner).mapping") { try $0(signed) }
        guard let partner = Slug(books.partner) else {
            throw CommandError("\(books.partner) is no name of a partner")
        }
        let job = ReconcileJob(
            partner: partner,
            window: window,
            books: ["\(directory)/\(name)"],
            mapping: "\(directory)/\(books.partner).mapping"
        )
        let outcome = try job.run(book, StoredEntries(store)) { _, _ in }
        let folder = "\(directory)/\(window.calendar)-\(window.number)-\(books.partner)"
        try ReportFiles(directory: folder).write(outcome.report)
        return Line(
            books: books,
            report: outcome.report,
            unexplained: Self.unexplained(books.faults, outcome.report)
        )
    }

    /// The mistakes that no break tells, each break telling one.
    private static func unexplained(
        _ faults: [DemoFault],
        _ report: ReconciliationReport
    ) -> [DemoFault] {
        var breaks = report.result.breaks.map { found in
            (
                type: found.type, cause: found.cause,
                rows: found.ledgerRows.map { row in
                    let place = report.result.ledger.rows[row].place
                    return "\(place >> 8)/\(place & 0xff)"
                }
            )
        }
        return faults.filter { fault in
            let place = breaks.firstIndex { found in
                found.type == fault.expected.type && found.cause == fault.expected.cause
                    && (fault.kind == .unreadable || fault.row.map(found.rows.contains) ?? true)
            }
            if let place { breaks.remove(at: place) }
            return place == nil
        }
    }
}
