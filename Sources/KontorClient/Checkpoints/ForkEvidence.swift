public import VerifiableLog

/// Two checkpoints that one log signed and that are not proven to be states of one history.
///
/// Give both notes to the operator, to witnesses and to the other partners.
public struct ForkEvidence: Sendable, Hashable {
    /// The checkpoint that was verified before.
    public let seen: SignedNote
    /// The checkpoint that the server showed now.
    public let shown: SignedNote
    /// Whether the notes alone prove the fork: one size, two roots.
    ///
    /// Otherwise the server gave no right proof of consistency; an honest one may still come.
    public let isProven: Bool

    /// Evidence of two notes.
    public init(seen: SignedNote, shown: SignedNote, isProven: Bool) {
        self.seen = seen
        self.shown = shown
        self.isProven = isProven
    }

    /// The error that says so.
    var error: ClientError {
        ClientError(
            .fork,
            at: "checkpoint",
            isProven
                ? "the log signed two roots for one size; keep both notes, and trust neither"
                : "no proof leads from the one checkpoint to the other; keep both notes, ask again",
            fork: self
        )
    }
}
