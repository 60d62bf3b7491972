internal import KontorStorage
internal import Ledger
internal import Signing
internal import VerifiableLog

/// The state from which a writer goes on.
struct RecoveredState {
    var book = Book()
    var chain = EntryChain()
    var tree = TileTree()
    var recent = RecentSubmissions(floor: .earliest)
    var watermark: UInt64 = 0
    var checkpoint: SignedNote?
    /// How many entries were replayed.
    var replayed: UInt64 = 0
}

/// Recovery: the saved projection, and the entries after it by the same path as new ones (spec/15
/// §4).
struct Recovery {
    /// How many of the newest ids are read into memory.
    static let recentEntries: UInt64 = 20_000

    let store: any LogStore
    /// The key by which the stored head must be signed; nil where nobody needs to write.
    let logKey: VerifierKey?

    /// Recovers the state; with `fromScratch` it takes nothing from the projection.
    func recover(
        fromScratch: Bool = false,
        progress: (UInt64, UInt64) -> Void = { _, _ in }
    ) throws -> RecoveredState {
        var state = RecoveredState()
        guard let head = try store.head() else { return state }
        let note = try SignedNote(parsing: head.checkpoint)
        if let logKey {
            let checkpoint: Checkpoint
            do { checkpoint = try Checkpoint(opening: note, logKey: logKey) } catch {
                throw EngineError(
                    .logKey,
                    "the log's last checkpoint is not signed by \(logKey.text); use the log.key of this very ledger",
                    cause: error
                )
            }
            guard checkpoint.size == head.size, checkpoint.root == head.root else {
                throw EngineError(
                    .corrupt,
                    "the stored head and its signed checkpoint differ; restore a backup"
                )
            }
        }
        state.checkpoint = note
        state.tree = try tree(of: head)
        if !fromScratch, let book = try ProjectionCodec.load(from: store), book.size <= head.size {
            state.book = book
        }
        state.watermark = state.book.size
        try replay(&state, to: head.size, progress: progress)
        state.recent = try recent(to: head.size)
        return state
    }

    /// The right edge of the tree, whose root is the signed one.
    private func tree(of head: LogHead) throws -> TileTree {
        let cache = TileCache(store: store)
        let layout = TileLayout(size: head.size)
        let tail = try tailHashes(from: layout.fullTileCount(level: 0) << 8, to: head.size)
        let tree = try TileTree(size: head.size) { (level) throws(LogError) in
            if level == 0 { return tail }
            let first = layout.fullTileCount(level: level) << 8
            var hashes: [Digest] = []
            for offset in 0..<layout.partialWidth(level: level) {
                let path = try TilePath(level: level - 1, index: first + UInt64(offset))
                if let root = try cache.tile(path).root { hashes.append(root) }
            }
            return hashes
        }
        guard tree.root == head.root else {
            throw EngineError(
                .corrupt,
                "entries and tiles do not give the signed root; restore a backup"
            )
        }
        return tree
    }

    /// The frame of a stored entry, and its leaf hash.
    func frame(of entry: StoredEntry) throws -> (EntryFrame, Digest) {
        let previous = entry.index == 0 ? Digest.zero : try leafHash(at: entry.index - 1)
        let jws = try JWS(header: entry.header, payload: entry.payload, signature: entry.signature)
        let frame = try EntryFrame(
            index: entry.index,
            time: entry.time,
            previous: previous,
            jws: jws.compact
        )
        return (frame, frame.leafHash)
    }

    private func tailHashes(from start: UInt64, to end: UInt64) throws -> [Digest] {
        var chain = try chain(at: start)
        var hashes: [Digest] = []
        try store.forEachEntry(in: start..<end) { entry in
            let jws = try JWS(
                header: entry.header,
                payload: entry.payload,
                signature: entry.signature
            )
            let frame = try chain.frame(jws: jws.compact, clock: entry.time)
            hashes.append(try chain.append(frame))
            return true
        }
        return hashes
    }

