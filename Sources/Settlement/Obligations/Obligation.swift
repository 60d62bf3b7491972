public import Money

/// What one participant owes another, in minor units of a currency.
public struct Obligation: Sendable, Hashable {
    /// Who owes.
    public let debtor: String
    /// Whom it is owed to.
    public let creditor: String
    /// The currency.
    public let currency: Currency
    /// Minor units; negative when the creditor owes the debtor.
    public let minorUnits: Int128

    /// An obligation.
    public init(debtor: String, creditor: String, currency: Currency, minorUnits: Int128) {
        self.debtor = debtor
        self.creditor = creditor
        self.currency = currency
        self.minorUnits = minorUnits
    }
}
