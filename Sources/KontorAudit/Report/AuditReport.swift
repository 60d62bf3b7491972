public import Ledger
public import Signing
public import VerifiableLog

/// What an audit found: the first fault or none, and what was recomputed up to there (spec/18 §4).
public struct AuditReport: Sendable {
    /// How many entries of a kind were applied.
    public struct KindCount: Sendable, Hashable {
        /// The kind.
        public let kind: Kind
        /// The number of entries, at least 1.
        public let count: UInt64
    }

    /// The largest distance between the time in an id and the ledger time of its entry.
    public struct Gap: Sendable, Hashable {
        /// The distance in milliseconds, never negative.
        public let milliseconds: Int64
        /// The index of the entry.
        public let index: UInt64
    }

    /// The first fault, by index, or nil if everything follows.
    public internal(set) var fault: AuditFault?
    /// The opened checkpoint, or nil if it could not be opened.
    public internal(set) var checkpoint: Checkpoint?
    /// The number of entries that were applied without a fault.
    public internal(set) var entryCount: UInt64 = 0
    /// Ledger times of the first and the last of them.
    public internal(set) var times: ClosedRange<Timestamp>?
    /// Entries by kind, in the order of the table of kinds.
    public internal(set) var kinds: [KindCount] = []
    /// Items of `transfers` entries.
    public internal(set) var transferCount: UInt64 = 0
    /// Signatures of entries that were verified.
    public internal(set) var verifiedSignatureCount: UInt64 = 0
    /// Signatures that were skipped because an earlier audit had verified them.
    public internal(set) var skippedSignatureCount: UInt64 = 0
    /// The largest gap between id time and ledger time.
    public internal(set) var largestGap: Gap?
    /// The size of the earlier checkpoint that this log was found to extend.
    public internal(set) var extendedSize: UInt64?
    /// The state digest at the end, or nil after a fault.
    public internal(set) var stateDigest: Digest?
    /// What is odd but no fault, such as files that belong to no log.
    public internal(set) var warnings: [String] = []
    /// What an audit of these bytes cannot tell.
    public internal(set) var notes: [String] = []
    /// How long it took.
    public internal(set) var duration: Duration = .zero

    /// Whether everything follows.
    public var isClean: Bool { fault == nil }

    /// Entries for each second.
    public var entriesPerSecond: Int64 { perSecond(entryCount) }
    /// Transfer items for each second.
    public var transfersPerSecond: Int64 { perSecond(transferCount) }
    /// The duration in whole milliseconds.
    public var durationMilliseconds: Int64 {
        let (seconds, attoseconds) = duration.components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }

    private func perSecond(_ count: UInt64) -> Int64 {
        Int64(clamping: count) * 1_000 / max(1, durationMilliseconds)
    }
}
