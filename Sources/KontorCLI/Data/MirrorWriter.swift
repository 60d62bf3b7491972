internal import KontorAudit
internal import KontorStorage
internal import Ledger
internal import Signing
internal import VerifiableLog

/// Copies an audited log into an empty store, commit by commit; only the last commit bears the
/// signed checkpoint.
struct MirrorWriter {
    let source: any EntrySource
    let store: any LogStore
    private static let commitEntries = 4_096
    private static let commitBytes = 32 << 20

    /// Copies the log, and returns its size.
    ///
    /// A copy that was broken off is begun anew in another directory.
    func run() throws -> UInt64 {
        let note = try SignedNote(parsing: try source.checkpoint())
        let checkpoint = try Checkpoint(parsing: note.text)
        var batch = Batch()
        try source.forEachEntry(size: checkpoint.size) { entry in
            try batch.take(entry)
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
        try batch.commit(to: store, checkpoint: note.bytes)
        return checkpoint.size
    }

    private struct Batch {
        var tree = TileTree()
        var entries: [StoredEntry] = []
        var tiles: [StoredTile] = []
        var bytes = 0

        mutating func take(_ entry: SourceEntry) throws {
            let frame = try entry.frame()
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
            try store.append(LogCommit(base: base, entries: entries, tiles: tiles, head: head))
            entries = []
            tiles = []
            bytes = 0
        }
    }
}
