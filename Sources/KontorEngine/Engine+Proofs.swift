internal import KontorStorage
public import Signing
internal import Synchronization
public import VerifiableLog

extension Engine {
    /// The receipts of accepted entries, with proofs against the last durable head.
    ///
    /// Complexity: for each O(log n) lookups, no hash where the tiles are at hand.
    public func receipts(for entries: [AcceptedEntry]) throws -> [Receipt] {
        let head = try requirePublished()
        let tiles = tiles
        return try entries.map { entry throws in
            let proof = try head.prover.proof(of: entry.index) { (path) throws(LogError) in
                try tiles.tile(path)
            }
            return try Receipt(
                index: entry.index,
                time: entry.time,
                previous: entry.previous,
                id: entry.id,
                leafHash: entry.leafHash,
                proof: TLogProof(
                    index: entry.index,
                    hashes: proof.hashes,
                    checkpoint: head.checkpoint
                )
            )
        }
    }

    /// The receipt of an accepted entry, with a proof against the last durable head.
    public func receipt(for entry: AcceptedEntry) throws -> Receipt {
        guard let receipt = try receipts(for: [entry]).first else {
            throw EngineError(.corrupt, "entry \(entry.index) gave no receipt; ask again")
        }
        return receipt
    }

    /// The proof that an entry stands in the tree of a head that this engine gave.
    ///
    /// Throws `LogError` `proofRange` for an index that is not below the head's size.
    ///
    /// Complexity: O(log n).
    public func proof(of index: UInt64, in head: Head) throws -> TLogProof {
        let last = try requirePublished()
        let tiles = tiles
        let read: TileTree.FullTileReader = { (path) throws(LogError) in try tiles.tile(path) }
        let proof =
            head.size == last.tree.size
            ? try last.prover.proof(of: index, fullTile: read)
            : try last.tree.inclusionProof(of: index, in: head.size, fullTile: read)
        return TLogProof(index: index, hashes: proof.hashes, checkpoint: head.checkpoint)
    }

    /// The hashes that prove one size of the log to extend another.
    ///
    /// Throws `LogError` `proofRange` unless `old` ≤ `new` ≤ the durable size.
    ///
    /// Complexity: O(log n).
    public func consistency(from old: UInt64, to new: UInt64) throws -> [Digest] {
        let tiles = tiles
        return try requirePublished().tree.consistencyProof(from: old, to: new) {
            (path) throws(LogError) in
            try tiles.tile(path)
        }.hashes
    }

    /// The root that the log's tree had at a size.
    ///
    /// Throws `LogError` `proofRange` for a size above the durable one.
    ///
    /// Complexity: O(log n).
    public func root(at size: UInt64) throws -> Digest {
        let tiles = tiles
        return try requirePublished().tree.root(at: size) { (path) throws(LogError) in
            try tiles.tile(path)
        }
    }

    /// The bytes of a hash tile, full or partial, that a tree of a size has, or nil.
    ///
    /// The size is one that the log has or had; of a greater one there are no tiles.
    public func tile(_ path: TilePath, size: UInt64) throws -> [UInt8]? {
        guard let level = path.level, let tree = tree(of: path, size) else { return nil }
        guard path.isPartial else {
            return try tiles.known(path)?.bytes ?? store.tile(level: level, index: path.index)
        }
        let tiles = tiles
        let tile = try tree.tile(level: level, index: path.index) { (path) throws(LogError) in
            try tiles.tile(path)
        }
        return Array(tile.bytes.prefix(path.width * Digest.byteCount))
    }

    /// The bytes of an entry bundle, full or partial, that a tree of a size has, or nil.
    ///
    /// Complexity: O(bytes).
    public func bundle(_ path: TilePath, size: UInt64) throws -> [UInt8]? {
        guard path.level == nil, let tree = tree(of: path, size) else { return nil }
        let tiles = tiles
        let start = path.index << 8
        let leaves = try tree.tile(level: 0, index: path.index) { (path) throws(LogError) in
            try tiles.tile(path)
        }
        var previous = start == 0 ? Digest.zero : try leafHash(at: start - 1, in: tree)
        var bytes: [UInt8] = []
        try store.forEachEntry(in: start..<start + UInt64(path.width)) { entry in
            let jws = try JWS(
                header: entry.header,
                payload: entry.payload,
                signature: entry.signature
            )
            let frame = try EntryFrame(
                index: entry.index,
                time: entry.time,
                previous: previous,
                jws: jws.compact
            )
            try EntryBundle.append(frame.bytes, to: &bytes)
            previous = leaves.node(height: 0, position: Int(entry.index & 0xff)) ?? .zero
            return true
        }
        return bytes
    }

    /// The tree, if a tree of this size is or was the log's and has this very tile.
    private func tree(of path: TilePath, _ size: UInt64) -> TileTree? {
        guard let tree = published.withLock({ $0?.tree }), size <= tree.size,
            TileLayout(size: size).contains(path)
        else { return nil }
        return tree
    }

    /// The leaf hash of an entry, from the tiles.
    func leafHash(at index: UInt64, in tree: TileTree) throws(LogError) -> Digest {
        let tiles = tiles
        return try tree.node(level: 0, index: index) { (path) throws(LogError) in
            try tiles.tile(path)
        }
    }
}
