public import Money

/// What a final sheet changes in a debt that was settled by a provisional one (S-43).
public struct TrueUp: Sendable, Hashable {
    /// The terms hash of the agreement as text, or an empty text.
    public let agreement: String
    /// Who owes.
    public let debtor: String
    /// Whom it is owed to.
    public let creditor: String
    /// The settlement currency.
    public let currency: Currency
    /// Minor units that were settled by the provisional sheet.
    public let provisional: Int128
    /// Minor units by the final sheet.
    public let final: Int128

    /// Final less provisional, both after rounding; negative when the creditor owes it back.
    public var minorUnits: Int128 { final - provisional }

    /// The difference as an obligation of the window that is open.
    public var obligation: Obligation {
        Obligation(debtor: debtor, creditor: creditor, currency: currency, minorUnits: minorUnits)
    }

    /// The differences of debts under two sheets: one per agreement, debtor, creditor and currency,
    /// in that order, those of 0 among them.
    ///
    /// Complexity: O(n log n).
    /// - Throws: `debtOnOneSheet` where the two lists are not of the same debts.
    public static func list(
        provisional: [SettledDebt],
        final: [SettledDebt]
    ) throws(SettlementError) -> [TrueUp] {
        let before = sums(provisional)
        let after = sums(final)
        for (one, other) in zip(before, after) where !one.isOfSameDebt(as: other) {
            throw (one.precedes(other) ? one : other).isMissing
        }
        if let rest = (before.dropFirst(after.count) + after.dropFirst(before.count)).first {
            throw rest.isMissing
        }
        return zip(before, after).map { one, other in
            TrueUp(
                agreement: one.agreement,
                debtor: one.debtor,
                creditor: one.creditor,
                currency: one.currency,
                provisional: one.final,
                final: other.final
            )
        }
    }

    /// The sum of each debt in `final`, in order.
    private static func sums(_ debts: [SettledDebt]) -> [TrueUp] {
        let lines = debts.map {
            TrueUp(
                agreement: $0.debt.agreement,
                debtor: $0.debt.debtor,
                creditor: $0.debt.creditor,
                currency: $0.currency,
                provisional: 0,
                final: $0.minorUnits
            )
        }
        return lines.sorted { $0.precedes($1) }.runs { $0.isOfSameDebt(as: $1) }.compactMap { run in
            run.first.map { first in
                TrueUp(
                    agreement: first.agreement,
                    debtor: first.debtor,
                    creditor: first.creditor,
                    currency: first.currency,
                    provisional: 0,
                    final: run.reduce(0) { $0 + $1.final }
                )
            }
        }
    }

    private var isMissing: SettlementError {
        .debtOnOneSheet(agreement: agreement, debtor: debtor, creditor: creditor)
    }

    private func precedes(_ other: TrueUp) -> Bool {
        (agreement, debtor, creditor, currency)
            < (other.agreement, other.debtor, other.creditor, other.currency)
    }

    private func isOfSameDebt(as other: TrueUp) -> Bool {
        (agreement, debtor, creditor, currency)
            == (other.agreement, other.debtor, other.creditor, other.currency)
    }
}
