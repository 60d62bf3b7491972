internal import Signing

/// Reads days by a pattern (spec/26 §4).
struct DateReading {
    let parts: [DatePattern.Part]
    /// Minutes to add to a time of the file for the time whose day counts.
    let shiftMinutes: Int
    /// Minutes to add to a time of UTC for it.
    let dayOffsetMinutes: Int

    init(_ pattern: DatePattern, utcOffsetMinutes: Int, dayOffsetMinutes: Int) {
        parts = pattern.parts
        shiftMinutes = pattern.hasTime ? dayOffsetMinutes - utcOffsetMinutes : 0
        self.dayOffsetMinutes = dayOffsetMinutes
    }

    /// What was read of a text so far.
    private struct Clock {
        var year = 0
        var month = 0
        var day = 0
        var minutes = 0
        var second = 0
        var zone: Int?
    }

    /// The day of a range in days since 1970-01-01.
    func day(_ bytes: [UInt8], _ start: Int, _ end: Int) throws(CellFault) -> Int32 {
        var offset = start
        var clock = Clock()
        for part in parts { try read(part, bytes, &offset, end, &clock) }
        guard offset == end else { throw CellFault(kind: .date, offset: offset) }
        guard clock.second < 61, clock.year > 0,
            let date = CivilDate(year: clock.year, month: clock.month, day: clock.day)
        else { throw CellFault(kind: .noDay) }
        let shift = clock.zone.map { dayOffsetMinutes - $0 } ?? shiftMinutes
        let minutes = clock.minutes + shift
        let carried = minutes >= 0 ? minutes / 1_440 : (minutes - 1_439) / 1_440
        return Int32(date.days + carried)
    }

    private func read(
        _ part: DatePattern.Part,
        _ bytes: [UInt8],
        _ offset: inout Int,
        _ end: Int,
        _ clock: inout Clock
    ) throws(CellFault) {
        switch part {
        case .year: clock.year = try number(bytes, &offset, end, 4...4)
        case .shortYear: clock.year = 2_000 + (try number(bytes, &offset, end, 2...2))
        case .month: clock.month = try number(bytes, &offset, end, 2...2)
        case .looseMonth: clock.month = try number(bytes, &offset, end, 1...2)
        case .monthName: clock.month = try monthName(bytes, &offset, end)
        case .day: clock.day = try number(bytes, &offset, end, 2...2)
        case .looseDay: clock.day = try number(bytes, &offset, end, 1...2)
        case .hour:
            let hour = try number(bytes, &offset, end, 2...2)
            guard hour < 24 else { throw CellFault(kind: .noDay) }
            clock.minutes += hour * 60
        case .minute:
            let minute = try number(bytes, &offset, end, 2...2)
            guard minute < 60 else { throw CellFault(kind: .noDay) }
            clock.minutes += minute
        case .second: clock.second = try number(bytes, &offset, end, 2...2)
        case .fraction: _ = try number(bytes, &offset, end, 1...9)
        case .zone: clock.zone = try zone(bytes, &offset, end)
        case .literal(let byte):
            guard offset < end, bytes[offset] == byte else {
                throw CellFault(kind: .date, offset: offset)
            }
            offset += 1
        }
    }

    private func number(
        _ bytes: [UInt8],
        _ offset: inout Int,
        _ end: Int,
        _ count: ClosedRange<Int>
    ) throws(CellFault) -> Int {
        let start = offset
        var value = 0
        while offset < end, offset - start < count.upperBound, bytes[offset] &- 0x30 < 10 {
            value = value * 10 + Int(bytes[offset] - 0x30)
            offset += 1
        }
        guard offset - start >= count.lowerBound else {
            throw CellFault(kind: .date, offset: start)
        }
        return value
    }

    private static let months: [[UInt8]] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ].map { Array($0.utf8) }

    private func monthName(
        _ bytes: [UInt8],
        _ offset: inout Int,
        _ end: Int
    ) throws(CellFault) -> Int {
        guard offset + 3 <= end else { throw CellFault(kind: .date, offset: offset) }
        let letters = bytes[offset..<offset + 3].map { $0 | 0x20 }
        guard let month = Self.months.firstIndex(of: letters) else {
            throw CellFault(kind: .date, offset: offset)
        }
        offset += 3
        return month + 1
    }

    private func zone(
        _ bytes: [UInt8],
        _ offset: inout Int,
        _ end: Int
    ) throws(CellFault) -> Int {
        let fault = CellFault(kind: .date, offset: offset)
        guard offset < end else { throw fault }
        let first = bytes[offset]
        offset += 1
        if first == 0x5a { return 0 }
        guard first == 0x2b || first == 0x2d else { throw fault }
        let hours = try number(bytes, &offset, end, 2...2)
        if offset < end, bytes[offset] == 0x3a { offset += 1 }
        let minutes = try number(bytes, &offset, end, 2...2)
        guard hours <= 14, minutes < 60 else { throw fault }
        return (first == 0x2d ? -1 : 1) * (hours * 60 + minutes)
    }
}
