internal import Money

extension EdgeTerms {
    /// What an amount gives (spec/10): units only; the fee stands beside it.
    struct Outcome: Hashable {
        let debit: Int64
        let base: Int64
        let bonus: Int64

        var credit: Int64 { base + bonus }
    }

    /// What an allowed amount gives, or nil when it is refused.
    func outcome(_ amount: Int64, withOnce: Bool) -> Outcome? {
        guard amount >= minimum, amount <= Self.limit, (amount - minimum) % increment == 0,
            rest != .exact || isExact(amount), let outcome = gross(amount, withOnce: withOnce),
            outcome.base >= 1
        else { return nil }
        return outcome
    }

    /// What any amount would give, or nil when that passes a limit or an item's cap; it never falls
    /// with the amount.
    func gross(_ amount: Int64, withOnce: Bool) -> Outcome? {
        guard let (debit, base) = convert(amount),
            let bonus = bonus(amount, base: base, withOnce: withOnce),
            base + bonus <= Self.limit
        else { return nil }
        for cap in caps where cap.isPerItem {
            guard (cap.unit == .source ? debit : base + bonus) <= cap.amount else { return nil }
        }
        return Outcome(debit: debit, base: base, bonus: bonus)
    }

    private func isExact(_ amount: Int64) -> Bool {
        switch conversion {
        case .ratio(let numerator, let denominator):
            Int128(amount) * Int128(numerator) % Int128(denominator) == 0
        case .steps(let steps, _): steps.contains { $0.amount == amount }
        }
    }

    /// Debit and base credit; nil when they pass the limit.
    private func convert(_ amount: Int64) -> (debit: Int64, base: Int64)? {
        switch conversion {
        case .ratio(let numerator, let denominator):
            let product = Int128(amount) * Int128(numerator)
            let (base, rest) = product.quotientAndRemainder(dividingBy: Int128(denominator))
            guard base <= Int128(Self.limit) else { return nil }
            guard self.rest == .keepRest, rest != 0 else { return (amount, Int64(base)) }
            let debit = (base * Int128(denominator))
                .divided(by: Int128(numerator), rounding: .ceiling)
            return (Int64(debit), Int64(base))
        case .steps(let steps, let isCumulative):
            guard let last = steps.lastIndex(where: { $0.amount <= amount }) else {
                return (amount, 0)
            }
            let sum =
                isCumulative
                ? steps[...last].reduce(Int128(0)) { $0 + Int128($1.credit) }
                : Int128(steps[last].credit)
            guard sum <= Int128(Self.limit) else { return nil }
            return (rest == .keepRest ? steps[last].amount : amount, Int64(sum))
        }
    }

    /// Bonus units, or nil when they pass the limit.
    private func bonus(_ amount: Int64, base: Int64, withOnce: Bool) -> Int64? {
        var sum: Int128 = 0
        var best: Int128 = 0
        for bonus in bonuses where withOnce || !bonus.isOnce {
            let measure = bonus.measure == .source ? amount : base
            guard measure >= bonus.threshold else { continue }
            let units: Int128
            switch bonus.kind {
            case .perBlock(let block): units = Int128(measure / bonus.threshold) * Int128(block)
            case .percentOfBase(let percent): units = percent.floor(of: base)
            case .once(let once): units = Int128(once)
            }
            guard units <= Int128(Self.limit) else { return nil }
            if bonus.isExclusive { best = max(best, units) } else { sum += units }
        }
        return sum + best <= Int128(Self.limit) ? Int64(sum + best) : nil
    }

    /// The fee of an amount, in minor units.
    func fee(of amount: Int64) -> Int64 {
        guard let fee else { return 0 }
        guard let perUnit = fee.perUnit else { return fee.fixed }
        let product = Int128(amount) * Int128(perUnit.numerator)
        let exact = product.divided(by: Int128(perUnit.denominator), rounding: fee.rounding)
        return Int64(clamping: min(exact, Int128(fee.cap ?? Int64.max)))
    }

    /// Credited over debited of an allowed amount, less the fee at its value; nil when refused.
    func average(_ amount: Int64, withOnce: Bool) -> ExactRatio? {
        guard let outcome = outcome(amount, withOnce: withOnce) else { return nil }
        return average(credit: outcome.credit, debit: outcome.debit, fee: fee(of: amount))
    }

    /// Credited over debited, less a fee at its value; 0 when the fee takes everything.
    func average(credit: Int64, debit: Int64, fee minorUnits: Int64) -> ExactRatio {
        guard let fee, minorUnits > 0 else { return ExactRatio(Int128(credit), Int128(debit)) }
        let taken = Int128(minorUnits) * Int128(fee.value.denominator)
        let scale = Int128(fee.value.numerator)
        if fee.side == .target {
            return ExactRatio(max(0, Int128(credit) * scale - taken), Int128(debit) * scale)
        }
        return ExactRatio(Int128(credit) * scale, Int128(debit) * scale + taken)
    }

    /// The largest allowed amount of units that somebody holds, or nil when none is.
    func largestAllowed(_ units: Int64) -> Int64? {
        var ceiling = min(units, Self.limit)
        for cap in caps where cap.isPerItem && cap.unit == .source {
            // With a kept rest the amount may pass what is debited; the offer need not.
            ceiling = min(ceiling, cap.amount)
        }
        guard ceiling >= minimum else { return nil }
        return minimum + (ceiling - minimum) / increment * increment
    }
}
