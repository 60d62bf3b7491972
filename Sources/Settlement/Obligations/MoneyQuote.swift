public import Money

/// What a source says that a currency was worth on a day: 1 base = rate × currency, in major units.
public struct MoneyQuote: Sendable, Hashable {
    /// The currency of which one unit is quoted; EUR for the European Central Bank.
    public let base: Currency
    /// The currency in which it is quoted.
    public let currency: Currency
    /// Major units of the currency for one major unit of the base.
    public let rate: Rate
    /// Who says so, as agreements name it.
    public let source: String
    /// The day of the publication, in days since 1970-01-01.
    public let day: Int32

    /// A quote.
    public init(base: Currency, currency: Currency, rate: Rate, source: String, day: Int32) {
        self.base = base
        self.currency = currency
        self.rate = rate
        self.source = source
        self.day = day
    }
}
