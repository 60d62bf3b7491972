public import Signing

/// The signed head of the log: how many entries there are, and the root that commits to them.
public struct LogHead: Sendable, Hashable {
    /// The number of entries.
    public var size: UInt64
    /// The Merkle root over all entries (RFC 6962 §2.1).
    public var root: Digest
    /// The signed note that states size and root (spec/06 §1), as bytes.
    public var checkpoint: [UInt8]

    /// A head of these fields.
    public init(size: UInt64, root: Digest, checkpoint: [UInt8]) {
        self.size = size
        self.root = root
        self.checkpoint = checkpoint
    }
}
