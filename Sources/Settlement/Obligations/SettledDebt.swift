public import Money

/// A debt in the settlement currency, rounded once (S-20).
///
/// Amount and quote are both kept exactly, so that anyone can repeat the one rounding.
public struct SettledDebt: Sendable, Hashable {
    /// The debt in the currency of its price.
    public let debt: ExactDebt
    /// The currency in which it is settled.
    public let currency: Currency
    /// Minor units of the settlement currency per minor unit of the debt's currency.
    public let quote: Quotient
    /// Minor units of the settlement currency; negative when the creditor owes the debtor.
    public let minorUnits: Int128

    /// Amount × quote, not rounded.
    ///
    /// It is nil in the one case that its parts do not fit into 127 bits; amount and quote say the
    /// same.
    public var exact: Quotient? {
        do { return try debt.amount.multiplied(by: quote) } catch { return nil }
    }

    /// The rounded debt as an obligation.
    public var obligation: Obligation {
        Obligation(
            debtor: debt.debtor,
            creditor: debt.creditor,
            currency: currency,
            minorUnits: minorUnits
        )
    }

    /// The debt with its lines: what `lines` of `LineShare` gives for its numerators.
    ///
    /// The numerators are those of the lines over the denominator; they sum to the amount.
    public func lines(
        numerators: [Int128],
        over denominator: Int128,
        keys: [LineShare.Key]
    ) throws(SettlementError) -> [Int128] {
        try LineShare.lines(
            total: minorUnits,
            numerators: numerators,
            over: denominator,
            by: quote,
            keys: keys
        )
    }
}

extension ExactDebt {
    /// The debt in the settlement currency, at a quote, rounded once.
    ///
    /// - Throws: `range` when the result is 2^60 minor units or more; `ownDebt`.
    public func settled(
        in settlementCurrency: Currency,
        by quote: Quotient
    ) throws(SettlementError) -> SettledDebt {
        guard debtor != creditor else { throw .ownDebt(debtor) }
        guard
            let minorUnits = Quotient.scaled(
                amount.numerator,
                by: quote,
                over: amount.denominator,
                rounding: rounding
            ), SettlementLimits.allows(minorUnits)
        else { throw .range(debtor: debtor, creditor: creditor) }
        return SettledDebt(
            debt: self,
            currency: settlementCurrency,
            quote: quote,
            minorUnits: minorUnits
        )
    }
}
