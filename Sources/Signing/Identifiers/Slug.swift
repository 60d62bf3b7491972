/// The name of a partner, an operator, an auditor or, within a partner, a programme: `nordwind`
/// (spec/02 §6).
///
/// 1 to 64 characters of `a-z`, `0-9` and `-`, where the first is no hyphen and the last is none.
public struct Slug: Hashable, Comparable, Sendable {
    /// The text.
    public let text: String

    /// The slug of a text, or nil if it is none.
    public init?(_ text: some StringProtocol) {
        guard Self.isValid(text.utf8) else { return nil }
        self.text = String(text)
    }

    /// The slug of an ASCII text, or nil if it is none.
    public init?(ascii text: ArraySlice<UInt8>) {
        guard Self.isValid(text) else { return nil }
        self.text = String(decoding: text, as: UTF8.self)
    }

    /// Whether some bytes are the text of a slug.
    ///
    /// Complexity: O(n).
    @inlinable
    public static func isValid(_ text: some Collection<UInt8>) -> Bool {
        var count = 0
        var last: UInt8 = 0x2d
        for byte in text {
            switch byte {
            case 0x61...0x7a, 0x30...0x39: break
            case 0x2d where count > 0: break
            default: return false
            }
            last = byte
            count += 1
        }
        return last != 0x2d && count <= SigningLimits.slugByteCount
    }

    /// Orders slugs bytewise.
    ///
    public static func < (left: Slug, right: Slug) -> Bool {
        left.text < right.text
    }
}

extension Slug: CustomStringConvertible {
    /// The text.
    public var description: String { text }
}

extension Slug: Codable {
    /// Reads a slug from its text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let slug = Slug(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "a name is 1 to 64 of a-z, 0-9 and inner hyphens"
            )
        }
        self = slug
    }

    /// Writes a slug as its text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
