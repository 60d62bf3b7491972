/// A moment of the ledger, in whole milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// Its one text is RFC 3339 in UTC with exactly three fraction digits, `2026-11-22T10:15:30.123Z`
/// (spec/02 §3).
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since the epoch.
    public var milliseconds: Int64

    /// A moment so many milliseconds after the epoch.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The first moment that has a text: 0000-01-01T00:00:00.000Z.
    public static let earliest = Timestamp(milliseconds: -62_167_219_200_000)
    /// The last moment that has a text: 9999-12-31T23:59:59.999Z.
    public static let latest = Timestamp(milliseconds: 253_402_300_799_999)

    /// The moment of a text, or nil if it is not written in the one form.
    ///
    /// Seconds run from 00 to 59.
    public init?(_ text: some StringProtocol) {
        self.init(ascii: Array(text.utf8)[...])
    }

    /// The moment of an ASCII text, or nil if it is not written in the one form.
    public init?(ascii text: ArraySlice<UInt8>) {
        guard text.count == 24 else { return nil }
        let start = text.startIndex
        func number(_ from: Int, _ count: Int) -> Int? {
            var value = 0
            for index in start + from..<start + from + count {
                guard text[index] >= 0x30, text[index] <= 0x39 else { return nil }
                value = value * 10 + Int(text[index] - 0x30)
            }
            return value
        }
        for (offset, mark) in [
            (4, 0x2d), (7, 0x2d), (10, 0x54), (13, 0x3a), (16, 0x3a), (19, 0x2e), (23, 0x5a),
        ]
        where text[start + offset] != UInt8(mark) { return nil }
        guard let year = number(0, 4), let month = number(5, 2), let day = number(8, 2),
            let hour = number(11, 2), let minute = number(14, 2), let second = number(17, 2),
            let fraction = number(20, 3), hour < 24, minute < 60, second < 60,
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        let seconds = date.days * 86_400 + hour * 3_600 + minute * 60 + second
        milliseconds = Int64(seconds) * 1_000 + Int64(fraction)
    }

    /// The civil date that a clock shows which runs so many minutes ahead of UTC.
    public func date(utcOffsetMinutes: Int = 0) -> CivilDate {
        CivilDate(
            days: Int(
                (milliseconds + Int64(utcOffsetMinutes) * 60_000).floorDivided(by: 86_400_000)
            )
        )
    }

    /// The moment so many milliseconds later.
    public func advanced(byMilliseconds interval: Int64) -> Timestamp {
        Timestamp(milliseconds: milliseconds + interval)
    }

    /// Orders moments in time.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC with exactly three fraction digits.
    public var description: String {
        String(decoding: ascii, as: UTF8.self)
    }

    /// The text as ASCII, 24 characters; more for a moment that has no text of the one form.
    public var ascii: [UInt8] {
        let date = date()
        var rest = Int(milliseconds - Int64(date.days) * 86_400_000)
        var text = date.ascii
        for (mark, unit, width) in Self.parts {
            text.append(mark)
            let value = rest / unit
            rest -= value * unit
            if width == 3 { text.append(0x30 + UInt8(value / 100)) }
            text.append(0x30 + UInt8(value / 10 % 10))
            text.append(0x30 + UInt8(value % 10))
        }
        text.append(0x5a)
        return text
    }

    /// What stands before each part of the time of day, its unit in milliseconds, and its digits.
    private static let parts: [(mark: UInt8, unit: Int, width: Int)] = [
        (0x54, 3_600_000, 2), (0x3a, 60_000, 2), (0x3a, 1_000, 2), (0x2e, 1, 3),
    ]
}

extension Timestamp: Codable {
    /// Reads a moment from its text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let moment = Timestamp(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "a moment is written 2026-11-22T10:15:30.123Z"
            )
        }
        self = moment
    }

    /// Writes a moment as its text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
