internal import KontorEngine
internal import KontorStorage
internal import Ledger
internal import Signing
internal import VerifiableLog

/// A ledger that is open for reading, beside a writer or without one.
struct LedgerReader {
    let store: any LogStore

    /// The id of the ledger.
    func ledger() throws -> Digest {
        guard let genesis = try store.entry(at: 0) else {
            throw CommandError("this ledger has no entry yet; found it with kontor init")
        }
        return try frame(of: genesis, previous: .zero).leafHash
    }

    /// The state after the last entry.
    func book() throws -> Book {
        let progress = ProgressLine("replaying")
        defer { progress.finish() }
        return try Engine.readBook(of: store) { progress.update($0, of: $1) }
    }

    private func frame(of entry: StoredEntry, previous: Digest) throws -> EntryFrame {
        let jws = try JWS(header: entry.header, payload: entry.payload, signature: entry.signature)
        return try EntryFrame(
            index: entry.index,
            time: entry.time,
            previous: previous,
            jws: jws.compact
        )
    }
}
