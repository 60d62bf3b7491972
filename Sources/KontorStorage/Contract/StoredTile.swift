/// A full hash tile: 256 hashes of one level of the Merkle tree (C2SP tlog-tiles).
public struct StoredTile: Sendable, Hashable {
    /// The number of bytes of a full tile: 256 hashes of 32 bytes.
    public static let byteCount = 8_192

    /// The tile's level, from 0 (leaf hashes) to 5.
    public var level: Int
    /// The tile's position in its level, from 0.
    public var index: UInt64
    /// The hashes, 8,192 bytes.
    public var bytes: [UInt8]

    /// A tile of these fields.
    public init(level: Int, index: UInt64, bytes: [UInt8]) {
        self.level = level
        self.index = index
        self.bytes = bytes
    }
}
