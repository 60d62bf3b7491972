internal import Money

extension BreakFinder {
    /// Closes what is within the tolerances, the smallest residuals first, then those of earlier
    /// matches, as long as the day's budget lasts.
    mutating func closeWithinTolerance() {
        var left = terms.tolerances.map { Int128($0.dailyBudget) - Int128($0.spent) }
        residuals.sort { ($0.size, $0.match) < ($1.size, $1.match) }
        for residual in residuals {
            guard
                let number = terms.tolerances.firstIndex(where: { $0.currency == residual.currency }
                ),
                terms.tolerances[number].allows(residual), residual.size <= left[number],
                Int(residual.agreement) < terms.agreements.count
            else { continue }
            let agreement = terms.agreements[Int(residual.agreement)]
            guard residual.isFeeAssigned(agreement) else { continue }
            left[number] -= residual.size
            close(residual, agreement)
        }
        residuals = []
    }

    private mutating func close(_ residual: Residual, _ agreement: AgreementFacts) {
        let sign: Int128 = residual.isReversal ? -1 : 1
        if residual.breaks.contains(where: { !$0.isFee }) {
            post(
                residual,
                sign * residual.owed,
                from: agreement.debtor,
                to: agreement.creditor,
                isFee: false
            )
        }
        if let payer = agreement.feePayer, let payee = agreement.feePayee,
            residual.breaks.contains(where: \.isFee)
        {
            post(residual, sign * residual.fee, from: payer, to: payee, isFee: true)
        }
    }

    /// Adds an adjustment that brings the ledger to what the partner states.
    private mutating func post(
        _ residual: Residual,
        _ amount: Int128,
        from payer: String,
        to payee: String,
        isFee: Bool
    ) {
        for entry in residual.breaks where entry.isFee == isFee {
            records[entry.number].adjustment = Int32(adjustments.count)
        }
        adjustments.append(
            ToleranceAdjustment(
                match: Int(residual.match),
                agreement: Int(residual.agreement),
                payer: amount < 0 ? payee : payer,
                payee: amount < 0 ? payer : payee,
                minorUnits: Int64(clamping: amount.magnitudeOf),
                currency: residual.currency ?? "",
                isFee: isFee,
                residual: Int64(clamping: residual.size)
            )
        )
    }
}

extension Residual {
    /// Whether it is known who pays a fee, if one differs.
    fileprivate func isFeeAssigned(_ agreement: AgreementFacts) -> Bool {
        !breaks.contains(where: \.isFee)
            || agreement.feePayer != nil && agreement.feePayee != nil
    }
}

extension MoneyTolerance {
    /// Whether a residual is within it, the budget apart.
    fileprivate func allows(_ residual: Residual) -> Bool {
        guard let expected = residual.expected else { return false }
        let share = (expected * Int128(percent.numerator))
            .divided(by: Int128(percent.denominator), rounding: .floor)
        return residual.above <= Int128(absoluteAbove) && residual.below <= Int128(absoluteBelow)
            && residual.size <= share
            && (writeOffLimit.map { residual.size <= Int128($0) } ?? true)
    }
}
