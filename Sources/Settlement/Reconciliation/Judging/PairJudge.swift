internal import Money

/// What a matched pair differs in, and why (R-20, R-21; spec/27 §7).
///
/// Rows of a match of several are summed before.
struct PairJudge: Sendable {
    let ledger: BookRow
    let partner: BookRow
    let detail: LedgerDetail
    let agreement: AgreementFacts?
    /// Whether `detail` and money are of the agreement's currency.
    let isAgreementCurrency: Bool
    let terms: ReconciliationTerms
    let compared: BookFieldSet
    let different: BookFieldSet

    /// The differences, by field.
    ///
    /// Complexity: O(earlier rates and prices).
    var verdicts: [Verdict] {
        var verdicts: [Verdict] = []
        if differs(.unit) { verdicts.append(Verdict(.unit, .otherProgram, .unit)) }
        if differs(.units) { verdicts.append(units) }
        if differs(.currency) { verdicts.append(Verdict(.unit, .otherCurrency, .currency)) }
        if differs(.money), !followsFromUnits { verdicts.append(money) }
        if differs(.fee) { verdicts.append(fee) }
        if let day { verdicts.append(day) }
        if let status { verdicts.append(status) }
        if differs(.member) {
            let isUnknown = terms.linkedMembers?.hasSorted(partner.member) == false
            let cause: BreakCause = isUnknown ? .memberUnknown : .otherMember
            verdicts.append(Verdict(.memberNotLinked, cause, .member))
        }
        return verdicts
    }

    private func differs(_ field: BookField) -> Bool {
        different.contains(BookFieldSet(field))
    }
}

// MARK: Days and status

extension PairJudge {
    /// The window, or else the day.
    private var day: Verdict? {
        switch ledger.window {
        case .earlier: return Verdict(.date, .cutOff, .window)
        case .later:
            switch ledger.status {
            case .pending, .void:
                let cause: BreakCause = ledger.status == .void ? .voided : .pending
                return partner.status == ledger.status ? nil : Verdict(.status, cause, .status)
            case .posted, .unstated: return Verdict(.lateAfterCut, .cutOff, .window)
            }
        case .compared:
            guard differs(.day), !DayWindow(terms).holds(partner.day, for: ledger.day) else {
                return nil
            }
            return Verdict(.date, partner.day > terms.cutDay ? .cutOff : .unknown, .day)
        }
    }

    private var status: Verdict? {
        let isHold =
            ledger.window == .later && (ledger.status == .pending || ledger.status == .void)
        guard differs(.status), !isHold else { return nil }
        let isVoid = ledger.status == .void || partner.status == .void
        return Verdict(.status, isVoid ? .voided : .pending, .status)
    }
}

// MARK: Figures

extension PairJudge {
    /// By how many units the partner states more, counted in the direction of the ledger's units.
    private var unitsMore: Int128 {
        let more = Int128(partner.units) - Int128(ledger.units)
        return ledger.units < 0 ? -more : more
    }

    /// What so many units are worth at the agreed price, exactly; nil without a price.
    private func worth(_ units: Int128, _ rounding: Rounding) -> Int128? {
        guard let price = agreement?.price, detail.priced > 0 else { return nil }
        return (units * Int128(price.numerator))
            .divided(by: Int128(price.denominator), rounding: rounding)
    }

    /// What is owed at the agreed price; nil without one.
    var agreedMoney: Int128? {
        worth(Int128(detail.priced), agreement?.rounding ?? .halfEven)
    }

    private var units: Verdict {
        let (type, cause) = unitsCause
        let worth = worth(unitsMore, unitsMore < 0 ? .floor : .ceiling)
        return Verdict(type, cause, .units, difference: worth)
    }

    private var unitsCause: (BreakType, BreakCause) {
        if Int128(partner.units) == -Int128(ledger.units) { return (.amount, .sign) }
        guard ledger.units.signum() == partner.units.signum() else { return (.amount, .unknown) }
        let expected = Int128(ledger.units.magnitude)
        let found = Int128(partner.units.magnitude)
        let bonus = Int128(detail.bonus)
        if bonus > 0, found == expected - bonus { return (.amount, .bonusMissing) }
        if isOldRate(found) { return (.rate, .oldRate) }
        if bonus > 0, found == expected + bonus { return (.amount, .bonusTwice) }
        if ledger.fee > 0, found == expected - Int128(ledger.fee) { return (.amount, .feeInUnits) }
        return (.amount, figureCause(expected, found))
    }

    /// Whether an earlier rate gives these units, with or without the bonus.
    private func isOldRate(_ found: Int128) -> Bool {
        guard let agreement, detail.amount > 0 else { return false }
        return agreement.earlierRates.contains { rate in
            let base = rate.floor(of: detail.amount)
            return base != Int128(detail.base)
                && (found == base || found == base + Int128(detail.bonus))
        }
    }

    /// Whether the partner's money is what its units would be owed for.
    private var followsFromUnits: Bool {
        guard differs(.units), isAgreementCurrency, let agreement, let price = agreement.price,
            detail.priced > 0
        else { return false }
        return moneyAt(price, units: Int128(detail.priced) + unitsMore) == Int128(partner.money)
    }

    /// The ledger's money, had the units of the price been owed for otherwise.
    private func moneyAt(_ price: Rate, units: Int128) -> Int128? {
        guard let agreement, let agreed = agreement.price else { return nil }
        func owed(_ units: Int128, _ price: Rate) -> Int128 {
            (units * Int128(price.numerator))
                .divided(by: Int128(price.denominator), rounding: agreement.rounding)
        }
        return Int128(ledger.money) - owed(Int128(detail.priced), agreed) + owed(units, price)
    }

    private var money: Verdict {
        let expected = Int128(ledger.money)
        let found = Int128(partner.money)
        let (type, cause) = moneyCause(expected, found)
        return Verdict(type, cause, .money, difference: found - expected)
    }

    private func moneyCause(_ expected: Int128, _ found: Int128) -> (BreakType, BreakCause) {
        if isAgreementCurrency, let agreement, detail.priced > 0 {
            let isOld = agreement.earlierPrices.contains {
                moneyAt($0, units: Int128(detail.priced)) == found
            }
            if isOld { return (.rate, .oldRate) }
        }
        if ledger.fee > 0, (found - expected).magnitude == ledger.fee.magnitude {
            return (.amount, .feeNetted)
        }
        return (.amount, figureCause(expected, found))
    }

    private var fee: Verdict {
        let expected = Int128(ledger.fee)
        let found = Int128(partner.fee)
        let cause: BreakCause =
            if expected > 0, found == 0 {
                .feeOmitted
            } else if expected > 0, found == 2 * expected {
                .feeDoubled
            } else {
                figureCause(expected, found)
            }
        return Verdict(.fee, cause, .fee, difference: found - expected)
    }

    /// What may happen to any figure.
    private func figureCause(_ expected: Int128, _ found: Int128) -> BreakCause {
        if (found - expected).magnitude == 1 { return .rounding }
        if Digits.differByScale(expected, found) { return .scale }
        if Digits.differByTransposition(expected, found) { return .transposedDigits }
        return .unknown
    }
}
