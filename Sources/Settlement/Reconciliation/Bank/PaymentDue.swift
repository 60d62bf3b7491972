/// A payment that is due: one leg of a settlement.
public struct PaymentDue: Hashable, Sendable {
    /// The name that the payment carries through the banks.
    public let endToEnd: String
    /// Who pays.
    public let payer: String
    /// Who receives.
    public let payee: String
    /// How much, in minor units, at least 1.
    public let minorUnits: Int64
    /// The currency.
    public let currency: String
    /// The account that it is due to, or an empty text when any account of the payee will do.
    public let account: String
    /// The last day on which it is in time, in days since 1970-01-01.
    public let deadline: Int32

    /// A payment that is due.
    public init(
        endToEnd: String,
        payer: String,
        payee: String,
        minorUnits: Int64,
        currency: String,
        account: String,
        deadline: Int32
    ) {
        self.endToEnd = endToEnd
        self.payer = payer
        self.payee = payee
        self.minorUnits = minorUnits
        self.currency = currency
        self.account = account
        self.deadline = deadline
    }
}
