internal import Signing
internal import VerifiableLog

/// The last durable head, from which readers make receipts and proofs without waiting for the
/// writer.
struct Published: Sendable {
    /// The tree at the head, and what proofs against it need.
    let prover: InclusionProver
    /// The signed checkpoint.
    let checkpoint: SignedNote
    /// The id of the ledger.
    let ledger: Digest
    /// The ledger time of the last entry.
    let time: Timestamp

    /// The number of entries after the last one that may have changed who logs in.
    let accessSize: UInt64

    /// The tree at the head.
    var tree: TileTree { prover.tree }
}
