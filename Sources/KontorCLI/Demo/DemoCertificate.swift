internal import Formats
internal import KontorAudit
internal import KontorEngine
internal import KontorStorage
internal import Ledger
internal import Settlement
internal import Signing

/// A pair of partners of the demonstration whose books agree: they compare digests without showing
/// a row, and both certify the window (spec/28, spec/29 §2).
struct DemoCertificate: Sendable {
    let first: String
    let second: String
    /// How many transfers of the pair the window has.
    let count: Int
    /// The root that both certify.
    let root: Digest
    /// The entries of the certificate.
    let entries: [UInt64]
    /// Whether both books and the ledger give the same root, and the ledger says that it is
    /// complete.
    let holds: Bool

    /// Writes the books of the busiest pair of the window, compares them, and certifies; nil if the
    /// window has no transfers.
    init?(
        _ ledger: DemoLedger,
        store: any LogStore,
        window: LedgerWindow,
        directory: String
    ) throws {
        let book = ledger.engine.read { $0 }
        let pair = DemoReconciliation.entries(book, window).first
        guard let one = pair.map(\.debtor).flatMap({ Slug($0) }),
            let other = pair.map(\.creditor).flatMap({ Slug($0) }),
            let calendar = Slug(window.calendar),
            let scope = BookScope(
                ledger: ledger.id,
                one,
                other,
                calendar: calendar,
                window: window.number
            )
        else { return nil }
        (first, second) = (scope.first.text, scope.second.text)
        var digests: [BookDigest] = []
        var files: [Digest] = []
        for (partner, dialect) in [(scope.first, DemoDialect.semicolons), (scope.second, .objects)]
        {
            let rows = try Self.rows(of: partner, scope, book, store, window)
            let made = try Self.books(rows, partner, dialect, scope, directory)
            digests.append(made.digest)
            files.append(made.file)
            if partner == scope.second {
                digests.append(try BookDigest(rows.table, scope: scope))
            }
        }
        let result = try LocalExchange.compare(digests[0], digests[1])
        let own = digests[2]
        (count, root) = (own.count, own.root)
        guard count > 0, result.differences.isEmpty else { return nil }
        let drafts = try zip([scope.first, scope.second], files).map { partner, file in
            let certificate = try BookCertificate(own, signer: partner, books: file)
            return try ledger.draft(
                .reconciliationCertify,
                by: partner.text,
                certificate.members
            )
        }
        entries = try ledger.enter(drafts).map(\.index)
        let isComplete = ledger.engine.read { book in
            book.certificates.contains {
                $0.isComplete && $0.key.first == scope.first.text
                    && $0.key.second == scope.second.text && $0.key.window == window.number
            }
        }
        holds = isComplete && digests.allSatisfy { $0.root == own.root }
    }

    private static func rows(
        of partner: Slug,
        _ scope: BookScope,
        _ book: Book,
        _ store: any LogStore,
        _ window: LedgerWindow
    ) throws -> LedgerBooks {
        var rows = LedgerBooks(
            LedgerBooks.Scope(
                partner: partner.text,
                counterparty: scope.counterparty(of: partner)?.text
            ),
            calendar: window.calendar,
            book: book,
            entries: StoredEntries(store)
        )
        try rows.read(try window.range(in: book))
        return rows
    }

    /// Writes a partner's true books of the pair, and reads them back.
    private static func books(
        _ rows: LedgerBooks,
        _ partner: Slug,
        _ dialect: DemoDialect,
        _ scope: BookScope,
        _ directory: String
    ) throws -> (digest: BookDigest, file: Digest) {
        var random = DemoRandom(seed: 0)
        let programs = rows.table.names.filter { $0.contains("/") }.sorted()
        let books = DemoBooks(
            rows,
            partner: partner.text,
            programs: programs,
            dialect: dialect,
            faultCount: 0,
            random: &random
        )
        let bytes = dialect.file(books.lines)
        let name = "\(scope.first)-\(scope.second)-of-\(partner).\(dialect.ending)"
        try ReportFiles(directory: directory).put(name) { try $0(bytes) }
        let mapping = dialect.mapping(
            ledger: scope.ledger,
            partner: partner.text,
            programs: programs
        )
        let read = try BookReader.read(
            bytes,
            mapping: try BookMapping(parsing: mapping.text),
            name: name
        )
        guard read.table.faults.isEmpty else {
            throw CommandError("\(name) cannot be read: \(read.table.faults[0].reason)")
        }
        return (try BookDigest(read.table, scope: scope), read.digest)
    }
}
