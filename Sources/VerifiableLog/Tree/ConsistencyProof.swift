public import Signing

/// The proof that a tree is an earlier tree with leaves appended.
///
/// Made as PROOF of RFC 6962 §2.1.2, checked as in RFC 9162 §2.1.4.2, with an exact length. From
/// size 0, and from a size to itself, the proof is empty (spec/07 §2).
public struct ConsistencyProof: Hashable, Sendable {
    /// The size of the earlier tree.
    public let oldSize: UInt64
    /// The size of the later tree.
    public let newSize: UInt64
    /// The hashes, the innermost first.
    public let hashes: [Digest]

    /// A proof that someone gave; nothing is checked before `verify`.
    public init(from oldSize: UInt64, to newSize: UInt64, hashes: [Digest]) {
        self.oldSize = oldSize
        self.newSize = newSize
        self.hashes = hashes
    }

    /// Makes the proof from stored hashes of complete subtrees.
    ///
    /// Throws `proofRange`, and what the reader throws.
    ///
    /// Complexity: O(log n) reads.
    public init(
        from oldSize: UInt64,
        to newSize: UInt64,
        node: MerkleHash.NodeReader
    ) throws(LogError) {
        let ranges = try Self.ranges(from: oldSize, to: newSize)
        var hashes: [Digest] = []
        hashes.reserveCapacity(ranges.count)
        for range in ranges { hashes.append(try MerkleHash.subtree(range, node: node)) }
        self.init(from: oldSize, to: newSize, hashes: hashes)
    }

    /// The runs of leaves whose hashes make the proof, the innermost first.
    ///
    /// Throws `proofRange`.
    ///
    /// Complexity: O(log n).
    public static func ranges(
        from oldSize: UInt64,
        to newSize: UInt64
    ) throws(LogError) -> [Range<UInt64>] {
        try check(oldSize, newSize)
        guard oldSize > 0 else { return [] }
        var ranges: [Range<UInt64>] = []
        var start: UInt64 = 0
        var count = newSize
        var old = oldSize
        while old < count {
            let left = MerkleHash.split(count)
            if old <= left {
                ranges.append(start + left..<start + count)
                count = left
            } else {
                ranges.append(start..<start + left)
                start += left
                count -= left
                old -= left
            }
        }
        if start > 0 { ranges.append(start..<start + old) }
        return ranges.reversed()
    }

    /// Requires that the later tree begins with the earlier one.
    ///
    /// Throws `proofRange`, `proofLength` or `proofRoot`.
    ///
    /// Complexity: O(log n).
    public func verify(oldRoot: Digest, newRoot: Digest) throws(LogError) {
        try Self.check(oldSize, newSize)
        if oldSize == 0 || oldSize == newSize {
            guard hashes.isEmpty else { throw wrongLength }
            let due = oldSize == 0 ? MerkleHash.empty : newRoot
            guard oldRoot == due else { throw wrongRoot }
            guard newSize > 0 || newRoot == MerkleHash.empty else { throw wrongRoot }
            return
        }
        let (old, new) = try roots(oldRoot)
        guard old == oldRoot, new == newRoot else { throw wrongRoot }
    }

    /// The two roots that the hashes lead to; the earlier one is its own first hash if it is a
    /// complete subtree.
    private func roots(_ oldRoot: Digest) throws(LogError) -> (Digest, Digest) {
        let isComplete = oldSize.nonzeroBitCount == 1
        guard let first = isComplete ? oldRoot : hashes.first else { throw wrongLength }
        let shift = UInt64((~(oldSize - 1)).trailingZeroBitCount)
        var position = (oldSize - 1) >> shift
        var last = (newSize - 1) >> shift
        var old = first
        var new = first
        for hash in hashes.dropFirst(isComplete ? 0 : 1) {
            guard last > 0 else { throw wrongLength }
            if position & 1 == 1 || position == last {
                old = MerkleHash.node(hash, old)
                new = MerkleHash.node(hash, new)
                while position & 1 == 0, position > 0 {
                    position >>= 1
                    last >>= 1
                }
            } else {
                new = MerkleHash.node(new, hash)
            }
            position >>= 1
            last >>= 1
        }
        guard last == 0 else { throw wrongLength }
        return (old, new)
    }

    private var place: String { "consistency of \(oldSize) with \(newSize)" }

    private var wrongLength: LogError {
        LogError(
            .proofLength,
            at: place,
            "\(hashes.count) hashes are not the number that these trees need"
        )
    }

    private var wrongRoot: LogError {
        LogError(
            .proofRoot,
            at: place,
            "the proof leads to other roots; the later tree is not proven to extend the earlier"
        )
    }

    private static func check(_ oldSize: UInt64, _ newSize: UInt64) throws(LogError) {
        guard oldSize <= newSize, newSize <= LogLimits.treeSize else {
            throw LogError(
                .proofRange,
                at: "consistency of \(oldSize) with \(newSize)",
                "the earlier tree is not larger than the later, and sizes are less than 2^63"
            )
        }
    }
}
