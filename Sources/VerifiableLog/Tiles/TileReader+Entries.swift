public import Signing

extension TileReader {
    /// The hash of a leaf, authenticated.
    ///
    /// Throws as `tile(level:index:)`. Complexity: as there.
    public mutating func leafHash(at index: UInt64) throws(LogError) -> Digest {
        try node(level: 0, index: index)
    }

    /// The entries of a bundle, each one compared with its authenticated leaf hash.
    ///
    /// Throws as `tile(level:index:)`, `bundleMalformed`, `bundleForged`.
    ///
    /// Complexity: O(n) of the bundle.
    public mutating func entries(bundle index: UInt64) throws(LogError) -> [[UInt8]] {
        let tile = try tile(level: 0, index: index)
        let path = TilePath(known: nil, index, tile.width)
        let (bytes, served) = try Self.bytes(at: path, fetch)
        let entries = try EntryBundle.entries(in: bytes, count: served.width)
        for (position, entry) in entries.prefix(tile.width).enumerated()
        where MerkleHash.leaf(entry) != tile.node(height: 0, position: position) {
            throw LogError(
                .bundleForged,
                at: "\(path.description), entry \(index << 8 + UInt64(position))",
                "it does not hash to its leaf; ask another source"
            )
        }
        return Array(entries.prefix(tile.width))
    }

    /// The proof that a leaf stands in the tree, made from authenticated tiles.
    ///
    /// Throws as `tile(level:index:)`.
    ///
    /// Complexity: O(log n) tiles.
    public mutating func inclusionProof(of index: UInt64) throws(LogError) -> InclusionProof {
        var hashes: [Digest] = []
        for range in try InclusionProof.ranges(of: index, in: size) {
            hashes.append(try subtree(range))
        }
        return InclusionProof(index: index, size: size, hashes: hashes)
    }

    /// The proof that the tree extends an earlier size, made from authenticated tiles.
    ///
    /// Throws as `tile(level:index:)`.
    ///
    /// Complexity: O(log n) tiles.
    public mutating func consistencyProof(from old: UInt64) throws(LogError) -> ConsistencyProof {
        var hashes: [Digest] = []
        for range in try ConsistencyProof.ranges(from: old, to: size) {
            hashes.append(try subtree(range))
        }
        return ConsistencyProof(from: old, to: size, hashes: hashes)
    }

    private mutating func subtree(_ range: Range<UInt64>) throws(LogError) -> Digest {
        try MerkleHash.subtree(range) { (level, index) throws(LogError) in
            try node(level: level, index: index)
        }
    }

    private mutating func node(level: Int, index: UInt64) throws(LogError) -> Digest {
        let place = NodePlace(level: level, index: index)
        let tile = try tile(level: place.tileLevel, index: place.tile)
        guard let hash = tile.node(height: place.height, position: place.position) else {
            throw LogError(
                .proofRange,
                at: "node \(index) of level \(level)",
                "the tree of size \(size) has no such complete subtree"
            )
        }
        return hash
    }
}
