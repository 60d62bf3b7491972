/// Where a settlement stands in its life (spec/20 §7.1).
public enum SettlementState: String, Sendable, Hashable, Codable, CaseIterable {
    /// There is none yet, or the last attempt was aborted and the next one is not calculated.
    case none
    /// Figures and root stand in the log.
    case calculated
    /// Statements are out, and the time for objections runs.
    case advised
    /// Payers pay.
    case collecting
    /// The point of no return is passed; payees are paid.
    case committed
    /// It was aborted, and what came in goes back.
    case refunding
    /// Everything is paid.
    case settled
    /// Everything is paid but what a claimed default took away.
    case partlySettled
    /// It was aborted, and nothing of it is left to return.
    case aborted

    /// Whether no payment of it will ever move again.
    public var isOver: Bool {
        switch self {
        case .settled, .partlySettled, .aborted: true
        default: false
        }
    }

    /// Whether the point of no return is passed.
    public var isCommitted: Bool {
        switch self {
        case .committed, .settled, .partlySettled: true
        default: false
        }
    }
}
