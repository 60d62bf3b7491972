public import Signing

/// Makes many inclusion proofs against one tree: each proof is lookups alone.
///
/// A path is, from the leaf upwards, the siblings inside the complete subtree that holds the leaf,
/// then the hash of all that lies to the right of it, then the complete subtrees to the left. The
/// siblings are interior nodes of tiles, which a tile keeps; all else is made once for a tree.
public struct InclusionProver: Sendable {
    /// The tree.
    public let tree: TileTree
    /// The number of node hashes that making this took: one less than there are bits set in the
    /// size.
    public let nodeHashCount: Int
    /// The hashes of the complete subtrees, from left to right.
    private let peaks: [Digest]
    /// For each peak, the hash of it and all that lies to the right of it.
    private let ends: [Digest]

    /// A prover for a tree as it stands.
    ///
    /// Complexity: O(log n) node hashes.
    public init(_ tree: TileTree) {
        self.tree = tree
        let peaks = tree.peaks
        var ends = peaks
        var count = 0
        for place in peaks.indices.dropLast().reversed() {
            ends[place] = MerkleHash.node(peaks[place], ends[place + 1])
            count += 1
        }
        self.peaks = peaks
        self.ends = ends
        nodeHashCount = count
    }

    /// The root of the tree.
    public var root: Digest { ends.first ?? MerkleHash.empty }

    /// The proof that a leaf stands in the tree.
    ///
    /// Throws `proofRange` outside of the tree, and what the reader of full tiles throws.
    ///
    /// Complexity: O(log n) lookups in O(log n / 8) tiles, no hash.
    public func proof(
        of index: UInt64,
        fullTile: TileTree.FullTileReader
    ) throws(LogError) -> InclusionProof {
        guard index < tree.size else {
            throw LogError(
                .proofRange,
                at: "inclusion of \(index) in \(tree.size)",
                "the index must be less than the size"
            )
        }
        // The subtree of the leaf is the one of the highest bit in which index and size differ.
        let height = 63 - (index ^ tree.size).leadingZeroBitCount
        let place = (tree.size >> UInt64(height + 1)).nonzeroBitCount
        var hashes: [Digest] = []
        hashes.reserveCapacity(height + place + 1)
        try appendSiblings(of: index, below: height, to: &hashes, fullTile)
        if place + 1 < ends.count { hashes.append(ends[place + 1]) }
        for peak in peaks[..<place].reversed() { hashes.append(peak) }
        return InclusionProof(index: index, size: tree.size, hashes: hashes)
    }

    /// Appends the sibling of the leaf and of each node above it, up to a height.
    private func appendSiblings(
        of index: UInt64,
        below height: Int,
        to hashes: inout [Digest],
        _ fullTile: TileTree.FullTileReader
    ) throws(LogError) {
        for tileLevel in 0..<(height + 7) / 8 {
            let position = index >> UInt64(8 * tileLevel)
            let tile = try tree.tile(level: tileLevel, index: position >> 8, fullTile: fullTile)
            for level in 0..<min(8, height - 8 * tileLevel) {
                let sibling = Int(truncatingIfNeeded: position & 0xff) >> level ^ 1
                guard let hash = tile.node(height: level, position: sibling) else {
                    throw LogError(
                        .tileLength,
                        at: tile.path.description,
                        "it lacks hashes that the tree of size \(tree.size) has"
                    )
                }
                hashes.append(hash)
            }
        }
    }
}

extension TileTree {
    /// The tile of a place in this tree, full or partial.
    ///
    /// Throws `proofRange` outside of the tree, and what the reader of full tiles throws.
    public func tile(
        level: Int,
        index: UInt64,
        fullTile: FullTileReader
    ) throws(LogError) -> HashTile {
        guard let path = TileLayout(size: size).path(level: level, index: index) else {
            throw LogError(
                .proofRange,
                at: "tile \(index) of level \(level)",
                "the tree of size \(size) has no such tile"
            )
        }
        return path.isPartial ? edge[level] : try fullTile(path)
    }
}
