/// The name of a member, as it stands in the text or, if it had escapes, after they were resolved.
public struct JSONName: Sendable {
    let bytes: [UInt8]
    @usableFromInline let range: Range<Int>
    /// The offset of the name in the text, at its opening quote.
    public let offset: Int

    init(bytes: [UInt8], range: Range<Int>, offset: Int) {
        self.bytes = bytes
        self.range = range
        self.offset = offset
    }

    /// The name as a string.
    public var text: String { String(decoding: bytes[range], as: UTF8.self) }

    /// Whether the name is this one.
    ///
    /// Complexity: O(n).
    @inlinable
    public static func == (name: JSONName, other: StaticString) -> Bool {
        name.range.count == other.utf8CodeUnitCount && name.hasSameBytes(as: other)
    }

    /// Lets a name be matched in a `switch`.
    @inlinable
    public static func ~= (pattern: StaticString, name: JSONName) -> Bool {
        name == pattern
    }

    /// Whether each byte is that of an ASCII text of the same count.
    @usableFromInline
    func hasSameBytes(as other: StaticString) -> Bool {
        let first = range.lowerBound
        return other.withUTF8Buffer { text in
            for index in 0..<text.count {
                guard unsafe bytes[first + index] == text[index] else { return false }
            }
            return true
        }
    }
}

/// Which of at most 64 members of an object were met, so that the second of one name is refused.
public struct MemberSet: Sendable {
    private var bits: UInt64 = 0

    /// No member yet.
    public init() {}

    /// Notes a member by a number from 0 to 63 that the caller gave its name; the second time it is refused.
    public mutating func insert(_ number: Int, _ name: JSONName) throws(JSONError) {
        guard !contains(number) else { throw JSONError(.duplicateMember, at: name.offset) }
        bits |= 1 << UInt64(number)
    }

    /// Whether a member was met.
    public func contains(_ number: Int) -> Bool {
        bits >> UInt64(number) & 1 == 1
    }
}
