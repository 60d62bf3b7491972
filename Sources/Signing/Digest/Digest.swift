public import Crypto

/// A SHA-256 digest: 32 bytes, kept as four words so that it is cheap to copy, compare and hash.
public struct Digest: Hashable, Comparable, Sendable, BitwiseCopyable {
    var words: (UInt64, UInt64, UInt64, UInt64)

    /// The number of bytes of a digest.
    public static let byteCount = 32
    /// 32 zero bytes, which stand before the first entry of a log.
    public static let zero = Digest(words: (0, 0, 0, 0))

    init(words: (UInt64, UInt64, UInt64, UInt64)) {
        self.words = words
    }

    /// The digest of exactly 32 bytes, or nil for any other number.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        let array = Array(bytes)
        self = unsafe array.withUnsafeBytes { unsafe Digest(loading: $0) }
    }

    /// The digest that swift-crypto made.
    public init(_ digest: SHA256Digest) {
        self = unsafe digest.withUnsafeBytes { unsafe Digest(loading: $0) }
    }

    private init(loading buffer: UnsafeRawBufferPointer) {
        func word(_ place: Int) -> UInt64 {
            UInt64(bigEndian: unsafe buffer.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        }
        words = (word(0), word(8), word(16), word(24))
    }

    /// The digest whose bytes stand in four words of memory.
    init(bigEndian words: (UInt64, UInt64, UInt64, UInt64)) {
        self.words = (
            UInt64(bigEndian: words.0), UInt64(bigEndian: words.1),
            UInt64(bigEndian: words.2), UInt64(bigEndian: words.3)
        )
    }

    /// The 32 bytes.
    public var bytes: [UInt8] {
        unsafe withBytes { unsafe Array($0) }
    }

    /// The first eight bytes as a number, big-endian: a hash that is already mixed.
    public var leadingWord: UInt64 { words.0 }

    /// Appends the 32 bytes.
    public func append(to bytes: inout [UInt8]) {
        unsafe withBytes { unsafe bytes.append(contentsOf: $0) }
    }

    /// Shows a body the 32 bytes.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let words = (
            words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian
        )
        return unsafe withUnsafeBytes(of: words) { bytes in
            unsafe body(bytes.assumingMemoryBound(to: UInt8.self))
        }
    }

    /// Whether all four words are equal.
    public static func == (left: Digest, right: Digest) -> Bool {
        left.words == right.words
    }

    /// Orders digests as their bytes are ordered.
    public static func < (left: Digest, right: Digest) -> Bool {
        left.words < right.words
    }

    /// Feeds the words to a hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
    }
}
