/// A day of the proleptic Gregorian calendar, in whole days since 1970-01-01.
public struct CivilDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    public var days: Int

    /// The day so many days after 1970-01-01.
    public init(days: Int) {
        self.days = days
    }

    /// The day of a year, month and day of month, or nil if there is none.
    public init?(year: Int, month: Int, day: Int) {
        guard (0...9_999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted.floorDivided(by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        days = era * 146_097 + dayOfEra - 719_468
        guard self.parts == (year, month, day) else { return nil }
    }

    /// The day of a text `2026-11-22`, or nil if it is not written so.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == 10, let moment = Timestamp("\(text)T00:00:00.000Z") else {
            return nil
        }
        self = moment.date()
    }

    /// Year, month 1–12, and day of the month 1–31.
    public var parts: (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        return (
            year: yearOfEra + era * 400 + (month >= 10 ? 1 : 0),
            month: month < 10 ? month + 3 : month - 9,
            day: dayOfYear - (153 * month + 2) / 5 + 1
        )
    }

    /// Orders days in time.
    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        left.days < right.days
    }
}

extension CivilDate: CustomStringConvertible {
    /// The day as `2026-11-22`.
    public var description: String { String(decoding: ascii, as: UTF8.self) }

    /// The day as ASCII, with room for a time behind it.
    var ascii: [UInt8] {
        let (year, month, day) = parts
        var text: [UInt8] = []
        text.reserveCapacity(24)
        if (0...9_999).contains(year) {
            for unit in [1_000, 100, 10, 1] { text.append(0x30 + UInt8(year / unit % 10)) }
        } else {
            // A year beyond four digits has no text of the one form; nothing parses this one.
            text.append(contentsOf: String(year).utf8)
        }
        for value in [month, day] {
            text.append(0x2d)
            text.append(0x30 + UInt8(value / 10))
            text.append(0x30 + UInt8(value % 10))
        }
        return text
    }
}

extension CivilDate: Codable {
    /// Reads a day from its text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let date = CivilDate(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "a day is written 2026-11-22"
            )
        }
        self = date
    }

    /// Writes a day as its text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension BinaryInteger {
    /// The quotient rounded toward −∞.
    func floorDivided(by divisor: Self) -> Self {
        let quotient = self / divisor
        return self % divisor != 0 && (self < 0) != (divisor < 0) ? quotient - 1 : quotient
    }
}
