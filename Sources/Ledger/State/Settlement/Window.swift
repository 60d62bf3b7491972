public import Signing

/// A closed window of a calendar (spec/20 §4).
public struct Window: Sendable, Codable {
    /// How far it is.
    public enum State: String, Sendable, Codable {
        /// Closed: its debts are known.
        case closed
        /// Fixed: provisional sheets hold.
        case fixed
        /// Finalised: final sheets hold.
        case finalised
    }

    /// The slug of the calendar.
    public let calendar: String
    /// The number, from 1.
    public let number: UInt64
    /// Its first entry.
    public let start: UInt64
    /// The first entry after it.
    public let end: UInt64
    /// The cut-off that it was closed for.
    public let cutoff: Timestamp
    /// The seed of the salts of its leaves, for operators and auditors alone.
    public let seed: Digest
    /// How far it is.
    public internal(set) var state = State.closed
    /// The sheets of its fix.
    public internal(set) var provisional: [QuoteSheet] = []
    /// The sheets of its finalisation.
    public internal(set) var final: [QuoteSheet] = []
    /// Its debts and those that joined it, in no order that means anything.
    public internal(set) var debts: [WindowDebt] = []
}
