/// How well a run went.
///
/// Rates are pairs of whole numbers: so many of so many. Rows of the ledger that are only context
/// count nowhere, but in `contextMatches`.
public struct ReconciliationMetrics: Hashable, Sendable {
    /// So many of so many.
    public struct Share: Hashable, Sendable {
        /// How many.
        public var part: Int128 = 0
        /// Of how many.
        public var whole: Int128 = 0

        /// The share in units of 1/1,000,000, rounded down; 1,000,000 when there is nothing.
        public var partsPerMillion: Int64 {
            whole == 0 ? 1_000_000 : Int64(part * 1_000_000 / whole)
        }
    }

    /// What one pass matched.
    public struct PassFigures: Hashable, Sendable {
        /// The pass.
        public let pass: MatchPass
        /// How many matches.
        public var matches = 0
        /// How many rows of the ledger they have.
        public var ledgerRows = 0
        /// How many rows of the partner they have.
        public var partnerRows = 0
        /// The sum of the magnitudes of the units of the ledger's rows.
        public var units: Int128 = 0
        /// Their value in minor units of the settlement currency.
        public var value: Int128 = 0
    }

    /// What breaks of one type and cause there are.
    public struct CauseFigures: Hashable, Sendable {
        /// The type.
        public let type: BreakType
        /// The cause.
        public let cause: BreakCause
        /// How many, closed ones included.
        public var breaks = 0
        /// How many of them a tolerance closed.
        public var closed = 0
        /// How many open ones are overdue.
        public var overdue = 0
        /// The value at risk of the open ones, in minor units of the settlement currency.
        public var valueAtRisk: Int128 = 0
    }

    /// How many open breaks one bucket of age has.
    public struct AgeFigures: Hashable, Sendable {
        /// The bucket.
        public let age: AgeBucket
        /// How many.
        public var breaks = 0
        /// Their value at risk, in minor units of the settlement currency.
        public var valueAtRisk: Int128 = 0
    }

    /// Rows of both sides that are in a match, of all.
    public var rows = Share()
    /// Rows of both sides that are in a match without open break, of all: nobody has to look.
    public var automaticRows = Share()
    /// The magnitudes of units that are in a match, of all, on both sides.
    public var units = Share()
    /// The value of the ledger's rows that are in a match, of all, in the settlement currency.
    public var value = Share()
    /// Matches with a row of the ledger that is only context.
    public var contextMatches = 0
    /// By pass, in their order; those that matched nothing included.
    public var passes: [PassFigures] = []
    /// By type and cause, in their order; those that do not occur are left out.
    public var causes: [CauseFigures] = []
    /// By age, in their order.
    public var ages: [AgeFigures] = []
    /// The days of all open breaks; with `openBreaks` their mean.
    public var ageDays = 0
    /// How many breaks are open.
    public var openBreaks = 0
}
