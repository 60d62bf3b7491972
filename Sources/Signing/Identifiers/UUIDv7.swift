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
        var value: UInt128 = 0
        for (position, byte) in text.enumerated() {
            switch (position, byte) {
            case (8, _), (13, _), (18, _), (23, _):
                guard byte == 0x2d else { return nil }
            case (_, 0x30...0x39): value = value << 4 | UInt128(byte - 0x30)
            case (_, 0x61...0x66): value = value << 4 | UInt128(byte - 0x61 + 10)
            default: return nil
            }
        }
        self.init(rawValue: value)
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
