public import Crypto

/// A SHA-256 digest: 32 bytes, kept as four words so that it is cheap to copy, compare and hash.
public struct Digest: Hashable, Comparable, Sendable {
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
        var iterator = bytes.makeIterator()
        func word() -> UInt64 {
            var value: UInt64 = 0
            for _ in 0..<8 { value = value << 8 | UInt64(iterator.next() ?? 0) }
            return value
        }
        words = (word(), word(), word(), word())
    }

    /// The digest of a canonical text in an alphabet, or nil.
    public init?(_ text: some StringProtocol, as alphabet: Base64) {
        guard let bytes = alphabet.decode(text) else { return nil }
        self.init(bytes)
    }

    /// The digest that swift-crypto made.
    public init(_ digest: SHA256Digest) {
        words = unsafe digest.withUnsafeBytes { buffer in
            unsafe (
                UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
                UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 16, as: UInt64.self)),
                UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 24, as: UInt64.self))
            )
        }
    }

    /// The 32 bytes.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        append(to: &bytes)
        return bytes
    }

    /// Appends the 32 bytes.
    public func append(to bytes: inout [UInt8]) {
        for word in [words.0, words.1, words.2, words.3] {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
    }

    /// The text in base64url, 43 characters.
    public var base64URL: String { Base64.url.encode(bytes) }
    /// The text in padded base64, 44 characters.
    public var base64: String { Base64.standard.encode(bytes) }

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

extension Digest: CustomStringConvertible {
    /// The text in base64url.
    public var description: String { base64URL }
}

extension Digest: Codable {
    /// Reads a digest from its base64url text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let digest = Digest(try container.decode(String.self), as: .url) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "a digest is 43 characters of base64url"
            )
        }
        self = digest
    }

    /// Writes a digest as its base64url text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(base64URL)
    }
}

/// SHA-256 (FIPS 180-4) of pieces, fed one after another.
public struct DigestBuilder {
    private var state = SHA256()

    /// A builder that was fed nothing.
    public init() {}

    /// Feeds bytes.
    ///
    /// Complexity: O(n).
    public mutating func update(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { unsafe state.update(bufferPointer: $0) }
    }

    /// The digest of everything fed.
    public func finalize() -> Digest {
        Digest(state.finalize())
    }

    /// The digest of one run of bytes.
    ///
    /// Complexity: O(n).
    public static func digest(_ bytes: [UInt8]) -> Digest {
        var builder = DigestBuilder()
        builder.update(bytes)
        return builder.finalize()
    }

    /// The digest of one domain byte and a run of bytes, as RFC 6962 hashes leaves.
    ///
    /// Complexity: O(n).
    public static func digest(prefix: UInt8, _ bytes: [UInt8]) -> Digest {
        var builder = DigestBuilder()
        var first = prefix
        unsafe withUnsafeBytes(of: &first) { unsafe builder.state.update(bufferPointer: $0) }
        builder.update(bytes)
        return builder.finalize()
    }
}
