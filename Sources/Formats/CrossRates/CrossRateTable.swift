public import Money

public import Signing

/// The official cross-rate table of a night: what a point of each programme is worth in points of
/// each other one, exactly and to six digits (S-47).
///
/// A rate is value(base) / value(quoted): points of the quoted programme for one of the base.
public struct CrossRateTable: Hashable, Sendable {
    /// The fixed value of a programme's point.
    public struct Value: Hashable, Sendable {
        /// The programme: `partner/programme`.
        public var program: String
        /// Minor units of the table's currency for one point, positive.
        public var value: Quotient
        /// The value of the night before, or nil.
        public var yesterday: Quotient?
        /// The rule that fixed it, by its name.
        public var rule: String
        /// What the value was taken from: `publication`, an entry, a pair.
        public var sources: [Source]

        /// A value.
        public init(
            program: String,
            value: Quotient,
            yesterday: Quotient? = nil,
            rule: String,
            sources: [Source]
        ) {
            self.program = program
            self.value = value
            self.yesterday = yesterday
            self.rule = rule
            self.sources = sources
        }
    }

    /// What a value was taken from, with its weight.
    public struct Source: Hashable, Sendable {
        /// The name of the source: an entry, a pair, a publication.
        public var name: String
        /// Its share of the value.
        public var weight: Quotient

        /// A source.
        public init(name: String, weight: Quotient) {
            self.name = name
            self.weight = weight
        }
    }

    /// One pair.
    public struct Pair: Hashable, Sendable {
        /// The programme of which one point is valued.
        public let base: String
        /// The programme in whose points it is valued.
        public let quoted: String
        /// The rate.
        public let rate: Quotient
        /// The rate of the night before, or nil where a value is missing.
        public let yesterday: Quotient?
    }

    /// The id of the ledger.
    public var ledger: Digest
    /// The fixing, to whose text the values are bound (spec/24 §4).
    public var fixing: Digest
    /// The window whose transfers the rates were fixed after.
    public var window: UInt64
    /// The day of the fixing.
    public var date: CivilDate
    /// The currency that values are compared in.
    public var currency: Currency
    /// The values, in the order of the names.
    public var values: [Value]

    /// A table; values are put in the order of their names.
    public init(
        ledger: Digest,
        fixing: Digest,
        window: UInt64,
        date: CivilDate,
        currency: Currency,
        values: [Value]
    ) {
        self.ledger = ledger
        self.fixing = fixing
        self.window = window
        self.date = date
        self.currency = currency
        self.values = values.sorted { $0.program < $1.program }
    }

    /// The pair of two programmes, or nil if its exact rate needs more than 127 bits or a value is
    /// not positive.
    public func pair(_ base: Value, _ quoted: Value) -> Pair? {
        guard let rate = Self.ratio(base.value, quoted.value) else { return nil }
        var yesterday: Quotient?
        if let before = base.yesterday, let other = quoted.yesterday {
            yesterday = Self.ratio(before, other)
        }
        return Pair(
            base: base.program,
            quoted: quoted.program,
            rate: rate,
            yesterday: yesterday
        )
    }

    private static func ratio(_ above: Quotient, _ below: Quotient) -> Quotient? {
        guard above.numerator > 0, below.numerator > 0 else { return nil }
        do throws(QuotientError) {
            return try above.divided(by: below)
        } catch {
            return nil
        }
    }

    /// A positive rate to six significant digits, half-even, as plain text: `0.724490`, `12345.7`,
    /// `1234570`; nil when it is not from 10^−15 to 10^15.
    public static func sixDigits(_ rate: Quotient) -> String? {
        guard let least = Quotient(1, 1_000_000_000_000_000), rate >= least,
            rate <= Quotient(1_000_000_000_000_000)
        else { return nil }
        var places = -9
        while places <= 20 {
            let power = PlainDecimal.powerOfTen(Int(places.magnitude))
            let scaled =
                places >= 0
                ? Quotient.scaled(power, by: rate, rounding: .halfEven)
                : Quotient.scaled(1, by: rate, over: power, rounding: .halfEven)
            guard let scaled else { return nil }
            // The first place at which six digits stand is the one to round at.
            if scaled >= 100_000 {
                return places >= 0
                    ? PlainDecimal.text(scaled, scale: places) : String(scaled * power)
            }
            places += 1
        }
        return nil
    }
}
