public import Signing

extension Checkpoint {
    /// Opens a note: the checkpoint, once the log's own signature is verified.
    ///
    /// The key must be of type 0x01 and bear the name of the origin. Throws `keyUnsupported`, what
    /// `SignedNote.verify` throws, `checkpointMalformed`, `checkpointRoot`, `checkpointOrigin`.
    public init(opening note: SignedNote, logKey: VerifierKey) throws(LogError) {
        guard case .signature = logKey.kind else {
            throw LogError(
                .keyUnsupported,
                at: "key \(logKey.name)",
                "a log signs its checkpoints with a key of type 1"
            )
        }
        _ = try note.verify(with: [logKey])
        let checkpoint = try Checkpoint(parsing: note.text)
        guard checkpoint.origin == logKey.name else {
            throw LogError(
                .checkpointOrigin,
                at: "checkpoint of \(checkpoint.origin)",
                "a checkpoint of \(logKey.name) is due"
            )
        }
        self = checkpoint
    }

    /// Requires that this checkpoint and another of the same log are states of one history.
    ///
    /// Either may be the larger; the proof leads from the smaller size to the larger. Sizes that
    /// are equal, and size 0, need the empty proof.
    ///
    /// Throws `checkpointOrigin`, or `checkpointFork` with what the proof lacks.
    ///
    /// Complexity: O(log n).
    public func requireConsistency(
        with other: Checkpoint,
        proof hashes: [Digest]
    ) throws(LogError) {
        guard origin == other.origin else {
            throw LogError(
                .checkpointOrigin,
                at: "checkpoint of \(other.origin)",
                "a checkpoint of \(origin) is due"
            )
        }
        let (old, new) = size <= other.size ? (self, other) : (other, self)
        let proof = ConsistencyProof(from: old.size, to: new.size, hashes: hashes)
        do {
            try proof.verify(oldRoot: old.root, newRoot: new.root)
        } catch {
            throw LogError(
                .checkpointFork,
                at: "checkpoints of sizes \(old.size) and \(new.size) of \(origin)",
                "\(error.reason); keep both notes as evidence unless a right proof arrives"
            )
        }
    }
}
