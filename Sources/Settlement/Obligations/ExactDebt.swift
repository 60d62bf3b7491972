public import Money

/// What one participant owes another under an agreement in a window, before any rounding (S-20).
public struct ExactDebt: Sendable, Hashable {
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
    public let purpose: DebtPurpose

    /// A debt.
    public init(
        agreement: String,
        debtor: String,
        creditor: String,
        currency: Currency,
        amount: Quotient,
        rounding: Rounding,
        purpose: DebtPurpose
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
