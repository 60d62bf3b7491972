/// A text with signatures (C2SP signed-note v1.0.0, spec/06 §1).
///
///     text, which ends in \n
///     (an empty line, the last one of the note)
///     — name base64(key id ‖ signature)
///     …
///
/// Bytes and values determine each other.
public struct SignedNote: Hashable, Sendable {
    /// The text that is signed, with its final `\n`.
    public let text: [UInt8]
    /// The signature lines in their order, 1 to 100.
    public private(set) var signatures: [NoteSignature]

    /// A note of a text and its signatures.
    ///
    /// Throws `noteMalformed` or `noteTooLong`.
    ///
    /// Complexity: O(n).
    public init(text: [UInt8], signatures: [NoteSignature]) throws(LogError) {
        self.text = text
        self.signatures = signatures
        guard text.last == 0x0a else { throw Self.malformed("the text ends with a line feed") }
        guard !signatures.isEmpty else { throw Self.malformed("there is no signature line") }
        try Self.check(text)
        try checkLimits()
    }

    /// Parses a note; text and signatures are split at the last empty line.
    ///
    /// Throws `noteMalformed` or `noteTooLong`.
    ///
    /// Complexity: O(n).
    public init(parsing bytes: [UInt8]) throws(LogError) {
        guard bytes.count <= LogLimits.noteByteCount else { throw Self.tooLong() }
        guard bytes.last == 0x0a else { throw Self.malformed("a note ends with a line feed") }
        try Self.check(bytes)
        guard let split = Self.lastEmptyLine(in: bytes) else {
            throw Self.malformed("an empty line stands between text and signatures")
        }
        var signatures: [NoteSignature] = []
        var lines = LineReader(Array(bytes[(split + 1)...]))
        while let line = lines.next() {
            guard signatures.count < LogLimits.noteSignatureCount else { throw Self.tooLong() }
            signatures.append(try NoteSignature(parsing: line))
        }
        try self.init(text: Array(bytes[..<split]), signatures: signatures)
    }

    /// The bytes of the note.
    ///
    /// Complexity: O(n).
    public var bytes: [UInt8] {
        var bytes = text
        bytes.append(0x0a)
        for signature in signatures {
            bytes += signature.line
            bytes.append(0x0a)
        }
        return bytes
    }

    /// Adds signature lines, as a log does with the cosignatures that witnesses return.
    ///
    /// Throws `noteTooLong`.
    public func adding(_ more: [NoteSignature]) throws(LogError) -> SignedNote {
        try SignedNote(text: text, signatures: signatures + more)
    }

    /// The position of the line feed of the last empty line.
    private static func lastEmptyLine(in bytes: [UInt8]) -> Int? {
        var index = bytes.count - 1
        while index > 0 {
            if bytes[index] == 0x0a, bytes[index - 1] == 0x0a { return index }
            index -= 1
        }
        return nil
    }

    private static func check(_ bytes: [UInt8]) throws(LogError) {
        guard bytes.allSatisfy({ $0 >= 0x20 || $0 == 0x0a }) else {
            throw malformed("a note has no control characters but line feeds")
        }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw malformed("a note is UTF-8")
        }
    }

    private func checkLimits() throws(LogError) {
        var count = text.count + 1
        // An em dash of three bytes, two spaces, a line feed, and base64 of key id and signature.
        for line in signatures {
            count += 6 + line.name.utf8.count + (line.signature.count + 6) / 3 * 4
        }
        guard signatures.count <= LogLimits.noteSignatureCount, count <= LogLimits.noteByteCount
        else { throw Self.tooLong() }
    }

    private static func malformed(_ reason: String) -> LogError {
        LogError(.noteMalformed, at: "note", reason)
    }

    private static func tooLong() -> LogError {
        LogError(.noteTooLong, at: "note", "it has at most 1000000 bytes and 100 signatures")
    }
}
