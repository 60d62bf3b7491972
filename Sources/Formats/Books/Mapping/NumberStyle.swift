/// How a file writes numbers (spec/26 §4).
public struct NumberStyle: Hashable, Sendable {
    /// Where the sign stands.
    public enum Sign: String, Hashable, Sendable, CaseIterable {
        /// Before the number: `-12`.
        case leading
        /// Behind the number: `12-`.
        case trailing
        /// Parentheses are negative: `(12)`.
        case parentheses
    }

    /// The mark before decimals: `.` or `,`.
    public var decimal: UInt8
    /// The mark between groups of three digits, or an empty text.
    public var thousands: String
    /// Where the sign stands.
    public var sign: Sign

    /// A style; the default is `-1234.5`.
    public init(decimal: UInt8 = 0x2e, thousands: String = "", sign: Sign = .leading) {
        self.decimal = decimal
        self.thousands = thousands
        self.sign = sign
    }

    /// The marks that may stand between groups.
    static let thousandsMarks = ["", ".", ",", "'", " ", "\u{a0}", "\u{202f}", "\u{2019}"]
}
