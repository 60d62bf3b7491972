/// How a file writes days: letters for the parts, all else as it stands (spec/26 §4).
///
/// `YYYY` or `YY` (20YY), `MM` two digits or `M` one or two or `MMM` three English letters, `DD` or
/// `D`, `hh`, `mm`, `ss`, `f` one to nine digits, `Z` for `Z` or `±hh:mm` or `±hhmm`.
public struct DatePattern: Hashable, Sendable {
    enum Part: Hashable, Sendable {
        case year, shortYear, month, looseMonth, monthName, day, looseDay, hour, minute, second
        case fraction, zone
        case literal(UInt8)
    }

    /// The pattern as it is written.
    public let text: String
    let parts: [Part]

    /// The pattern of a text, or nil if a letter is unknown or year, month or day is missing or
    /// stands there twice.
    public init?(_ text: String) {
        var parts: [Part] = []
        var letters = Array(text.utf8)[...]
        while let letter = letters.first {
            let run = letters.prefix { $0 == letter }.count
            guard let part = Self.part(letter, run) else { return nil }
            if case .literal = part {
                letters.removeFirst()
            } else {
                letters.removeFirst(run)
            }
            parts.append(part)
        }
        for group in Self.groups {
            guard parts.filter({ group.parts.contains($0) }).count <= 1 else { return nil }
            guard !group.isDue || parts.contains(where: { group.parts.contains($0) }) else {
                return nil
            }
        }
        let hasMoment = parts.contains(.hour) && parts.contains(.minute)
        guard !parts.contains(.zone) || hasMoment else { return nil }
        self.text = text
        self.parts = parts
    }

    /// Whether the pattern holds a time of day and an offset from UTC, so that its day depends on
    /// where one stands.
    var hasZone: Bool { parts.contains(.zone) }
    /// Whether the pattern holds a time of day.
    var hasTime: Bool { parts.contains(.hour) }

    private static let groups: [(parts: [Part], isDue: Bool)] = [
        ([.year, .shortYear], true), ([.month, .looseMonth, .monthName], true),
        ([.day, .looseDay], true), ([.hour], false), ([.minute], false), ([.second], false),
        ([.fraction], false), ([.zone], false),
    ]

    private static func part(_ letter: UInt8, _ run: Int) -> Part? {
        switch (letter, run) {
        case (0x59, 4): .year
        case (0x59, 2): .shortYear
        case (0x4d, 3): .monthName
        case (0x4d, 2): .month
        case (0x4d, 1): .looseMonth
        case (0x44, 2): .day
        case (0x44, 1): .looseDay
        case (0x68, 2): .hour
        case (0x6d, 2): .minute
        case (0x73, 2): .second
        case (0x66, 1): .fraction
        case (0x5a, 1): .zone
        case (0x54, 1): .literal(letter)
        case (0x41...0x5a, _), (0x61...0x7a, _), (0x30...0x39, _): nil
        case (0x20...0x7e, _): .literal(letter)
        default: nil
        }
    }
}
