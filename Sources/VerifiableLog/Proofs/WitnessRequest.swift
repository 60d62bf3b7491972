public import Signing

/// The body of a request that asks a witness to cosign (C2SP tlog-witness, `add-checkpoint`).
///
///     old <size that the witness cosigned last, 0 for the first>
///     <base64 of a hash>        (0 to 63: consistency from the old size)
///     (an empty line)
///     <the checkpoint note>
///
/// Bytes and values determine each other (spec/06 §7).
public struct WitnessRequest: Hashable, Sendable {
    /// The size that the witness is said to have cosigned last.
    public let oldSize: UInt64
    /// The consistency proof from the old size.
    public let hashes: [Digest]
    /// The signed checkpoint.
    public let checkpoint: SignedNote

    /// A request of its parts.
    ///
    /// Throws `requestMalformed` for more than 63 hashes.
    public init(
        oldSize: UInt64,
        hashes: [Digest],
        checkpoint: SignedNote
    ) throws(LogError) {
        guard hashes.count <= LogLimits.consistencyHashCount else {
            throw Self.malformed("there are at most 63 hashes")
        }
        self.oldSize = oldSize
        self.hashes = hashes
        self.checkpoint = checkpoint
    }

    /// Parses the body of a request.
    ///
    /// Throws `requestMalformed`, and what `SignedNote.init(parsing:)` throws.
    ///
    /// Complexity: O(n).
    public init(parsing bytes: [UInt8]) throws(LogError) {
        guard bytes.count <= LogLimits.fileByteCount else {
            throw Self.malformed("it is larger than 2000000 bytes")
        }
        var lines = LineReader(bytes)
        guard let text = lines.next()?.after("old "), let oldSize = DecimalText.parse(text) else {
            throw Self.malformed("line 1 is `old` and a size in decimal")
        }
        var hashes: [Digest] = []
        while true {
            guard let line = lines.next() else {
                throw Self.malformed("an empty line stands before the checkpoint")
            }
            if line.isEmpty { break }
            guard let data = Base64.standard.decode(line), let hash = Digest(data),
                hashes.count < LogLimits.consistencyHashCount
            else { throw Self.malformed("at most 63 hashes, 44 characters of base64 each") }
            hashes.append(hash)
        }
        let checkpoint = try SignedNote(parsing: lines.rest)
        try self.init(oldSize: oldSize, hashes: hashes, checkpoint: checkpoint)
    }

    /// The body of the request.
    ///
    /// Complexity: O(n).
    public var bytes: [UInt8] {
        var text = "old \(oldSize)\n"
        for hash in hashes { text += "\(hash.base64)\n" }
        return Array(text.utf8) + [0x0a] + checkpoint.bytes
    }

    private static func malformed(_ reason: String) -> LogError {
        LogError(.requestMalformed, at: "witness request", reason)
    }
}
