public import Ledger
public import Signing

/// What a submission is told.
public enum Answer: Sendable {
    /// It took effect, durably, as this entry.
    case accepted(AcceptedEntry)
    /// The same submission took effect before, as the entry of this index.
    case known(index: UInt64)
    /// It took no effect.
    case refused(Refusal)
}

/// The place that a submission got in the log: the parts of its receipt.
public struct AcceptedEntry: Sendable, Hashable {
    /// The index of the entry.
    public let index: UInt64
    /// The ledger time.
    public let time: Timestamp
    /// The leaf hash of the entry before.
    public let previous: Digest
    /// The id of the submission.
    public let id: UUIDv7
    /// The leaf hash of the entry.
    public let leafHash: Digest
}
