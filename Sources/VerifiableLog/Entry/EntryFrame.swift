public import Signing

/// An entry of the log, the leaf of its tree: five lines, each ended by one `\n`, at most 65,535
/// bytes in all.
///
///     kontor/v1
///     <index>   decimal, no leading zeros
///     <time>    2026-11-22T10:15:30.123Z
///     <prev>    standard base64 of the leaf hash of the entry before, 32 zero bytes for index 0
///     <jws>     the compact JWS as it was submitted
///
/// Bytes and values determine each other, so either may be kept (spec/04 §1).
public struct EntryFrame: Hashable, Sendable {
    /// The most bytes of an entry.
    public static let byteLimit = LogLimits.entryByteCount

    /// The position in the log, from 0.
    public let index: UInt64
    /// The time of the ledger, never before that of the entry before.
    public let time: Timestamp
    /// The leaf hash of the entry before; zero for index 0.
    public let previous: Digest
    /// The compact JWS, as ASCII.
    public let jws: [UInt8]

    /// An entry of its values.
    ///
    /// Throws `entryTooLong` or `entryMalformed`.
    ///
    /// Complexity: O(n).
    public init(
        index: UInt64,
        time: Timestamp,
        previous: Digest,
        jws: [UInt8]
    ) throws(LogError) {
        try Self.check(index, time, previous)
        try Self.check(jws)
        try self.init(known: index, time, previous, jws)
    }

    /// An entry of a JWS whose text is made here, and so needs no look at its characters.
    ///
    /// Throws `entryTooLong` or `entryMalformed`.
    ///
    /// Complexity: O(n).
    public init(
        index: UInt64,
        time: Timestamp,
        previous: Digest,
        encoding jws: JWS
    ) throws(LogError) {
        try Self.check(index, time, previous)
        try self.init(known: index, time, previous, jws.compact)
    }

    private init(
        known index: UInt64,
        _ time: Timestamp,
        _ previous: Digest,
        _ jws: [UInt8]
    ) throws(LogError) {
        self.index = index
        self.time = time
        self.previous = previous
        self.jws = jws
        let count = Self.byteCount(index: index, jwsByteCount: jws.count)
        guard count <= Self.byteLimit else { throw Self.tooLong(count) }
    }

    private static func check(
        _ index: UInt64,
        _ time: Timestamp,
        _ previous: Digest
    ) throws(LogError) {
        guard index < LogLimits.treeSize else {
            throw malformed("line 2", "an index is less than 2^63 - 1")
        }
        guard time >= .earliest, time <= .latest else {
            throw malformed("line 3", "a time lies in the years 0000 to 9999")
        }
        guard index > 0 || previous == .zero else {
            throw malformed("line 4", "entry 0 follows 32 zero bytes")
        }
    }

    /// The number of bytes that an entry would have.
    public static func byteCount(index: UInt64, jwsByteCount: Int) -> Int {
        var digits = 1
        var rest = index / 10
        while rest > 0 {
            digits += 1
            rest /= 10
        }
        // Four line ends besides those counted here: 10 + digits + 1 + 25 + 45 + jws + 1.
        return 10 + digits + 1 + 25 + 45 + jwsByteCount + 1
    }

    /// The bytes of the entry.
    ///
    /// Complexity: O(n).
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount(index: index, jwsByteCount: jws.count))
        appendHead(to: &bytes)
        bytes.append(contentsOf: jws)
        bytes.append(0x0a)
        return bytes
    }

    /// SHA-256 of a zero byte and the bytes of the entry (RFC 6962 §2.1), for tree and chain alike.
    ///
    /// Complexity: O(n), without a copy of the JWS.
    public var leafHash: Digest {
        var head: [UInt8] = []
        head.reserveCapacity(128)
        head.append(0)
        appendHead(to: &head)
        var builder = DigestBuilder()
        builder.update(head)
        builder.update(jws)
        builder.update([0x0a])
        return builder.finalize()
    }

    private func appendHead(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: "kontor/v1\n".utf8)
        bytes.append(contentsOf: String(index).utf8)
        bytes.append(0x0a)
        bytes.append(contentsOf: time.ascii)
        bytes.append(0x0a)
        previous.appendBase64(to: &bytes)
        bytes.append(0x0a)
    }
}
