public import Signing

/// The hashes of the tree: SHA-256 with the domain bytes of RFC 6962 §2.1 (spec/05 §1).
public enum MerkleHash {
    /// The root of the empty tree: SHA-256 of nothing.
    public static let empty = DigestBuilder.digest([])

    /// The hash of a leaf: SHA-256(0x00 ‖ entry).
    ///
    /// Complexity: O(n).
    public static func leaf(_ entry: [UInt8]) -> Digest {
        DigestBuilder.digest(prefix: 0, entry)
    }

    /// The hash of an inner node: SHA-256(0x01 ‖ left ‖ right).
    public static func node(_ left: Digest, _ right: Digest) -> Digest {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1 + 2 * Digest.byteCount)
        bytes.append(1)
        left.append(to: &bytes)
        right.append(to: &bytes)
        return DigestBuilder.digest(bytes)
    }

    /// Reads the stored hash of a complete subtree by level and index.
    ///
    /// It covers the leaves `index << level ..< (index + 1) << level`.
    public typealias NodeReader = (_ level: Int, _ index: UInt64) throws(LogError) -> Digest

    /// The hash of a run of leaves that is a subtree of RFC 6962, from the hashes of complete
    /// subtrees.
    ///
    /// The run starts at a multiple of the smallest power of two that is not below its length.
    /// Complexity: O(log n) reads and hashes.
    static func subtree(_ range: Range<UInt64>, node: NodeReader) throws(LogError) -> Digest {
        var peaks: [Digest] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let level = 63 - (range.upperBound - start).leadingZeroBitCount
            peaks.append(try node(level, start >> UInt64(level)))
            start += 1 << UInt64(level)
        }
        guard var hash = peaks.popLast() else { return empty }
        for peak in peaks.reversed() { hash = MerkleHash.node(peak, hash) }
        return hash
    }

    /// The largest power of two below a number, which is at least 2.
    static func split(_ count: UInt64) -> UInt64 {
        1 << UInt64(63 - (count - 1).leadingZeroBitCount)
    }
}
