/// Where a break stands between two partners (R-23, spec/28 §4.3).
public enum BreakState: String, Sendable, Hashable, CaseIterable {
    /// The journal does not have it.
    case none
    /// It was found.
    case open
    /// A desk sees to it.
    case assigned
    /// One key of a partner proposed who pays what, and a second one is needed.
    case proposing
    /// A partner proposed who pays what.
    case proposed
    /// One key of the other partner agreed, and a second one is needed.
    case agreeing
    /// Both signed who pays what.
    case agreed
    /// The adjustment stands in the ledger.
    case adjusted
    /// The ledger has a dispute about it.
    case disputed
    /// Nothing is to be done any more.
    case closed
}
