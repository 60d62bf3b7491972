public import Money

/// What one participant owes another under an agreement in a window, before any rounding (S-20).
public struct ExactDebt: Sendable, Hashable {
    /// What the debt is for.
    public enum Purpose: String, Sendable, Hashable, CaseIterable {
        /// Units that were credited or debited, and their bonuses.
        case units
        /// Units of a bonus that another partner funds.
        case funding
        /// A fee of the agreement.
        case fee
        /// The fee of the network.
        case networkFee
        /// A correction by the one who owes it.
        case adjustment
        /// The difference of a final sheet to a provisional one (S-43).
        case trueUp
        /// Units that were set off in points instead of money (S-48).
        case pointsSetOff
    }

    /// The terms hash of the agreement as text, or an empty text.
    public let agreement: String
    /// Who owes.
    public let debtor: String
    /// Whom it is owed to.
    public let creditor: String
    /// The currency of the price.
    public let currency: Currency
    /// Minor units of the currency; negative when the creditor owes the debtor.
    public let amount: Quotient
    /// How it becomes an integer of the settlement currency: half-even or half-up.
    public let rounding: Rounding
    /// What it is for.
    public let purpose: Purpose

    /// A debt.
    public init(
        agreement: String,
        debtor: String,
        creditor: String,
        currency: Currency,
        amount: Quotient,
        rounding: Rounding,
        purpose: Purpose
    ) {
        self.agreement = agreement
        self.debtor = debtor
        self.creditor = creditor
        self.currency = currency
        self.amount = amount
        self.rounding = rounding
        self.purpose = purpose
    }
}
