internal import Foundation
internal import Formats
internal import KontorAudit
internal import KontorEngine
internal import Ledger
internal import Settlement
internal import Signing
internal import VerifiableLog

/// What `kontor reconcile run` does: reads the ledger's books and the partner's side by side, and
/// matches them.
struct ReconcileJob: Sendable {
    let partner: Slug
    var counterparty: String?
    let window: LedgerWindow
    let books: [String]
    let mapping: String
    var takesUnsigned = false
    var asOf: CivilDate?
    var passes: [MatchPass] = []

    /// What a run gives besides its report.
    struct Outcome: Sendable {
        let report: ReconciliationReport
        /// The partner's files without their rows, for the history.
        let files: [PartnerBook]
    }

    /// Runs the job on a ledger that is open; `check` adds the faults that only the history of
    /// earlier files shows, beside the days that are compared.
    func run(
        _ book: Book,
        _ entries: any BookedEntries,
        check: (inout [PartnerBook], ClosedRange<Int32>?) throws -> Void
    ) throws -> Outcome {
        guard let ledger = book.ledger else {
            throw CommandError("the ledger has no entry yet; there is nothing to reconcile")
        }
        try requirePartners(in: book)
        let range = try window.range(in: book)
        let (mapping, input) = try readMapping(in: book)
        let partnerFiles = PartnerFiles(paths: books, mapping: mapping)
        let reading = BackgroundWork { try partnerFiles.read() }
        var rows = LedgerBooks(
            LedgerBooks.Scope(
                partner: partner.text,
                counterparty: counterparty,
                programs: mapping.programs
            ),
            calendar: window.calendar,
            book: book,
            entries: entries
        )
        let progress = ProgressLine("reading the ledger")
        let ledgerResult = Result {
            try rows.read(range) { progress.update($0, of: $1) }
        }
        progress.finish()
        var files = try reading.wait()
        try ledgerResult.get()
        // Days of agreements far in the east begin before that of the cut-off ends.
        let days = rows.table.rows.lazy.filter { $0.window == .compared }.map(\.day)
        let cutDay = max(
            window.lastDay(in: book, utcOffsetMinutes: mapping.dayOffsetMinutes),
            days.max() ?? Int32.min
        )
        try check(&files, days.min().map { ($0 - 1)...(cutDay + 1) })
        let table = try Self.joined(files.map(\.table))
        for place in files.indices { files[place].table = BookTable() }
        var terms = rows.terms(
            window: window.number,
            cutDay: cutDay,
            partnerRows: table
        )
        if !passes.isEmpty { terms.passes = passes }
        let (ledgerRows, details) = rows.takeRows()
        let day = Int32(clamping: (asOf ?? book.time.date()).days)
        let result = try match(ledgerRows, details, table, terms, on: day)
        return Outcome(
            report: ReconciliationReport(
                ledger: ledger,
                partner: partner.text,
                counterparty: counterparty,
                window: ReconciliationReport.Window(
                    calendar: window.calendar,
                    number: window.number,
                    start: range.compared.lowerBound,
                    end: range.compared.upperBound,
                    isClosed: window.isClosed(in: book)
                ),
                programs: mapping.programs,
                inputs: [input],
                result: result
            ),
            files: files
        )
    }

    /// The state and the entries: of the own data directory as they are, of anything else after an
    /// audit.
    static func open(_ source: SourceOptions) throws -> (Book, any BookedEntries) {
        if let data = source.data {
            let store = try DataDirectory(path: data).openStore()
            return (try LedgerReader(store: store).book(), StoredEntries(store))
        }
        let progress = ProgressLine("auditing")
        defer { progress.finish() }
        let entries = try AuditedEntries(try source.open(), key: try source.readKey()) {
            progress.update($0.entries, of: $0.size)
        }
        return (entries.book, entries)
    }

    private func requirePartners(in book: Book) throws {
        for name in [partner.text] + (counterparty.map { [$0] } ?? [])
        where !book.partners.contains(where: { $0.name == name }) {
            throw CommandError("the ledger has no partner \(name); `kontor positions` lists them")
        }
    }

    private func readMapping(
        in book: Book
    ) throws -> (BookMapping, ReconciliationReport.Input) {
        let file = try MappingFile(path: mapping)
        let name = URL(fileURLWithPath: mapping).lastPathComponent
        if takesUnsigned, file.isPlain {
            let mapping = try file.plain()
            guard mapping.partner == partner else {
                throw CommandError("\(self.mapping): it is for files of \(mapping.partner)")
            }
            let digest = DigestBuilder.digest(file.bytes).base64URL
            return (
                mapping,
                ReconciliationReport.Input(role: "unsigned mapping", name: name, digest: digest)
            )
        }
        let signed = try file.signed(by: partner, in: book)
        return (
            signed.mapping,
            ReconciliationReport.Input(
                role: "mapping",
                name: name,
                digest: signed.digest.base64URL
            )
        )
    }

    private static func joined(_ tables: [BookTable]) throws -> BookTable {
        guard var table = tables.first else { return BookTable() }
        for other in tables.dropFirst() {
            guard table.join(other) else {
                throw CommandError(
                    "the files have more programs or texts than a run holds; give fewer at once"
                )
            }
        }
        return table
    }

    private func match(
        _ ledger: consuming BookTable,
        _ details: consuming [LedgerDetail],
        _ partner: consuming BookTable,
        _ terms: ReconciliationTerms,
        on day: Int32
    ) throws -> Reconciliation {
        do {
            return try Reconciliation.run(
                ledger: ledger,
                details: details,
                partner: partner,
                terms: terms,
                asOf: day
            )
        } catch {
            throw CommandError("the books cannot be compared: \(error.description)")
        }
    }
}
