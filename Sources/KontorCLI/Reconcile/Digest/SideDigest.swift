internal import Formats
internal import KontorAudit
internal import Ledger
internal import Settlement
internal import Signing

/// The digest of one side: of a partner's files, or of the ledger's own rows (spec/28 §1).
enum SideDigest {
    /// The digest of files.
    static func files(
        _ books: OwnBooks,
        _ options: PairOptions,
        programs: [String] = []
    ) throws -> BookDigest {
        try make(books.table, try options.scope(of: books.ledger), programs)
    }

    /// The digest of the ledger's rows of a pair and window; no programs are all of them.
    static func ledger(
        _ book: Book,
        _ entries: any BookedEntries,
        _ options: PairOptions,
        programs: [String] = []
    ) throws -> BookDigest {
        guard let window = LedgerWindow(options.window), let ledger = book.ledger else {
            throw CommandError("the ledger has no entry yet; there is nothing to reconcile")
        }
        for name in [options.partner, options.counterparty]
        where !book.partners.contains(where: { $0.name == name }) {
            throw CommandError("the ledger has no partner \(name); `kontor positions` lists them")
        }
        var rows = LedgerBooks(
            LedgerBooks.Scope(
                partner: options.partner,
                counterparty: options.counterparty,
                programs: programs.isEmpty ? nil : programs
            ),
            calendar: window.calendar,
            book: book,
            entries: entries
        )
        let progress = ProgressLine("reading the ledger")
        defer { progress.finish() }
        try rows.read(try window.range(in: book)) { progress.update($0, of: $1) }
        return try make(rows.table, try options.scope(of: ledger), [])
    }

    private static func make(
        _ table: BookTable,
        _ scope: BookScope,
        _ programs: [String]
    ) throws -> BookDigest {
        var table = table
        if !programs.isEmpty {
            let isWanted = table.names.map { programs.contains($0) }
            table.rows.removeAll { !isWanted[Int($0.unit)] }
        }
        do { return try BookDigest(table, scope: scope) } catch {
            throw CommandError("\(error)")
        }
    }
}
