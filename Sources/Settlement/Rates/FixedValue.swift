public import Money

/// What one unit of a program is worth by one rule in a fixing, and from what: a line of the
/// official cross-rate table (S-47, spec/24 §6).
public struct FixedValue: Hashable, Sendable {
    /// What a value was taken from, with its weight.
    public struct Source: Hashable, Sendable {
        /// A publication, a night, or the terms hash of a trade.
        public let name: String
        /// Its share of the value; all shares sum to 1.
        public let weight: Quotient

        /// A source.
        public init(name: String, weight: Quotient) {
            self.name = name
            self.weight = weight
        }
    }

    /// The program id.
    public let program: String
    /// The rule.
    public let rule: ValueRule
    /// Minor units of the numeraire for one unit.
    public let value: Quotient
    /// The same in the fixing before, or nil.
    public let yesterday: Quotient?
    /// What it follows from.
    public let sources: [Source]

    /// A value.
    public init(
        program: String,
        rule: ValueRule,
        value: Quotient,
        yesterday: Quotient?,
        sources: [Source]
    ) {
        self.program = program
        self.rule = rule
        self.value = value
        self.yesterday = yesterday
        self.sources = sources
    }

    /// Units of another program for one of this, exactly.
    ///
    /// It is nil only where the other value is 0 or parts pass 127 bits, which values of a fixing
    /// never do.
    public func crossRate(in other: FixedValue) -> Quotient? {
        do { return try value.divided(by: other.value) } catch { return nil }
    }
}
