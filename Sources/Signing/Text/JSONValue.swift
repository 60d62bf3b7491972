/// One strict JSON value as a tree, for payloads that are not on the hot path.
///
/// Strings and names are equal when their bytes are.
public enum JSONValue: Sendable {
    /// Members in the order of the text; their names are distinct.
    case object([JSONMember])
    /// Elements in the order of the text.
    case array([JSONValue])
    /// A string with its escapes resolved.
    case string(String)
    /// An integer of magnitude at most 2^53 − 1.
    case integer(Int64)
    /// `true` or `false`.
    case boolean(Bool)
    /// `null`.
    case null

    /// Parses a whole text.
    ///
    /// Complexity: O(n).
    public init(parsing bytes: [UInt8]) throws(JSONError) {
        var reader = try JSONReader(bytes)
        self = try JSONValue(reading: &reader)
        try reader.finish()
    }

    /// Reads the next value.
    public init(reading reader: inout JSONReader) throws(JSONError) {
        if reader.peeks("{") {
            var members: [JSONMember] = []
            var names: Set<[UInt8]> = []
            try reader.readObject({ $0 }) { reader, name throws(JSONError) in
                let text = name.text
                guard names.insert(Array(text.utf8)).inserted else {
                    throw JSONError(.duplicateMember, at: name.offset)
                }
                members.append(JSONMember(name: text, value: try JSONValue(reading: &reader)))
            }
            self = .object(members)
        } else if reader.peeks("[") {
            var elements: [JSONValue] = []
            try reader.readArray({ $0 }) { reader, _ throws(JSONError) in
                elements.append(try JSONValue(reading: &reader))
            }
            self = .array(elements)
        } else if reader.peeks("\"") {
            self = .string(try reader.readString())
        } else if reader.peeks("t") || reader.peeks("f") {
            self = .boolean(try reader.readBoolean())
        } else if reader.peeks("n") {
            try reader.readNull()
            self = .null
        } else {
            do {
                self = .integer(try reader.readInteger())
            } catch {
                throw error.reason == .notAnInteger ? JSONError(.syntax, at: error.offset) : error
            }
        }
    }

    /// The value of a member of an object, or nil.
    public subscript(_ name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name.hasSameBytes(as: name) }?.value
    }
}

/// A name and a value of an object.
public struct JSONMember: Sendable {
    /// The name, with its escapes resolved.
    public var name: String
    /// The value.
    public var value: JSONValue

    /// A member.
    public init(name: String, value: JSONValue) {
        self.name = name
        self.value = value
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// An integer.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// A boolean.
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
    /// An array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// An object, its members in the order of the literal.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { JSONMember(name: $0.0, value: $0.1) })
    }
}

extension JSONMember: Hashable {
    /// Whether name, by its bytes, and value are equal.
    public static func == (left: JSONMember, right: JSONMember) -> Bool {
        left.name.hasSameBytes(as: right.name) && left.value == right.value
    }

    /// Feeds the bytes of the name, and the value.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(Array(name.utf8))
        hasher.combine(value)
    }
}

extension JSONValue: Hashable {
    /// Whether two values are of one type and equal, strings by their bytes, members in their
    /// order.
    ///
    /// Complexity: O(n).
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.object(let left), .object(let right)): left == right
        case (.array(let left), .array(let right)): left == right
        case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
        case (.integer(let left), .integer(let right)): left == right
        case (.boolean(let left), .boolean(let right)): left == right
        case (.null, .null): true
        default: false
        }
    }

    /// Feeds the value, strings by their bytes.
    ///
    /// Complexity: O(n).
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .object(let members): hasher.combine(members)
        case .array(let elements): hasher.combine(elements)
        case .string(let text): hasher.combine(Array(text.utf8))
        case .integer(let value): hasher.combine(value)
        case .boolean(let value): hasher.combine(value)
        case .null: hasher.combine(0)
        }
    }
}

extension JSONValue {
    /// The value in its shortest text, members in their order.
    ///
    /// Complexity: O(n).
    public var text: [UInt8] {
        var text: [UInt8] = []
        append(to: &text)
        return text
    }

    private func append(to text: inout [UInt8]) {
        switch self {
        case .null: text.append(contentsOf: "null".utf8)
        case .boolean(let value): text.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): text.append(contentsOf: String(value).utf8)
        case .string(let value): Self.append(value, to: &text)
        case .array(let elements):
            text.append(0x5b)
            for (index, element) in elements.enumerated() {
                if index > 0 { text.append(0x2c) }
                element.append(to: &text)
            }
            text.append(0x5d)
        case .object(let members):
            text.append(0x7b)
            for (index, member) in members.enumerated() {
                if index > 0 { text.append(0x2c) }
                Self.append(member.name, to: &text)
                text.append(0x3a)
                member.value.append(to: &text)
            }
            text.append(0x7d)
        }
    }

    private static func append(_ string: String, to text: inout [UInt8]) {
        appendString(Array(string.utf8), to: &text)
    }

    /// Appends a string of UTF-8 as JSON writes it, with its quotes: what `text` makes of it.
    ///
    /// Complexity: O(n).
    public static func appendString(_ bytes: [UInt8], to text: inout [UInt8]) {
        text.append(0x22)
        var start = 0
        for place in bytes.indices {
            let byte = bytes[place]
            guard byte < 0x20 || byte == 0x22 || byte == 0x5c else { continue }
            text.append(contentsOf: bytes[start..<place])
            start = place + 1
            text.append(0x5c)
            if byte >= 0x20 {
                text.append(byte)
            } else {
                let low = byte & 15
                text.append(contentsOf: "u00".utf8)
                text.append(0x30 + (byte >> 4))
                text.append(low < 10 ? 0x30 + low : 0x57 + low)
            }
        }
        text.append(contentsOf: bytes[start...])
        text.append(0x22)
    }
}
