public import Signing

extension TileTree {
    /// The hash of the complete subtree over leaves `index << level ..< (index + 1) << level`.
    ///
    /// Throws `proofRange` outside of the tree, and what the reader of full tiles throws.
    public func node(
        level: Int,
        index: UInt64,
        fullTile: FullTileReader
    ) throws(LogError) -> Digest {
        let place = NodePlace(level: level, index: index)
        let layout = TileLayout(size: size)
        if let path = layout.path(level: place.tileLevel, index: place.tile) {
            let tile = path.isPartial ? edge[place.tileLevel] : try fullTile(path)
            if let hash = tile.node(height: place.height, position: place.position) { return hash }
        }
        throw LogError(
            .proofRange,
            at: "node \(index) of level \(level)",
            "the tree of size \(size) has no such complete subtree"
        )
    }

    /// The proof that a leaf stands in this tree, or in the tree that it was at an earlier size.
    ///
    /// Throws `proofRange`, and what the reader of full tiles throws.
    ///
    /// Complexity: O(log n).
    public func inclusionProof(
        of index: UInt64,
        in earlier: UInt64? = nil,
        fullTile: FullTileReader
    ) throws(LogError) -> InclusionProof {
        try InclusionProof(of: index, in: try known(earlier ?? size)) {
            (level, index) throws(LogError) in
            try node(level: level, index: index, fullTile: fullTile)
        }
    }

    /// The proof that this tree, or an earlier size of it, extends a still earlier size.
    ///
    /// Throws `proofRange`, and what the reader of full tiles throws.
    ///
    /// Complexity: O(log n).
    public func consistencyProof(
        from old: UInt64,
        to new: UInt64? = nil,
        fullTile: FullTileReader
    ) throws(LogError) -> ConsistencyProof {
        try ConsistencyProof(from: old, to: try known(new ?? size)) {
            (level, index) throws(LogError) in
            try node(level: level, index: index, fullTile: fullTile)
        }
    }

    /// The root that this tree had at an earlier size.
    ///
    /// Throws `proofRange`, and what the reader of full tiles throws.
    ///
    /// Complexity: O(log n).
    public func root(
        at earlier: UInt64,
        fullTile: FullTileReader
    ) throws(LogError) -> Digest {
        try MerkleHash.subtree(0..<(try known(earlier))) { (level, index) throws(LogError) in
            try node(level: level, index: index, fullTile: fullTile)
        }
    }

    private func known(_ wanted: UInt64) throws(LogError) -> UInt64 {
        guard wanted <= size else {
            throw LogError(
                .proofRange,
                at: "tree of size \(wanted)",
                "this tree has \(size) leaves so far"
            )
        }
        return wanted
    }
}

/// Where the hash of a complete subtree is found among the tiles.
struct NodePlace {
    let tileLevel: Int
    let tile: UInt64
    let height: Int
    let position: Int

    init(level: Int, index: UInt64) {
        tileLevel = level / 8
        height = level % 8
        let first = index << UInt64(height)
        tile = first >> 8
        position = Int(truncatingIfNeeded: first & 0xff) >> height
    }
}
