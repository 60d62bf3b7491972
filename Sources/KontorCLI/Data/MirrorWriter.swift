internal import KontorAudit
internal import KontorStorage
internal import Ledger
internal import Signing
internal import VerifiableLog

/// Copies an audited log into a store that is a copy, commit by commit; only the last commit bears
/// the signed checkpoint.
///
/// A store that has the first entries already gets the rest.
struct MirrorWriter {
    let source: any EntrySource
    let store: any LogStore
    private static let commitEntries = 4_096
    private static let commitBytes = 32 << 20

    /// Copies the log, and returns its size.
    ///
    /// Throws if the source does not begin with what the store has. A copy that was broken off is
    /// repeated.
    func run(progress: (UInt64, UInt64) -> Void = { _, _ in }) throws -> UInt64 {
        let head = try store.head()
        let note = try SignedNote(parsing: try source.checkpoint())
        let checkpoint = try Checkpoint(parsing: note.text)
        var batch = Batch(base: head?.size ?? 0)
        try source.forEachEntry(size: checkpoint.size) { entry in
            try batch.take(entry)
            if let head, batch.tree.size == head.size, batch.tree.root != head.root {
                throw Self.fork(head.size, source)
            }
            if batch.tree.size & 0xfff == 0 { progress(batch.tree.size, checkpoint.size) }
            let isFull =
                batch.entries.count >= Self.commitEntries || batch.bytes >= Self.commitBytes
            if isFull, batch.tree.size < checkpoint.size {
                try batch.commit(to: store, checkpoint: [])
            }
            return true
        }
        guard batch.tree.size == checkpoint.size, batch.tree.root == checkpoint.root else {
            throw CommandError(
                "the source changed since it was audited; import it again into another directory"
            )
        }
        guard checkpoint.size > batch.base else { return checkpoint.size }
        try batch.commit(to: store, checkpoint: note.bytes)
        return checkpoint.size
    }

    private static func fork(_ size: UInt64, _ source: any EntrySource) -> RestoreError {
        RestoreError(
            .tipFork,
            "\(source.place): its first \(size) entries are not those of the copy; "
                + "one of the two is a fork: keep both as evidence, and ask a witness"
        )
    }

    private struct Batch {
        /// How many entries the store has already.
        let base: UInt64
        var tree = TileTree()
        var entries: [StoredEntry] = []
        var tiles: [StoredTile] = []
        var bytes = 0

        init(base: UInt64) {
            self.base = base
        }

        mutating func take(_ entry: SourceEntry) throws {
            let frame = try entry.frame()
            guard frame.index >= base else {
                _ = tree.append(frame.leafHash)
                return
            }
            let jws = try JWS(parsing: frame.jws)
            let statement = try Statement(payload: jws.payload)
            for tile in tree.append(frame.leafHash) {
                tiles.append(StoredTile(level: tile.level, index: tile.index, bytes: tile.bytes))
            }
            bytes += jws.payload.count
            entries.append(
                StoredEntry(
                    index: frame.index,
                    time: frame.time,
                    submitter: statement.signer,
                    id: statement.id.rawValue,
                    header: jws.header,
                    payload: jws.payload,
                    signature: jws.signature
                )
            )
        }

        mutating func commit(to store: any LogStore, checkpoint: [UInt8]) throws {
            let base = tree.size - UInt64(entries.count)
            let head = LogHead(size: tree.size, root: tree.root, checkpoint: checkpoint)
            try store.append(
                LogCommit(
                    base: base,
                    entries: entries,
                    tiles: tiles,
                    head: head,
                    authority: .copy
                )
            )
            entries = []
            tiles = []
            bytes = 0
        }
    }
}
