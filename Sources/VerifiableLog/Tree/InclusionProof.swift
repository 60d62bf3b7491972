public import Signing

/// The proof that a leaf stands at an index of a tree: the hashes from the leaf's sibling up to the
/// root's child.
///
/// Made as PATH of RFC 6962 §2.1.1, checked as in RFC 9162 §2.1.3.2, with an exact length (spec/07
/// §1).
public struct InclusionProof: Hashable, Sendable {
    /// The index of the leaf, from 0.
    public let index: UInt64
    /// The number of leaves of the tree.
    public let size: UInt64
    /// The hashes, leaf sibling first.
    public let hashes: [Digest]

    /// A proof that someone gave; nothing is checked before `verify`.
    public init(index: UInt64, size: UInt64, hashes: [Digest]) {
        self.index = index
        self.size = size
        self.hashes = hashes
    }

    /// Makes the proof for a leaf from stored hashes of complete subtrees.
    ///
    /// Throws `proofRange`, and what the reader throws.
    ///
    /// Complexity: O(log n) reads.
    public init(
        of index: UInt64,
        in size: UInt64,
        node: MerkleHash.NodeReader
    ) throws(LogError) {
        let ranges = try Self.ranges(of: index, in: size)
        var hashes: [Digest] = []
        hashes.reserveCapacity(ranges.count)
        for range in ranges { hashes.append(try MerkleHash.subtree(range, node: node)) }
        self.init(index: index, size: size, hashes: hashes)
    }

    /// The runs of leaves whose hashes make the proof, leaf sibling first.
    ///
    /// Throws `proofRange`.
    ///
    /// Complexity: O(log n).
    public static func ranges(
        of index: UInt64,
        in size: UInt64
    ) throws(LogError) -> [Range<UInt64>] {
        try check(index, size)
        var ranges: [Range<UInt64>] = []
        var start: UInt64 = 0
        var count = size
        while count > 1 {
            let left = MerkleHash.split(count)
            if index - start < left {
                ranges.append(start + left..<start + count)
                count = left
            } else {
                ranges.append(start..<start + left)
                start += left
                count -= left
            }
        }
        return ranges.reversed()
    }

    /// Requires that the leaf stands at the index in the tree of this root.
    ///
    /// Throws `proofRange`, `proofLength` or `proofRoot`.
    ///
    /// Complexity: O(log n).
    public func verify(leaf: Digest, root: Digest) throws(LogError) {
        let found = try self.root(from: leaf)
        guard found == root else {
            throw LogError(
                .proofRoot,
                at: "inclusion of \(index) in \(size)",
                "the proof leads to another root; this leaf is not proven to be in this tree"
            )
        }
    }

    /// The root that leaf and proof lead to.
    ///
    /// Throws `proofRange` or `proofLength`.
    ///
    /// Complexity: O(log n).
    public func root(from leaf: Digest) throws(LogError) -> Digest {
        try Self.check(index, size)
        var position = index
        var last = size - 1
        var hash = leaf
        for sibling in hashes {
            guard last > 0 else { throw wrongLength }
            if position & 1 == 1 || position == last {
                hash = MerkleHash.node(sibling, hash)
                while position & 1 == 0, position > 0 {
                    position >>= 1
                    last >>= 1
                }
            } else {
                hash = MerkleHash.node(hash, sibling)
            }
            position >>= 1
            last >>= 1
        }
        guard last == 0 else { throw wrongLength }
        return hash
    }

    private var wrongLength: LogError {
        LogError(
            .proofLength,
            at: "inclusion of \(index) in \(size)",
            "\(hashes.count) hashes are not the number that this tree needs"
        )
    }

    private static func check(_ index: UInt64, _ size: UInt64) throws(LogError) {
        guard index < size, size <= LogLimits.treeSize else {
            throw LogError(
                .proofRange,
                at: "inclusion of \(index) in \(size)",
                "the index must be less than the size, and the size less than 2^63"
            )
        }
    }
}
