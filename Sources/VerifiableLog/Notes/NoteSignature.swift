internal import Signing

/// One signature line of a note: `— name base64(key id ‖ signature)` (spec/06 §1).
public struct NoteSignature: Hashable, Sendable {
    /// The name of the key.
    public let name: String
    /// The key id, which with the name identifies the key.
    public let keyID: UInt32
    /// The signature without the key id, at least one byte.
    public let signature: [UInt8]

    /// A line of its parts.
    ///
    /// Throws `noteMalformed`.
    public init(name: String, keyID: UInt32, signature: [UInt8]) throws(LogError) {
        guard KeyName.isValid(name), !signature.isEmpty else {
            throw Self.malformed("a name has neither white space nor +, a signature has bytes")
        }
        self.init(checkedName: name, keyID: keyID, signature: signature)
    }

    init(checkedName: String, keyID: UInt32, signature: [UInt8]) {
        name = checkedName
        self.keyID = keyID
        self.signature = signature
    }

    /// Parses a line without its `\n`.
    ///
    /// Throws `noteMalformed`.
    public init(parsing line: ArraySlice<UInt8>) throws(LogError) {
        guard let rest = line.after("\u{2014} "), let space = rest.firstIndex(of: 0x20) else {
            throw Self.malformed("a line is an em dash, a space, a name, a space and base64")
        }
        guard let name = String(validating: rest[..<space], as: UTF8.self) else {
            throw Self.malformed("a name is UTF-8")
        }
        guard let data = Base64.standard.decode(rest[(space + 1)...]), data.count >= 5 else {
            throw Self.malformed("key id and signature are canonical padded base64")
        }
        let keyID = data.prefix(4).reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
        try self.init(name: name, keyID: keyID, signature: Array(data[4...]))
    }

    /// The line without its `\n`.
    public var line: [UInt8] {
        var data: [UInt8] = []
        for shift in [24, 16, 8, 0] as [UInt32] {
            data.append(UInt8(truncatingIfNeeded: keyID >> shift))
        }
        return Array("\u{2014} \(name) \(Base64.standard.encode(data + signature))".utf8)
    }

    private static func malformed(_ reason: String) -> LogError {
        LogError(.noteMalformed, at: "signature line", reason)
    }
}
