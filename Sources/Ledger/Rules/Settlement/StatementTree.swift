internal import Signing

/// The tree over the statements of a settlement, with the hashes of RFC 6962 §2.1 (spec/20 §9).
///
/// A settlement has some hundred leaves, so every level is simply kept.
struct StatementTree: Sendable {
    /// The hashes of each level, the leaves first; the last level has one hash.
    private let levels: [[Digest]]

    /// The tree over leaf hashes.
    ///
    /// Complexity: O(n) hashes.
    init(leaves: [Digest]) {
        var levels = [leaves]
        while let level = levels.last, level.count > 1 {
            levels.append(
                stride(from: 0, to: level.count, by: 2).map {
                    $0 + 1 < level.count ? Self.node(level[$0], level[$0 + 1]) : level[$0]
                }
            )
        }
        self.levels = levels
    }

    /// The root; of no leaves it is the SHA-256 of nothing.
    var root: Digest { levels.last?.first ?? DigestBuilder.digest([]) }

    /// The hashes that lead from a leaf to the root, the lowest first.
    ///
    /// Complexity: O(log n).
    func path(to leaf: Int) -> [Digest] {
        var place = leaf
        var path: [Digest] = []
        for level in levels.dropLast() {
            // A hash without a neighbour rises as it is.
            if level.indices.contains(place ^ 1) { path.append(level[place ^ 1]) }
            place /= 2
        }
        return path
    }

    /// The hash of a leaf: SHA-256(0x00 ‖ bytes).
    static func leafHash(_ bytes: [UInt8]) -> Digest {
        DigestBuilder.digest(prefix: 0, bytes)
    }

    /// The hash of an inner node: SHA-256(0x01 ‖ left ‖ right).
    private static func node(_ left: Digest, _ right: Digest) -> Digest {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(64)
        left.append(to: &bytes)
        right.append(to: &bytes)
        return DigestBuilder.digest(prefix: 1, bytes)
    }
}
