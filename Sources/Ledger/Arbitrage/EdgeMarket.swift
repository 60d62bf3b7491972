internal import Money
public import Settlement

/// What units of programmes are worth, for fees and for ratios that the network fixes.
public struct EdgeMarket: Sendable {
    private var worths: [String: UnitWorth]

    /// A market where nothing has a known worth.
    public init() {
        worths = [:]
    }

    /// A market of known worths, by programme id.
    public init(_ worths: [String: UnitWorth]) {
        self.worths = worths
    }

    /// What a unit of a programme or a currency is worth; nil when unknown.
    public func worth(of side: String) -> UnitWorth? {
        if let worth = worths[side] { return worth }
        return Currency(side).map { UnitWorth(currency: $0, rate: .one) }
    }

    /// The rate of a fixing at these worths, as the bounds of the terms allow it: the cross rate
    /// less the spread (S-45); without both worths the ceiling, as the best possible.
    func rate(
        _ fixing: Fixing,
        from: String,
        to: String
    ) -> (numerator: Int64, denominator: Int64, isAssumed: Bool) {
        let ceiling = (fixing.ceiling.numerator, fixing.ceiling.denominator)
        guard let left = worth(of: from), let right = worth(of: to),
            left.currency == right.currency
        else { return (ceiling.0, ceiling.1, true) }
        var exact = ExactRatio(Int128(left.rate.numerator), Int128(left.rate.denominator))
        exact = exact / ExactRatio(Int128(right.rate.numerator), Int128(right.rate.denominator))
        let kept = fixing.spread.denominator - fixing.spread.numerator
        exact = exact * ExactRatio(Int128(kept), Int128(fixing.spread.denominator))
        let floor = ExactRatio(Int128(fixing.floor.numerator), Int128(fixing.floor.denominator))
        exact = min(max(exact, floor), ExactRatio(Int128(ceiling.0), Int128(ceiling.1)))
        if let parts = exact.parts, parts.numerator <= 1 << 60, parts.denominator <= 1 << 60 {
            return (Int64(parts.numerator), Int64(parts.denominator), false)
        }
        // Up to the next billionth: never less than the true rate.
        let billion: Int64 = 1_000_000_000
        let whole = (exact * ExactRatio(Int128(billion), 1)).wholePart ?? 0
        return (Int64(clamping: min(whole, 1 << 59)) + 1, billion, false)
    }
}
