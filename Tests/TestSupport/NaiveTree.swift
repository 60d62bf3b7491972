public import Signing

/// The Merkle tree as RFC 6962 §2.1 defines it: recursive, without any memory, slow and plainly
/// right.
public enum NaiveTree {
    /// MTH of leaf hashes.
    public static func root(_ leaves: ArraySlice<Digest>) -> Digest {
        guard leaves.count > 1 else { return leaves.first ?? DigestBuilder.digest([]) }
        let middle = leaves.startIndex + split(leaves.count)
        return node(root(leaves[..<middle]), root(leaves[middle...]))
    }

    /// PATH(index, leaves), with the index counted from the start of the slice.
    public static func path(_ index: Int, _ leaves: ArraySlice<Digest>) -> [Digest] {
        guard leaves.count > 1 else { return [] }
        let left = split(leaves.count)
        let middle = leaves.startIndex + left
        return index < left
            ? path(index, leaves[..<middle]) + [root(leaves[middle...])]
            : path(index - left, leaves[middle...]) + [root(leaves[..<middle])]
    }

    /// PROOF(count, leaves).
    public static func consistency(_ count: Int, _ leaves: ArraySlice<Digest>) -> [Digest] {
        subproof(count, leaves, isWhole: true)
    }

    private static func subproof(
        _ count: Int,
        _ leaves: ArraySlice<Digest>,
        isWhole: Bool
    ) -> [Digest] {
        guard count < leaves.count else { return isWhole ? [] : [root(leaves)] }
        let left = split(leaves.count)
        let middle = leaves.startIndex + left
        return count <= left
            ? subproof(count, leaves[..<middle], isWhole: isWhole) + [root(leaves[middle...])]
            : subproof(count - left, leaves[middle...], isWhole: false) + [root(leaves[..<middle])]
    }

    private static func node(_ left: Digest, _ right: Digest) -> Digest {
        DigestBuilder.digest([1] + left.bytes + right.bytes)
    }

    /// The largest power of two below a count, which is at least 2.
    private static func split(_ count: Int) -> Int {
        var left = 1
        while left * 2 < count { left *= 2 }
        return left
    }
}
