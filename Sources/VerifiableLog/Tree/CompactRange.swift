public import Signing

/// The smallest thing that a tree can grow from: the roots of its complete subtrees, largest first.
///
/// There is one hash for each bit that is set in the size, so never more than 63 (spec/05 §2).
public struct CompactRange: Hashable, Sendable {
    /// The number of leaves.
    public private(set) var size: UInt64
    /// The roots of the complete subtrees, from left to right and so from large to small.
    public private(set) var hashes: [Digest]

    /// The range of an empty tree.
    public init() {
        size = 0
        hashes = []
    }

    /// A range that was kept.
    ///
    /// Throws `treeEdge` unless there is one hash for each bit that is set in the size.
    public init(size: UInt64, hashes: [Digest]) throws(LogError) {
        guard size <= LogLimits.treeSize, hashes.count == size.nonzeroBitCount else {
            throw LogError(
                .treeEdge,
                at: "compact range of size \(size)",
                "\(hashes.count) hashes; one is due for each bit that is set in the size"
            )
        }
        self.size = size
        self.hashes = hashes
    }

    /// Appends the hash of a leaf.
    ///
    /// Complexity: O(log n) at worst, one node hash on average.
    public mutating func append(_ leaf: Digest) {
        var hash = leaf
        for _ in 0..<(~size).trailingZeroBitCount {
            guard let left = hashes.popLast() else { break }
            hash = MerkleHash.node(left, hash)
        }
        hashes.append(hash)
        size += 1
    }

    /// The root of the tree.
    ///
    /// Complexity: O(log n).
    public var root: Digest {
        guard var hash = hashes.last else { return MerkleHash.empty }
        for left in hashes.dropLast().reversed() { hash = MerkleHash.node(left, hash) }
        return hash
    }
}
