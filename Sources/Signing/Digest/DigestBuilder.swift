internal import Crypto

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

    /// The digest of a digest and a number of eight bytes, big-endian: a link of a chain.
    ///
    /// Complexity: O(1), without memory of its own.
    public static func digest(_ digest: Digest, _ number: UInt64) -> Digest {
        var builder = DigestBuilder()
        unsafe digest.withBytes { bytes in
            unsafe builder.state.update(bufferPointer: UnsafeRawBufferPointer(bytes))
        }
        let bytes = number.bigEndian
        unsafe withUnsafeBytes(of: bytes) { unsafe builder.state.update(bufferPointer: $0) }
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
