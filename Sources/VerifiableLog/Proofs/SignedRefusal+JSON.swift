public import Signing

extension SignedRefusal {
    /// The payload, members in their fixed order, without white space.
    ///
    /// Complexity: O(n).
    public var payload: [UInt8] {
        let value: JSONValue = [
            "ledger": .string(ledger.base64URL), "submission": .string(submission.base64URL),
            "size": .integer(Int64(truncatingIfNeeded: size)),
            "time": .string(time.description), "faults": .array(faults.map(\.json)),
        ]
        return value.text
    }

    /// Reads a payload whose signature is not looked at: an object of exactly its five members, in
    /// any order.
    ///
    /// Throws `refusalMalformed` with the member at fault.
    public init(payload text: [UInt8]) throws(LogError) {
        let value: JSONValue
        do { value = try JSONValue(parsing: text) } catch {
            throw Self.malformed("byte \(error.offset)", error.reason.rawValue)
        }
        try Self.requireMembers(
            of: value,
            ["ledger", "submission", "size", "time", "faults"],
            at: "payload"
        )
        guard let ledger = Digest(try Self.string(value, "ledger"), as: .url) else {
            throw Self.malformed("ledger", "it is a digest in 43 characters of base64url")
        }
        guard let submission = Digest(try Self.string(value, "submission"), as: .url) else {
            throw Self.malformed("submission", "it is a digest in 43 characters of base64url")
        }
        guard case .integer(let number) = value["size"], let size = UInt64(exactly: number) else {
            throw Self.malformed("size", "it is an integer from 0 to 2^53 - 1")
        }
        guard let time = Timestamp(try Self.string(value, "time")) else {
            throw Self.malformed("time", "it is a time like 2026-11-22T10:15:30.123Z")
        }
        guard case .array(let elements) = value["faults"], !elements.isEmpty else {
            throw Self.malformed("faults", "it is a list of at least one fault")
        }
        var faults: [Fault] = []
        for (index, element) in elements.enumerated() {
            faults.append(try Fault(json: element, at: "faults[\(index)]"))
        }
        self.init(ledger: ledger, submission: submission, size: size, time: time, faults: faults)
    }

    fileprivate static func requireMembers(
        of value: JSONValue,
        _ known: [String],
        at place: String
    ) throws(LogError) {
        guard case .object(let members) = value else {
            throw malformed(place, "it is a JSON object")
        }
        for member in members where !known.contains(where: { $0.hasSameBytes(as: member.name) }) {
            throw malformed(member.name, "this member is unknown")
        }
    }

    fileprivate static func string(
        _ value: JSONValue,
        _ member: String,
        at place: String = ""
    ) throws(LogError) -> String {
        guard case .string(let text) = value[member] else {
            throw malformed(place.isEmpty ? member : "\(place).\(member)", "it is a string")
        }
        return text
    }

    fileprivate static func malformed(_ place: String, _ reason: String) -> LogError {
        LogError(.refusalMalformed, at: "refusal, \(place)", reason)
    }
}

extension SignedRefusal.Fault {
    /// The fault as JSON, members in their fixed order.
    public var json: JSONValue {
        [
            "code": .string(code), "place": .string(place), "reason": .string(reason),
            "wayOut": .string(wayOut),
        ]
    }

    /// Reads a fault from an object of exactly its four members, in any order.
    ///
    /// Throws `refusalMalformed` with the member at fault.
    public init(json value: JSONValue, at place: String = "faults") throws(LogError) {
        try SignedRefusal.requireMembers(
            of: value,
            ["code", "place", "reason", "wayOut"],
            at: place
        )
        self.init(
            code: try SignedRefusal.string(value, "code", at: place),
            place: try SignedRefusal.string(value, "place", at: place),
            reason: try SignedRefusal.string(value, "reason", at: place),
            wayOut: try SignedRefusal.string(value, "wayOut", at: place)
        )
    }
}
