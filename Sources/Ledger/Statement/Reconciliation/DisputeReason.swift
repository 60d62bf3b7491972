/// Which break is disputed, of those of R-20 that two partners can owe each other for (spec/29 §3).
public enum DisputeReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// The ledger has a transfer that the books of the opener or of the other side lack.
    case missingAtPartner
    /// Books have a transfer that the ledger lacks.
    case missingInLedger
    /// Units or money differ.
    case amount
    /// Another program or currency.
    case unit
    /// Another rate than the agreed one was applied.
    case rate
    /// A fee differs.
    case fee
    /// Another date, or another window.
    case window
    /// It stands twice on one side.
    case duplicate
    /// One side reversed it.
    case reversed
    /// Pending on one side, done on the other.
    case status
}