    /// The chain before an index: the hash of the entry before it stands in a tile, or follows from
    /// the entries.
    private func chain(at index: UInt64) throws -> EntryChain {
        guard index > 0 else { return EntryChain() }
        let last = index - 1
        guard let entry = try store.entry(at: last) else {
            throw EngineError(.corrupt, "entry \(last) is missing; restore a backup")
        }
        return EntryChain(after: try frame(of: entry).0)
    }

    private func leafHash(at index: UInt64) throws -> Digest {
        if let bytes = try store.tile(level: 0, index: index >> 8) {
            let tile = try HashTile(parsing: bytes, at: try TilePath(level: 0, index: index >> 8))
            if let hash = tile.node(height: 0, position: Int(index & 255)) { return hash }
        }
        let hashes = try tailHashes(from: index & ~255, to: index + 1)
        guard let hash = hashes.last else {
            throw EngineError(.corrupt, "entry \(index) is missing; restore a backup")
        }
        return hash
    }

    /// Applies the entries after the projection.
    ///
    /// Each must follow from the rules, and hash to its leaf in the tree.
    private func replay(
        _ state: inout RecoveredState,
        to size: UInt64,
        progress: (UInt64, UInt64) -> Void
    ) throws {
        var chain = try chain(at: state.book.size)
        var book = state.book
        var tile: HashTile?
        let tree = state.tree
        let start = book.size
        try store.forEachEntry(in: start..<size) { entry in
            let jws = try JWS(
                header: entry.header,
                payload: entry.payload,
                signature: entry.signature
            )
            let frame = try chain.frame(jws: jws.compact, clock: entry.time)
            let leafHash = try chain.append(frame)
            if tile?.index != entry.index >> 8 { tile = try leafTile(of: entry.index, tree) }
            guard tile?.node(height: 0, position: Int(entry.index & 255)) == leafHash else {
                throw EngineError(
                    .corrupt,
                    "entry \(entry.index) does not hash to its leaf; restore a backup"
                )
            }
            try apply(jws, entry, leafHash, &book)
            if entry.index & 0xfff == 0 { progress(entry.index - start, size - start) }
            return true
        }
        guard book.size == size else {
            throw EngineError(.corrupt, "entry \(book.size) is missing; restore a backup")
        }
        progress(size - start, size - start)
        state.replayed = size - start
        state.book = book
        state.chain = chain
    }

    private func leafTile(of index: UInt64, _ tree: TileTree) throws -> HashTile? {
        if let bytes = try store.tile(level: 0, index: index >> 8) {
            return try HashTile(parsing: bytes, at: try TilePath(level: 0, index: index >> 8))
        }
        return tree.partialTiles.first { $0.level == 0 && $0.index == index >> 8 }
    }

    private func apply(
        _ jws: JWS,
        _ entry: StoredEntry,
        _ leafHash: Digest,
        _ book: inout Book
    ) throws {
        var fault: (any Error)?
        do throws(Refusal) {
            let statement = try SignedStatement(jws)
            let position = Position(
                index: entry.index,
                time: entry.time,
                ledger: book.ledger ?? leafHash
            )
            try book.apply(statement, at: position) { index in
                do {
                    guard let stored = try store.entry(at: index) else { return nil }
                    return PastEntry(
                        statement: try Statement(payload: stored.payload),
                        time: stored.time
                    )
                } catch {
                    fault = error
                    return nil
                }
            }
        } catch {
            if let fault { throw fault }
            throw EngineError(
                .corrupt,
                "entry \(entry.index) does not follow from the rules: \(error)"
            )
        }
    }

    private func recent(to size: UInt64) throws -> RecentSubmissions {
        let start = size > Self.recentEntries ? size - Self.recentEntries : 0
        var floor = Timestamp.earliest
        if start > 0, let entry = try store.entry(at: start - 1) {
            floor = entry.time.advanced(byMilliseconds: Limits.idLeadMilliseconds)
        }
        var recent = RecentSubmissions(floor: floor)
        try store.forEachEntry(in: start..<size) { entry in
            if let id = UUIDv7(rawValue: entry.id) {
                recent.note(entry.submitter, id, at: entry.index)
            }
            return true
        }
        return recent
    }
}
