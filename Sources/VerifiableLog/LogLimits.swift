/// The limits of what this room reads and makes (spec/04 to spec/07).
public enum LogLimits {
    /// The most bytes of an entry, since a bundle counts them in 16 bits.
    public static let entryByteCount = 65_535
    /// The largest size of a tree, 2^63 − 1.
    public static let treeSize: UInt64 = 1 << 63 - 1
    /// The most hashes of an inclusion proof, one for each halving of the largest tree.
    public static let inclusionHashCount = 63
    /// The most hashes of a consistency proof in a request to a witness.
    public static let consistencyHashCount = 63
    /// The number of hashes of a full tile, and of entries in a full bundle.
    public static let tileWidth = 256
    /// The number of tile levels that a tree of the largest size has.
    public static let tileLevelCount = 8
    /// The most authenticated tiles that a reader keeps besides the right edge.
    public static let cachedTileCount = 64
    /// The most bytes of a signed note.
    public static let noteByteCount = 1_000_000
    /// The most signature lines of a signed note.
    public static let noteSignatureCount = 100
    /// The most bytes of an origin that this room makes.
    public static let originByteCount = 255
    /// The most bytes of a `.tlog-proof` file, a request to a witness or a trust policy.
    public static let fileByteCount = 2_000_000
    /// The most logs, witnesses and groups of a trust policy, each.
    public static let policyMemberCount = 1_024
    /// The most bytes of a receipt.
    public static let receiptByteCount = 4_000_000
    /// The most bytes of the faults of a signed refusal, as JSON.
    public static let refusalFaultsByteCount = 47_000
    /// The most bytes of the place, or of the reason, of one fault of a signed refusal.
    public static let refusalTextByteCount = 1_000
}
