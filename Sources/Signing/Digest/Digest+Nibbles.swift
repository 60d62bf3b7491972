extension Digest {
    /// The number of half bytes of a digest: the longest path in a tree that is ordered by digests.
    public static let nibbleCount = 64

    /// Half a byte of the digest, by its place from 0 to 63; the upper half of a byte comes first.
    public func nibble(at place: Int) -> UInt8 {
        let word = place < 32 ? (place < 16 ? words.0 : words.1) : (place < 48 ? words.2 : words.3)
        return UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (place & 15))) & 0xf
    }
}
