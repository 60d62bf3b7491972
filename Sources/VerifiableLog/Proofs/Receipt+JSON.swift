public import Signing

extension Receipt {
    /// The receipt as JSON, members in their fixed order.
    public var json: JSONValue {
        [
            "index": .integer(Int64(truncatingIfNeeded: index)),
            "time": .string(time.description),
            "prev": .string(previous.base64),
            "id": .string(id.description),
            "leafHash": .string(leafHash.base64),
            "proof": .string(String(decoding: proof.bytes, as: UTF8.self)),
        ]
    }

    /// The receipt as JSON text.
    ///
    /// Complexity: O(n).
    public var text: [UInt8] {
        var text: [UInt8] = []
        append(to: &text)
        return text
    }

    /// Appends the JSON text: a server writes one for every submission.
    ///
    /// Complexity: O(n).
    public func append(to text: inout [UInt8]) {
        text.append(contentsOf: "{\"index\":".utf8)
        text.append(contentsOf: String(index).utf8)
        text.append(contentsOf: ",\"time\":\"".utf8)
        text.append(contentsOf: time.ascii)
        text.append(contentsOf: "\",\"prev\":\"".utf8)
        Base64.standard.append(previous.bytes, to: &text)
        text.append(contentsOf: "\",\"id\":\"".utf8)
        text.append(contentsOf: id.description.utf8)
        text.append(contentsOf: "\",\"leafHash\":\"".utf8)
        Base64.standard.append(leafHash.bytes, to: &text)
        text.append(contentsOf: "\",\"proof\":".utf8)
        JSONValue.appendString(proof.bytes, to: &text)
        text.append(0x7d)
    }

    /// Parses a JSON text.
    ///
    /// Throws `receiptMalformed` with the member at fault, and what `TLogProof.init(parsing:)`
    /// throws.
    public init(parsing text: [UInt8]) throws(LogError) {
        guard text.count <= LogLimits.receiptByteCount else {
            throw Self.malformed("text", "it is larger than 4000000 bytes")
        }
        let value: JSONValue
        do {
            value = try JSONValue(parsing: text)
        } catch {
            throw Self.malformed("byte \(error.offset)", error.reason.rawValue)
        }
        try self.init(json: value)
    }

    /// Reads a receipt from a JSON object of exactly its six members, in any order.
    ///
    /// Throws `receiptMalformed` with the member at fault, and what `TLogProof.init(parsing:)`
    /// throws.
    public init(json value: JSONValue) throws(LogError) {
        guard case .object(let members) = value else {
            throw Self.malformed("value", "it is a JSON object")
        }
        let known = ["index", "time", "prev", "id", "leafHash", "proof"]
        for member in members where !known.contains(member.name) {
            throw Self.malformed(member.name, "this member is unknown")
        }
        guard case .integer(let number) = value["index"], let index = UInt64(exactly: number) else {
            throw Self.malformed("index", "it is an integer from 0 to 2^53 - 1")
        }
        guard let time = Timestamp(try Self.string(value, "time")) else {
            throw Self.malformed("time", "it is a time like 2026-11-22T10:15:30.123Z")
        }
        guard let previous = Digest(try Self.string(value, "prev"), as: .standard) else {
            throw Self.malformed("prev", "it is a hash in 44 characters of standard base64")
        }
        guard let id = UUIDv7(try Self.string(value, "id")) else {
            throw Self.malformed("id", "it is a lower-case UUID of version 7")
        }
        guard let leafHash = Digest(try Self.string(value, "leafHash"), as: .standard) else {
            throw Self.malformed("leafHash", "it is a hash in 44 characters of standard base64")
        }
        let proof = try TLogProof(parsing: Array(try Self.string(value, "proof").utf8))
        try self.init(
            index: index,
            time: time,
            previous: previous,
            id: id,
            leafHash: leafHash,
            proof: proof
        )
    }

    private static func string(
        _ value: JSONValue,
        _ member: String
    ) throws(LogError) -> String {
        guard case .string(let text) = value[member] else {
            throw malformed(member, "it is a string")
        }
        return text
    }
}
