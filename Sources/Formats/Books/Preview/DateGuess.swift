/// How some days are written, as far as they show it.
struct DateGuess {
    /// The pattern, or nil when the days fit none, or several that give other days.
    private(set) var pattern: DatePattern?
    /// Whether all of them are days of some pattern.
    private(set) var isDate = false
    private(set) var reason = "there is no day"

    private static let patterns = [
        "YYYY-MM-DD", "YYYYMMDD", "YYYY/MM/DD", "DD.MM.YYYY", "DD.MM.YY", "D.M.YYYY", "D.M.YY",
        "DD/MM/YYYY", "MM/DD/YYYY", "DD/MM/YY", "MM/DD/YY", "D/M/YYYY", "M/D/YYYY", "DD-MM-YYYY",
        "MM-DD-YYYY", "DD-MMM-YYYY", "D-MMM-YYYY", "DD MMM YYYY", "D MMM YYYY",
        "YYYY-MM-DDThh:mm:ssZ", "YYYY-MM-DDThh:mm:ss.fZ", "YYYY-MM-DDThh:mm:ss",
        "YYYY-MM-DD hh:mm:ss", "YYYY-MM-DD hh:mm", "DD.MM.YYYY hh:mm", "DD.MM.YYYY hh:mm:ss",
        "DD/MM/YYYY hh:mm", "MM/DD/YYYY hh:mm",
    ].compactMap { DatePattern($0) }

    init(_ values: [String]) {
        guard !values.isEmpty else { return }
        let fitting = Self.patterns.filter { pattern in
            values.allSatisfy { Self.day($0, pattern) != nil }
        }
        guard let first = fitting.first else {
            reason = "How are days written? No known pattern reads \"\(values[0])\" and all others."
            return
        }
        isDate = true
        let other = fitting.first { pattern in
            values.contains { Self.day($0, pattern) != Self.day($0, first) }
        }
        guard let other else {
            pattern = first
            reason = "it reads all \(values.count) days, and no other pattern reads them otherwise"
            return
        }
        let example = values.first { Self.day($0, other) != Self.day($0, first) } ?? ""
        reason =
            "Is \"\(example)\" \(first.text) or \(other.text)? Both read all days of the sample, "
            + "and give other days."
    }

    private static func day(_ text: String, _ pattern: DatePattern) -> Int32? {
        let bytes = Array(text.utf8)
        let reading = DateReading(pattern, utcOffsetMinutes: 0, dayOffsetMinutes: 0)
        return try? reading.day(bytes, 0, bytes.count)
    }
}
