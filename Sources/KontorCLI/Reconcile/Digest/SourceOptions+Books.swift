internal import KontorAudit
internal import KontorEngine
internal import KontorStorage
internal import Ledger

extension SourceOptions {
    /// Whether a log is named at all.
    var isNamed: Bool { [data, tiles, bundle, server.url].contains { $0 != nil } }

    /// The state and the entries: of the own data directory as they are, of anything else after an
    /// audit.
    func openBooks() throws -> (book: Book, entries: any BookedEntries) {
        if let data {
            let store = try DataDirectory(path: data).openStore()
            return (try LedgerReader(store: store).book(), StoredEntries(store))
        }
        let progress = ProgressLine("auditing")
        defer { progress.finish() }
        let entries = try AuditedEntries(try open(), key: try readKey()) {
            progress.update($0.entries, of: $0.size)
        }
        return (entries.book, entries)
    }
}
