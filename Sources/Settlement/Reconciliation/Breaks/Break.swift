/// A difference between ledger and partner.
///
/// A break about a match names it; one matched pair may have several. All others are about rows
/// that no match has, or about a file.
public struct Break: Hashable, Sendable {
    /// What kind of difference.
    public let type: BreakType
    /// Where it probably comes from.
    public let cause: BreakCause
    /// The match that it is about: a number of `Reconciliation.matches`.
    public let match: Int?
    /// Rows of the ledger, rising.
    public let ledgerRows: [Int]
    /// Rows of the partner, rising.
    public let partnerRows: [Int]
    /// Suggestions that name one of its rows: numbers of `Reconciliation.suggestions`, rising.
    public let suggestions: [Int]
    /// The fault of a file: a number of `Reconciliation.partner.faults`.
    public let fault: Int?
    /// The field that differs.
    public let field: BookField?
    /// What the ledger says.
    public let expected: Figure?
    /// What the partner says.
    public let found: Figure?
    /// What may be lost, in minor units of the settlement currency at the fixed rate, 0 or more;
    /// nil when no price or quote says.
    public let valueAtRisk: Int64?
    /// Days from the row's day to the day of the run; 0 if the row has no day.
    public let ageDays: Int
    /// Whether it is older than breaks of its type may become.
    public let isOverdue: Bool
    /// What closes it: a number of `Reconciliation.adjustments`, or nil when it is open.
    public let adjustment: Int?

    /// The bucket of its age.
    public var age: AgeBucket { AgeBucket(days: ageDays) }

    /// Whether somebody has to see to it: no tolerance closed it.
    public var isOpen: Bool { adjustment == nil }
}
