public import Money

/// What a reconciliation of one pair, or of one agreement, is judged by.
public struct ReconciliationTerms: Hashable, Sendable {
    /// What one minor unit of a currency is worth in minor units of the settlement currency.
    public struct Quote: Hashable, Sendable {
        /// The currency.
        public var currency: String
        /// Minor units of the settlement currency for one of `currency`.
        public var rate: Quotient

        /// A quote.
        public init(currency: String, rate: Quotient) {
            self.currency = currency
            self.rate = rate
        }
    }

    /// The days in which breaks of one type are to be closed.
    public struct Service: Hashable, Sendable {
        /// The type.
        public var type: BreakType
        /// The days.
        public var days: Int

        /// A promise.
        public init(type: BreakType, days: Int) {
            self.type = type
            self.days = days
        }
    }

    /// The agreements that rows were booked under.
    public var agreements: [AgreementFacts]
    /// The settlement currency; values at risk are stated in it.
    public var currency: String
    /// The fixed rates of other currencies; each currency at most once.
    public var quotes: [Quote] = []
    /// What may differ; each currency at most once.
    public var tolerances: [MoneyTolerance] = []
    /// How many days before the ledger's day the partner's may be.
    public var daysBefore: Int32 = 0
    /// How many days after the ledger's day the partner's may be.
    public var daysAfter: Int32 = 0
    /// The last day of the window.
    public var cutDay: Int32
    /// The pseudonyms that are linked, in any order; nil when that is not known.
    public var linkedMembers: [UInt128]?
    /// The passes that are tried.
    public var passes: [MatchPass] = MatchPass.allCases
    /// Other days than `BreakType.serviceDays`.
    public var service: [Service] = []

    /// Terms without tolerances.
    public init(agreements: [AgreementFacts], currency: String, cutDay: Int32) {
        self.agreements = agreements
        self.currency = currency
        self.cutDay = cutDay
    }
}
