public import Signing

/// A node of a digest of books: the part of the tree under one prefix (spec/28 §1.3).
public struct BookNode: Hashable, Sendable {
    /// How many leaves stand under it.
    public enum Kind: Sendable, Hashable {
        /// None.
        case empty
        /// One: the node has the hash of the leaf.
        case leaf
        /// Two or more.
        case inner
    }

    /// How many leaves stand under it.
    public let kind: Kind
    /// The hash; 32 zero bytes for an empty one.
    public let hash: Digest

    /// How many nodes stand below an inner one.
    public static let childCount = 16
    /// The node without leaves.
    public static let empty = BookNode(.empty, .zero)

    /// A node.
    init(_ kind: Kind, _ hash: Digest) {
        self.kind = kind
        self.hash = hash
    }

    /// The inner node of sixteen others, or nil if so few leaves stand under them that there is no
    /// inner node.
    init?(children: [BookNode]) {
        let present = children.filter { $0.kind != .empty }
        guard children.count == Self.childCount,
            present.count > 1 || present.first?.kind == .inner
        else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.childCount * Digest.byteCount)
        for child in children { child.hash.append(to: &bytes) }
        self.init(.inner, DigestBuilder.digest(prefix: 1, bytes))
    }
}
