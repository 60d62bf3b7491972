/// A moment of the ledger, in whole milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// Its one text is RFC 3339 in UTC with exactly three fraction digits, `2026-11-22T10:15:30.123Z` (spec/02 §4).
public struct Timestamp: Hashable, Comparable, Sendable, Codable {
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
        let date = date()
        let rest = Int(milliseconds - Int64(date.days) * 86_400_000)
        func pad(_ value: Int, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(date)T\(pad(rest / 3_600_000, 2)):\(pad(rest / 60_000 % 60, 2))"
            + ":\(pad(rest / 1_000 % 60, 2)).\(pad(rest % 1_000, 3))Z"
    }
}

/// A day of the proleptic Gregorian calendar, in whole days since 1970-01-01.
public struct CivilDate: Hashable, Comparable, Sendable, Codable {
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
    public var description: String {
        let (year, month, day) = parts
        let padded = String(10_000 + year).dropFirst()
        return "\(padded)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
}

extension BinaryInteger {
    /// The quotient rounded toward −∞.
    func floorDivided(by divisor: Self) -> Self {
        let quotient = self / divisor
        return self % divisor != 0 && (self < 0) != (divisor < 0) ? quotient - 1 : quotient
    }
}
