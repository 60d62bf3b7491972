public import Signing

/// The close of a window (spec/20 §4).
public struct SettlementClose: Sendable, Hashable {
    /// Why a window is closed away from its cut-off (S-01).
    public enum Reason: String, Sendable, Codable, CaseIterable {
        case late, early, outage, test
    }

    /// The calendar.
    public let calendar: String
    /// The first entry of the window.
    public let start: UInt64
    /// The cut-off that it is closed for.
    public let cutoff: Timestamp
    /// The seed of the salts of its leaves.
    public let seed: Digest
    /// Why it is closed away from the cut-off.
    public let reason: Reason?

    init(members: inout Members) throws(Fault) {
        calendar = try members.required("calendar", Read.slug)
        start = UInt64(try members.required("start", Read.units()))
        cutoff = try members.required("cutoff", Read.time)
        seed = try members.required("seed", Read.digest)
        reason = try members.optional("reason", Read.choice(Reason.self))
    }

    /// Whether a moment is so far from the cut-off that a reason and another operator are due.
    func isOffCalendar(at time: Timestamp) -> Bool {
        let distance = time.milliseconds - cutoff.milliseconds
        return distance.magnitude > UInt64(Limits.cutoffToleranceMilliseconds)
    }
}
