public import VerifiableLog

/// A checkpoint of the same log that was seen before, and that the log must extend (spec/18 §2).
public struct EarlierCheckpoint: Sendable {
    /// The opened checkpoint.
    public let checkpoint: Checkpoint
    /// Whether the caller has audited the log up to this checkpoint.
    ///
    /// Then signatures of entries before it are not verified again; all else is recomputed all the
    /// same.
    public let wasAudited: Bool

    /// Opens the note of an earlier checkpoint by the key that the log had then.
    ///
    /// Throws what `SignedNote(parsing:)` and `Checkpoint(opening:logKey:)` throw.
    public init(
        opening note: [UInt8],
        key: VerifierKey,
        wasAudited: Bool = false
    ) throws(LogError) {
        checkpoint = try Checkpoint(opening: try SignedNote(parsing: note), logKey: key)
        self.wasAudited = wasAudited
    }

    /// Opens the note by whichever of some keys signed it: the log may have changed its key since.
    ///
    /// Throws what the first key gives if none did.
    public init(
        opening note: [UInt8],
        keys first: VerifierKey,
        _ others: [VerifierKey],
        wasAudited: Bool = false
    ) throws(LogError) {
        for key in others {
            if let earlier = try? Self(opening: note, key: key, wasAudited: wasAudited) {
                self = earlier
                return
            }
        }
        try self.init(opening: note, key: first, wasAudited: wasAudited)
    }
}
