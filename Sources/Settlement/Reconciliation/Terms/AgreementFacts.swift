public import Money

/// What a reconciliation needs to know of one version of an agreement.
public struct AgreementFacts: Hashable, Sendable {
    /// The name that reports and adjustments give it: its terms hash.
    public var name: String
    /// Who owes for the units.
    public var debtor: String
    /// Who is owed.
    public var creditor: String
    /// Units credited per unit offered; nil with steps.
    public var rate: Rate?
    /// The rates of earlier versions, in any order.
    public var earlierRates: [Rate] = []
    /// Minor units of `currency` per unit.
    public var price: Rate?
    /// The prices of earlier versions, in any order.
    public var earlierPrices: [Rate] = []
    /// The program whose units the price is owed for; nil when it is none.
    public var pricedProgram: String?
    /// The currency of the price.
    public var currency: String
    /// How money is rounded.
    public var rounding = Rounding.halfEven
    /// Who pays the fee of an item; nil when there is none between the two.
    public var feePayer: String?
    /// Who gets the fee of an item.
    public var feePayee: String?

    /// An agreement without rate, price and fee.
    public init(name: String, debtor: String, creditor: String, currency: String) {
        self.name = name
        self.debtor = debtor
        self.creditor = creditor
        self.currency = currency
    }
}
