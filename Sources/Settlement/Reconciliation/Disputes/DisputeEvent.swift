/// What may happen to a dispute, by the kinds of entry that say so (spec/29 §3).
public enum DisputeEvent: String, Sendable, Hashable, CaseIterable {
    case open, reject, restate, accept
    /// `adjustment.post` with the dispute.
    case adjust
    case withdraw
}
