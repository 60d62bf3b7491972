/// A cosignature of a checkpoint: eight bytes of POSIX seconds, big-endian, and the signature
/// (spec/06 §5).
///
/// It says: as of this time, the largest consistent tree that I have seen of this origin has this
/// root.
public struct Cosignature: Hashable, Sendable {
    /// The time in POSIX seconds, at most 2^63 − 1.
    public let seconds: UInt64
    /// The signature: 64 bytes for Ed25519, 2,420 for ML-DSA-44.
    public let signature: [UInt8]

    /// A cosignature of its parts.
    ///
    /// Throws `cosignatureMalformed`.
    public init(seconds: UInt64, signature: [UInt8]) throws(LogError) {
        guard seconds < 1 << 63 else {
            throw Self.malformed("its time is above 2^63 - 1")
        }
        guard signature.count == 64 || signature.count == 2_420 else {
            throw Self.malformed("a signature has 64 or 2420 bytes")
        }
        self.seconds = seconds
        self.signature = signature
    }

    /// Parses 72 bytes of type 0x04, or 2,428 of type 0x06.
    ///
    /// Throws `cosignatureMalformed`.
    public init(parsing bytes: [UInt8]) throws(LogError) {
        guard bytes.count > 8 else { throw Self.malformed("its time is missing") }
        let seconds = bytes.prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        try self.init(seconds: seconds, signature: Array(bytes[8...]))
    }

    /// The time and the signature.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendBigEndian(seconds)
        return bytes + signature
    }

    /// The bytes that a cosigner of type 0x04 signs: a header with the time, then the whole text.
    ///
    /// Complexity: O(n).
    public static func message(for text: [UInt8], seconds: UInt64) -> [UInt8] {
        Array("cosignature/v1\ntime \(seconds)\n".utf8) + text
    }

    private static func malformed(_ reason: String) -> LogError {
        LogError(.cosignatureMalformed, at: "cosignature", reason)
    }
}

extension [UInt8] {
    /// Appends eight bytes, the most significant first.
    mutating func appendBigEndian(_ value: UInt64) {
        for shift in stride(from: 56 as UInt64, through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }
}
