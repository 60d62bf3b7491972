/// Where a dispute stands in its life (spec/29 §3).
public enum DisputeState: String, Sendable, Hashable, Codable, CaseIterable {
    /// There is none yet.
    case none
    /// It waits for the other side.
    case open
    /// It was rejected, and waits for its opener.
    case rejected
    /// It was rejected for the last time: the two settle it outside of the ledger.
    case arbitration
    /// The other side owes what is disputed, and has not posted all of it.
    case accepted
    /// All that was disputed is posted.
    case adjusted
    /// Its opener gave it up.
    case withdrawn

    /// Whether nothing will ever happen to it again.
    public var isOver: Bool { self == .adjusted || self == .withdrawn }
}
