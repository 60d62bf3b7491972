/// The id of a submission: a UUID of version 7 (RFC 9562 §5.7), whose first 48 bits are its time.
///
/// Its one text is lower case with hyphens, 36 characters (spec/02 §5). Ids are ordered as their
/// texts are.
public struct UUIDv7: Hashable, Comparable, Sendable {
    /// The 128 bits as one number, the first byte topmost.
    public let rawValue: UInt128

    /// The id of 128 bits, or nil unless the version is 7 and the variant 10.
    public init?(rawValue: UInt128) {
        guard rawValue >> 76 & 0xf == 7, rawValue >> 62 & 0b11 == 0b10 else { return nil }
        self.rawValue = rawValue
    }

    /// An id of a moment and 74 bits that the caller draws at random, or nil outside of 48 bits of
    /// milliseconds.
    ///
    /// The lowest 12 bits of `high` and the lowest 62 of `low` are used.
    public init?(timestamp: Timestamp, high: UInt16, low: UInt64) {
        guard (0..<1 << 48).contains(timestamp.milliseconds) else { return nil }
        let top = UInt64(timestamp.milliseconds) << 16 | 0x7000 | UInt64(high & 0xfff)
        rawValue = UInt128(top) << 64 | UInt128(1 << 63 | low & (1 << 62 - 1))
    }

    /// The id of a text, or nil if it is not written in the one form.
    public init?(_ text: some StringProtocol) {
        self.init(ascii: Array(text.utf8)[...])
    }

    /// The id of an ASCII text, or nil if it is not written in the one form.
    public init?(ascii text: ArraySlice<UInt8>) {
        guard text.count == 36 else { return nil }
        let text = text.span
        guard text[8] == 0x2d, text[13] == 0x2d, text[18] == 0x2d, text[23] == 0x2d else {
            return nil
        }
        var words: (high: UInt64, low: UInt64) = (0, 0)
        for position in 0..<36 {
            let digit: UInt8
            switch text[position] {
            case 0x30...0x39: digit = text[position] - 0x30
            case 0x61...0x66: digit = text[position] - 0x61 + 10
            case 0x2d where position == 8 || position == 13 || position == 18 || position == 23:
                continue
            default: return nil
            }
            words.high = words.high << 4 | words.low >> 60
            words.low = words.low << 4 | UInt64(digit)
        }
        self.init(rawValue: UInt128(words.high) << 64 | UInt128(words.low))
    }

    /// The moment that the id carries.
    public var timestamp: Timestamp {
        Timestamp(milliseconds: Int64(truncatingIfNeeded: rawValue >> 80))
    }

    /// Orders ids as their texts, hence by time first.
    public static func < (left: UUIDv7, right: UUIDv7) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension UUIDv7: CustomStringConvertible {
    /// The 36 characters.
    public var description: String {
        String(decoding: ascii, as: UTF8.self)
    }

    /// The 36 characters as ASCII.
    public var ascii: [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for digit in 0..<32 {
            if digit == 8 || digit == 12 || digit == 16 || digit == 20 { text.append(0x2d) }
            let value = UInt8(truncatingIfNeeded: rawValue >> UInt128(124 - 4 * digit)) & 0xf
            text.append(value < 10 ? 0x30 + value : 0x57 + value)
        }
        return text
    }
}

extension UUIDv7: Codable {
    /// Reads an id from its text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = UUIDv7(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "an id is a UUID of version 7 in 36 lower-case characters"
            )
        }
        self = id
    }

    /// Writes an id as its text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
