public import Money

/// What a unit of one program is worth in units of another (S-47).
public struct CrossRate: Hashable, Sendable {
    /// By which rule both values were found.
    public let rule: ValueRule
    /// The program of which one unit is valued.
    public let from: String
    /// The program in whose units.
    public let to: String
    /// The rate, exactly.
    public let exact: Quotient
    /// The rate of the fixing before, or nil if it had none.
    public let yesterday: Quotient?

    /// The rate to 6 digits after the point, half-even: `0.333333`.
    public var text: String { Self.text(exact) }

    /// The rate of the fixing before to 6 digits, or nil.
    public var yesterdayText: String? { yesterday.map(Self.text) }

    private static func text(_ rate: Quotient) -> String {
        let millionths =
            Quotient.scaled(1_000_000, by: rate, rounding: .halfEven) ?? rate.rounded(.halfEven)
        let digits = String(millionths)
        let padded = String(repeating: "0", count: max(0, 7 - digits.count)) + digits
        return padded.dropLast(6) + "." + padded.suffix(6)
    }
}

/// The official table of a night: cross rates of all ordered pairs of programs (spec/24 §6).
public struct CrossRateTable: Sendable {
    /// The values of this fixing, in the order of their programs.
    public let values: [ProgramValues]
    private let before: [String: ProgramValues]

    /// The table of the values of one fixing and of the one before it.
    public init(_ values: [ProgramValues], yesterday: [ProgramValues]) {
        self.values = values
        var before: [String: ProgramValues] = [:]
        for line in yesterday { before[line.program] = line }
        self.before = before
    }

    /// All rates by a rule, in the order of their programs.
    ///
    /// Complexity: O(programs²).
    public func rates(by rule: ValueRule) -> [CrossRate] {
        values.flatMap { rates(of: $0, by: rule) }
    }

    /// The rates of one program against all others by a rule, in the order of those.
    ///
    /// Complexity: O(programs).
    public func rates(of from: ProgramValues, by rule: ValueRule) -> [CrossRate] {
        values.compactMap { to in
            guard to.program != from.program, let exact = Self.cross(from, to, rule) else {
                return nil
            }
            return CrossRate(
                rule: rule,
                from: from.program,
                to: to.program,
                exact: exact,
                yesterday: before[from.program].flatMap { one in
                    before[to.program].flatMap { Self.cross(one, $0, rule) }
                }
            )
        }
    }

    private static func cross(
        _ from: ProgramValues,
        _ to: ProgramValues,
        _ rule: ValueRule
    ) -> Quotient? {
        guard let one = from[rule], let other = to[rule] else { return nil }
        return Quotient(Int128(one.millionths), Int128(other.millionths))
    }
}
