/// What a ledger and a partner's books agree on, and what they do not (spec/27).
///
/// The result is a function of the rows, their places and the terms: the order of rows, files,
/// names and texts in the tables does not matter. `ledger` and `partner` hold the rows in canonical
/// order: by digest and name of the file, then by place. All row numbers are of these tables.
public struct Reconciliation: Sendable {
    /// The version of the rules of matching, which evidence states.
    public static let rules = "kontor/v1/matching"

    /// The rows of the ledger.
    public let ledger: BookTable
    /// What the ledger knows of each of its rows besides.
    public let details: [LedgerDetail]
    /// The rows of the partner.
    public let partner: BookTable
    /// What the run was judged by.
    public let terms: ReconciliationTerms
    /// The day of the run, in days since 1970-01-01.
    public let asOf: Int32
    /// What a person may want to look at, in the order of passes and rows.
    public let suggestions: [Suggestion]
    /// What tolerances make due, in the order in which they took from their budget.
    public let adjustments: [ToleranceAdjustment]
    /// How well the run went.
    public let metrics: ReconciliationMetrics

    let store: MatchStore
    let records: [BreakRecord]
    /// Pairs (row, suggestion) of the ledger's rows, sorted; then those of the partner's.
    let suggestionsOfLedger: [RowSuggestion]
    let suggestionsOfPartner: [RowSuggestion]

    /// The matches: each row is in at most one.
    public var matches: MatchList { MatchList(store: store) }

    /// The breaks: those of matches in the order of matches, then those of rows, then of files.
    public var breaks: BreakList { BreakList(reconciliation: self) }
}

/// A suggestion that names a row.
struct RowSuggestion: Sendable, Hashable, Comparable {
    let row: Int32
    let suggestion: Int32

    static func < (left: RowSuggestion, right: RowSuggestion) -> Bool {
        (left.row, left.suggestion) < (right.row, right.suggestion)
    }
}
