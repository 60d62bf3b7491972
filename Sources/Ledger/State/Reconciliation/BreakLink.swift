public import Signing

/// An adjustment that names the break which it mends (spec/29 §4).
public struct BreakLink: Sendable, Hashable, Codable {
    /// The adjustment.
    public let entry: UInt64
    /// The terms hash of its agreement.
    public let agreement: Digest
    /// The slug of the agreement's calendar.
    public let calendar: String
    /// The number of the window that was open then.
    public let window: UInt64
    /// The id of the break.
    public let breakID: Digest
}
