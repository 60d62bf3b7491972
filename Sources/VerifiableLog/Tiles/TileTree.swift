public import Signing

/// The right edge of a growing tree, which is all that a log keeps in memory.
///
/// For each level it holds the tile that is not yet full, 256 hashes and their 255 inner nodes at
/// most. Appending costs one node hash on average and gives the tiles that it fills; the root and
/// the proofs of recent entries need no reads.
public struct TileTree: Sendable {
    /// Reads a full tile that was given out by `append`.
    public typealias FullTileReader = (_ path: TilePath) throws(LogError) -> HashTile

    /// The number of leaves.
    public private(set) var size: UInt64 = 0
    /// The tile of each level that is not full, with 0 to 255 hashes.
    private(set) var edge: [HashTile] = []

    /// The empty tree.
    public init() {}

    /// A tree from the partial tiles that its size has.
    ///
    /// The reader gives the hashes of the partial tile of a level, and is asked only for levels
    /// that have one. The caller compares the root with the signed tree head.
    ///
    /// Throws `treeEdge` for a wrong number of hashes, and what the reader throws.
    ///
    /// Complexity: O(log n) tiles.
    public init(
        size: UInt64,
        rightEdge: (_ level: Int) throws(LogError) -> [Digest]
    ) throws(LogError) {
        guard size <= LogLimits.treeSize else {
            throw LogError(.treeEdge, at: "tree of size \(size)", "a size is less than 2^63")
        }
        let layout = TileLayout(size: size)
        for level in 0..<layout.levelCount {
            var tile = HashTile(level: level, index: layout.fullTileCount(level: level))
            let width = layout.partialWidth(level: level)
            let hashes = width == 0 ? [] : try rightEdge(level)
            guard hashes.count == width else {
                throw LogError(
                    .treeEdge,
                    at: "level \(level) of the tree of size \(size)",
                    "\(hashes.count) hashes; the partial tile has \(width)"
                )
            }
            for hash in hashes { tile.append(hash) }
            edge.append(tile)
        }
        self.size = size
    }

    /// Appends the hash of a leaf, and gives the tiles that are full by it, from level 0 upwards.
    ///
    /// Complexity: one node hash on average, O(log n) at worst.
    public mutating func append(_ leaf: Digest) -> [HashTile] {
        var completed: [HashTile] = []
        var hash = leaf
        var level = 0
        size += 1
        while true {
            if level == edge.count { edge.append(HashTile(level: level, index: 0)) }
            edge[level].append(hash)
            guard let root = edge[level].root else { return completed }
            let next = HashTile(level: level, index: edge[level].index + 1)
            completed.append(edge[level])
            edge[level] = next
            hash = root
            level += 1
        }
    }

    /// The root of the tree.
    ///
    /// Complexity: O(log n) node hashes.
    public var root: Digest {
        Self.root(of: edge)
    }

    /// The partial tiles of the present size, from level 0 upwards.
    public var partialTiles: [HashTile] {
        edge.filter { $0.width > 0 }
    }

    /// The hashes of the complete subtrees that make up the tree, from left to right and so from
    /// large to small.
    var peaks: [Digest] { Self.peaks(of: edge).reversed() }

    /// The root over the tiles of a right edge, from level 0 upwards.
    static func root(of edge: [HashTile]) -> Digest {
        var root: Digest?
        for peak in peaks(of: edge) { root = root.map { MerkleHash.node(peak, $0) } ?? peak }
        return root ?? MerkleHash.empty
    }

    /// The hashes of the complete subtrees, from right to left and so from small to large.
    private static func peaks(of edge: [HashTile]) -> [Digest] {
        var peaks: [Digest] = []
        for tile in edge {
            for height in 0..<8 where tile.width >> height & 1 == 1 {
                let position = tile.width >> height - 1
                if let peak = tile.node(height: height, position: position) { peaks.append(peak) }
            }
        }
        return peaks
    }
}
