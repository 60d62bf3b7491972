public import Money
public import Settlement
public import Signing

/// A dispute as the state keeps it (spec/29 §3).
public struct DisputeRecord: Sendable, Hashable, Codable {
    /// The entry that opened it, which is its name.
    public let entry: UInt64
    /// The terms hash of the agreement.
    public let agreement: Digest
    /// The slug of the agreement's calendar.
    public let calendar: String
    /// The number of the window in which the break was found.
    public let window: UInt64
    /// The id of the break.
    public let breakID: Digest
    /// Which break it is.
    public let reason: DisputeReason
    /// Who opened it, and is owed what is disputed.
    public let opener: String
    /// The other side, who owes what is disputed.
    public let respondent: String
    /// The settlement currency of the agreement.
    public let currency: Currency
    /// What is disputed, in minor units.
    public internal(set) var amount: Int64
    /// What adjustments have posted of it, in minor units.
    public internal(set) var adjusted: Int64 = 0
    /// How often it was rejected.
    public internal(set) var rejections: Int64 = 0
    /// Where it stands.
    public internal(set) var state = DisputeState.open
    /// The entry with which this state began.
    public internal(set) var changedAt: UInt64
    /// Since when this state holds.
    public internal(set) var since: Timestamp

    /// What is left to adjust, in minor units.
    public var left: Int64 { amount - adjusted }

    /// The side whose turn it is, or nil where it is nobody's, or both's.
    public var waitsFor: String? {
        switch state {
        case .open, .accepted: respondent
        case .rejected: opener
        case .none, .arbitration, .adjusted, .withdrawn: nil
        }
    }

    /// Whether its opener may not dispute the same break once more.
    var holdsBreak: Bool { state != .withdrawn || adjusted > 0 }
}
