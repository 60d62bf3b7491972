public import Money

/// What one agreement makes of units at one moment: the input of the arbitrage check (spec/23 §2).
///
/// Units of a side that is a currency are its minor units.
public struct EdgeTerms: Hashable, Sendable {
    /// How base units follow from an amount.
    public enum Conversion: Hashable, Sendable {
        /// Units of the target per unit of the source, both parts positive.
        case ratio(numerator: Int64, denominator: Int64)
        /// A schedule, amounts rising; cumulative or the last one reached.
        case steps([Step], isCumulative: Bool)
    }

    /// Credit from an amount on.
    public struct Step: Hashable, Sendable {
        let amount: Int64
        let credit: Int64

        /// A step, both parts at least 1.
        public init(amount: Int64, credit: Int64) {
            self.amount = amount
            self.credit = credit
        }
    }

    /// What happens to a rest that buys no whole unit (spec/10 §1).
    public enum Rest: String, Hashable, Sendable { case keepRest, exact, consumeAll }

    /// The side on which something is measured.
    public enum Side: String, Hashable, Sendable { case source, target }

    /// Further units (spec/10 §2).
    public struct Bonus: Hashable, Sendable {
        /// How the units follow.
        public enum Kind: Hashable, Sendable {
            /// So many for each full block of the threshold.
            case perBlock(Int64)
            /// A share of the base credit.
            case percentOfBase(Rate)
            /// So many, once for each member.
            case once(Int64)
        }

        let kind: Kind
        let threshold: Int64
        let measure: Side
        let isExclusive: Bool

        /// A bonus; the threshold of `perBlock` is at least 1.
        public init(_ kind: Kind, threshold: Int64, measure: Side, isExclusive: Bool) {
            self.kind = kind
            self.threshold = threshold
            self.measure = measure
            self.isExclusive = isExclusive
        }

        var isOnce: Bool {
            if case .once = kind { true } else { false }
        }
    }

    /// A cap (spec/09 §6): debit at the source, credit and bonus at the target.
    public struct Cap: Hashable, Sendable {
        /// Units.
        public let amount: Int64
        /// Which units.
        public let unit: Side
        /// In words: `transaction`, `calendarYear`, `30 days`.
        public let period: String
        /// Whose use adds up: `member`, `product` or `pair`.
        public let subject: String

        /// A cap.
        public init(amount: Int64, unit: Side, period: String, subject: String) {
            self.amount = amount
            self.unit = unit
            self.period = period
            self.subject = subject
        }

        var isPerItem: Bool { period == "transaction" }
    }

    /// A fee that the member pays for each item, and what a unit is worth in its currency.
    public struct Fee: Hashable, Sendable {
        let fixed: Int64
        let perUnit: Rate?
        let cap: Int64?
        let rounding: Rounding
        let side: Side
        let value: Rate

        /// A fee: `fixed` minor units, or `perUnit` of the amount up to `cap`; a unit of `side` is
        /// worth `value` minor units.
        public init(
            fixed: Int64,
            perUnit: Rate?,
            cap: Int64?,
            rounding: Rounding,
            side: Side,
            value: Rate
        ) {
            self.fixed = fixed
            self.perUnit = perUnit
            self.cap = cap
            self.rounding = rounding
            self.side = side
            self.value = value
        }
    }

    /// What people know the agreement by, and what decides between equals.
    public let id: String
    /// The source: a programme or a currency.
    public let from: String
    /// The target: a programme or a currency.
    public let to: String
    /// The conversion.
    public let conversion: Conversion
    /// What happens to a rest.
    public let rest: Rest
    /// The least amount.
    public let minimum: Int64
    /// Amounts are the minimum plus a multiple of it.
    public let increment: Int64
    /// Bonuses that are open.
    public let bonuses: [Bonus]
    /// Caps of an item and of a period.
    public let caps: [Cap]
    /// At most one fee that is counted.
    public let fee: Fee?
    /// What bounds or qualifies it and is not computed with: a tier, a channel, a budget.
    public let remarks: [String]

    /// The largest number of units of an item: 2^53 − 1 (spec/10 §2).
    public static let limit: Int64 = 9_007_199_254_740_991

    /// Terms; nil when a part is out of range.
    public init?(
        id: String,
        from: String,
        to: String,
        conversion: Conversion,
        rest: Rest = .keepRest,
        minimum: Int64 = 1,
        increment: Int64 = 1,
        bonuses: [Bonus] = [],
        caps: [Cap] = [],
        fee: Fee? = nil,
        remarks: [String] = []
    ) {
        self.id = id
        self.from = from
        self.to = to
        self.conversion = conversion
        self.rest = rest
        self.minimum = minimum
        self.increment = increment
        self.bonuses = bonuses
        self.caps = caps
        self.fee = fee
        self.remarks = remarks
        guard (1...Self.limit).contains(minimum), (1...Self.limit).contains(increment),
            isConversionSound, bonuses.allSatisfy(Self.isSound),
            caps.allSatisfy({ (0...Self.limit).contains($0.amount) })
        else { return nil }
    }

    private var isConversionSound: Bool {
        switch conversion {
        case .ratio(let numerator, let denominator):
            return (1...1 << 60).contains(numerator) && (1...1 << 60).contains(denominator)
        case .steps(let steps, _):
            let rise = zip(steps, steps.dropFirst()).allSatisfy { $0.amount < $1.amount }
            return rise && !steps.isEmpty
                && steps.allSatisfy {
                    (1...Self.limit).contains($0.amount) && (1...Self.limit).contains($0.credit)
                }
        }
    }

    private static func isSound(_ bonus: Bonus) -> Bool {
        guard (0...limit).contains(bonus.threshold) else { return false }
        switch bonus.kind {
        case .perBlock(let units): return bonus.threshold >= 1 && (1...limit).contains(units)
        case .percentOfBase: return true
        case .once(let units): return (1...limit).contains(units)
        }
    }
}
