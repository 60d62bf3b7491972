/// How some numbers are written, as far as they show it.
struct NumberGuess {
    /// The style, or nil when the numbers fit none, or several with different values.
    private(set) var style: NumberStyle?
    /// Whether all of them are numbers of some style.
    private(set) var isNumber = false
    /// Whether one of them has a minus.
    private(set) var hasMinus = false
    private(set) var reason = "no number has a mark"
    private(set) var questions: [String] = []

    /// Styles in the order of preference among those that read the same.
    private static let styles: [NumberStyle] = {
        let marks: [(UInt8, String)] = [
            (0x2e, ""), (0x2c, ""), (0x2c, "."), (0x2e, ","), (0x2e, "'"), (0x2c, "'"),
            (0x2e, " "), (0x2c, " "), (0x2c, "\u{a0}"), (0x2e, "\u{a0}"), (0x2c, "\u{202f}"),
            (0x2e, "\u{202f}"), (0x2e, "\u{2019}"), (0x2c, "\u{2019}"),
        ]
        return NumberStyle.Sign.allCases.flatMap { sign in
            marks.map { NumberStyle(decimal: $0.0, thousands: $0.1, sign: sign) }
        }
    }()

    /// The text of the style.
    var text: String {
        guard let style else { return "unknown" }
        let decimal = String(Unicode.Scalar(style.decimal))
        return
            "decimal \"\(decimal)\", thousands \"\(style.thousands)\", sign \(style.sign.rawValue)"
    }

    init(_ values: [String]) {
        guard !values.isEmpty else { return }
        hasMinus = values.contains { $0.contains("-") || $0.contains("(") }
        let fitting = Self.styles.filter { style in
            values.allSatisfy { Self.read($0, style) != nil }
        }
        guard let first = fitting.first else {
            reason = "no one style reads all numbers"
            questions.append("How are numbers written? No one style reads all of them.")
            return
        }
        isNumber = true
        let different = fitting.first { style in
            values.contains { Self.read($0, style) != Self.read($0, first) }
        }
        guard let different else {
            style = first
            reason = "it reads all \(values.count) numbers, and no other style reads them otherwise"
            return
        }
        let example = values.first { Self.read($0, different) != Self.read($0, first) } ?? ""
        reason = "\"\(example)\" can be read in two ways"
        questions.append(
            "Is the mark in \"\(example)\" before decimals, or between groups of three digits?"
        )
    }

    /// The most decimal places that the numbers have under the style, without zeros at their ends.
    func scale(of values: [String]) -> Int {
        guard let style else { return 0 }
        let places = values.map { value in
            (0...BookLimits.scale).first { Self.read(value, style, scale: $0) != nil } ?? 0
        }
        return places.max() ?? 0
    }

    /// The value in units of 10^−8, or nil.
    private static func read(_ text: String, _ style: NumberStyle, scale: Int = 8) -> Int64? {
        let reading = NumberReading(
            decimal: style.decimal,
            thousands: Array(style.thousands.utf8),
            sign: style.sign
        )
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty else { return nil }
        return try? reading.units(bytes, 0, bytes.count, scale: scale)
    }
}
