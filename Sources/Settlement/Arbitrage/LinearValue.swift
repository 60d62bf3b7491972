internal import Money

/// Edges whose value needs no search: a ratio without fee, item cap, source blocks and once-bonus.
///
/// Credit is then a function of the base credit b, at most b × (1 + shares), and the debit is at
/// least b over the ratio. So the value is ratio × (1 + shares), with the best exclusive share. It
/// is reached where no rounding loses anything, and else approached (spec/23 §2).
struct LinearValue {
    private let terms: EdgeTerms
    private let bonuses: [EdgeTerms.Bonus]
    private let numerator: Int128
    private let denominator: Int128

    /// Nil when the terms are not of this form.
    init?(_ terms: EdgeTerms, withOnce: Bool) {
        guard case .ratio(let numerator, let denominator) = terms.conversion, terms.fee == nil,
            !terms.caps.contains(where: \.isPerItem)
        else { return nil }
        let divisor = Int128.greatestCommonDivisor(Int128(numerator), Int128(denominator))
        self.terms = terms
        self.numerator = Int128(numerator) / divisor
        self.denominator = Int128(denominator) / divisor
        var open: [EdgeTerms.Bonus] = []
        var best: (bonus: EdgeTerms.Bonus, share: ExactRatio)?
        for bonus in terms.bonuses where withOnce || !bonus.isOnce {
            guard let share = Self.share(bonus) else { return nil }
            if !bonus.isExclusive {
                open.append(bonus)
            } else if best.map({ $0.share < share }) ?? true {
                best = (bonus, share)
            }
        }
        bonuses = open + (best.map { [$0.bonus] } ?? [])
    }

    /// Bonus units per base unit, or nil when they do not depend on the base alone.
    private static func share(_ bonus: EdgeTerms.Bonus) -> ExactRatio? {
        switch bonus.kind {
        case .perBlock(let units):
            bonus.measure == .target ? ExactRatio(Int128(units), Int128(bonus.threshold)) : nil
        case .percentOfBase(let percent):
            ExactRatio(Int128(percent.numerator), Int128(percent.denominator))
        case .once: nil
        }
    }

    /// The value, or nil when thresholds or limits come in the way.
    var value: EdgeValue? {
        guard let least = threshold else { return nil }
        var ratio = ExactRatio.one
        for bonus in bonuses { ratio = ratio + (Self.share(bonus) ?? .zero) }
        ratio = ratio * ExactRatio(numerator, denominator)
        guard let period = basePeriod else {
            return EdgeValue(ratio: ratio, attainment: .approached)
        }
        let grid = AmountGrid(minimum: terms.minimum, increment: terms.increment)
        let amount =
            terms.rest == .keepRest
            ? lossless(grid, least, period) : aligned(grid, least, period)
        if terms.rest == .exact, amount == nil { return nil }
        let attainment = amount.map { EdgeValue.Attainment.reached(at: $0) } ?? .approached
        return EdgeValue(ratio: ratio, attainment: attainment)
    }

    /// The amount from which all of the bonuses are open; nil when it is no plain amount.
    private var threshold: Int64? {
        var least = Int128(terms.minimum)
        for bonus in bonuses {
            let threshold = Int128(bonus.threshold)
            let amount =
                bonus.measure == .source
                ? threshold
                : (threshold * denominator).divided(by: numerator, rounding: .ceiling)
            least = max(least, amount)
        }
        guard least <= 1 << 50, terms.increment <= 1 << 50 else { return nil }
        let grid = AmountGrid(minimum: terms.minimum, increment: terms.increment)
        let amount = grid.amount(at: grid.place(atLeast: Int64(least)))
        let start = max(Int128(amount), denominator.divided(by: numerator, rounding: .ceiling))
        guard start <= 1 << 52, terms.gross(Int64(start), withOnce: false) != nil else {
            return nil
        }
        return Int64(start)
    }

    /// The number of base units at whose multiples no bonus is rounded; nil above 2^60.
    private var basePeriod: Int128? {
        var period: Int128 = 1
        for bonus in bonuses {
            var part: Int128 = 1
            switch bonus.kind {
            case .perBlock: part = Int128(bonus.threshold)
            case .percentOfBase(let percent):
                part =
                    Int128(percent.denominator)
                    / Int128.greatestCommonDivisor(
                        Int128(percent.numerator),
                        Int128(percent.denominator)
                    )
            case .once: break
            }
            guard
                let common = Int128.leastCommonMultiple(period, part, atMost: 1 << 60)
            else { return nil }
            period = common
        }
        return period
    }

    /// The first amount that is debited whole and credited without rounding.
    private func aligned(_ grid: AmountGrid, _ least: Int64, _ base: Int128) -> Int64? {
        let shared = Int128.greatestCommonDivisor(numerator, base)
        let (period, overflow) = denominator.multipliedReportingOverflow(by: base / shared)
        guard !overflow, period <= 1 << 60 else { return nil }
        return grid.amount(atLeast: least, residue: 0, period: Int64(period))
    }

    /// The first amount whose base credit is paid without loss; a rest stays with the member.
    private func lossless(_ grid: AmountGrid, _ least: Int64, _ base: Int128) -> Int64? {
        guard
            let common = Int128.leastCommonMultiple(numerator, base, atMost: 1 << 60),
            case let (period, overflow) = (common / numerator)
                .multipliedReportingOverflow(by: denominator), !overflow, period <= 1 << 60
        else { return nil }
        let width = denominator.divided(by: numerator, rounding: .ceiling)
        let step = Int128.greatestCommonDivisor(Int128(grid.increment), period)
        var residue = Int128(grid.minimum) % step
        var best: Int64?
        for _ in 0..<ArbitrageLimits.residues where residue < width {
            let found = grid.amount(
                atLeast: least,
                residue: Int64(residue),
                period: Int64(period)
            )
            if let found, best.map({ found < $0 }) ?? true { best = found }
            residue += step
        }
        return best
    }
}
