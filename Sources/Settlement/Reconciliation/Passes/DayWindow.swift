/// The days between a row of the ledger and one of the partner that is the same thing.
struct DayWindow: Sendable {
    /// How many days earlier the partner's may be.
    private let before: Int64
    /// How many days later the partner's may be.
    private let after: Int64

    /// The days of terms.
    init(_ terms: ReconciliationTerms) {
        before = Int64(terms.daysBefore)
        after = Int64(terms.daysAfter)
    }

    /// Whether the partner's day is too early for the ledger's.
    func isEarly(_ partner: Int32, for ledger: Int32) -> Bool {
        Int64(partner) - Int64(ledger) < -before
    }

    /// Whether the partner's day is too late for the ledger's.
    func isLate(_ partner: Int32, for ledger: Int32) -> Bool {
        Int64(partner) - Int64(ledger) > after
    }

    /// Whether two days are near enough.
    func holds(_ partner: Int32, for ledger: Int32) -> Bool {
        !isEarly(partner, for: ledger) && !isLate(partner, for: ledger)
    }
}
