public import Signing

/// What a submitter gets for an entry: everything that rebuilds the entry from its own JWS, and the
/// proof.
///
/// A JSON object of exactly `index`, `time`, `prev`, `id`, `leafHash`, `proof`; the hashes are
/// standard base64, as in line 4 of an entry (spec/07 §5).
public struct Receipt: Hashable, Sendable {
    /// The index of the entry, at most 2^53 − 1.
    public let index: UInt64
    /// The time of the entry.
    public let time: Timestamp
    /// The leaf hash of the entry before.
    public let previous: Digest
    /// The id of the submission.
    public let id: UUIDv7
    /// The leaf hash of the entry.
    public let leafHash: Digest
    /// The proof that the leaf is in the tree of a signed checkpoint.
    public let proof: TLogProof

    /// A receipt of its parts.
    ///
    /// Throws `receiptMalformed` for an index above 2^53 − 1.
    public init(
        index: UInt64,
        time: Timestamp,
        previous: Digest,
        id: UUIDv7,
        leafHash: Digest,
        proof: TLogProof
    ) throws(LogError) {
        guard index <= UInt64(JSONReader.numberLimit) else {
            throw Self.malformed("index", "an index in JSON is at most 2^53 - 1")
        }
        self.index = index
        self.time = time
        self.previous = previous
        self.id = id
        self.leafHash = leafHash
        self.proof = proof
    }

    /// The receipt for an entry.
    ///
    /// Throws `receiptMalformed` for an index above 2^53 − 1.
    ///
    /// Complexity: O(n) of the entry.
    public init(for frame: EntryFrame, id: UUIDv7, proof: TLogProof) throws(LogError) {
        try self.init(
            index: frame.index,
            time: frame.time,
            previous: frame.previous,
            id: id,
            leafHash: frame.leafHash,
            proof: proof
        )
    }

    static func malformed(_ member: String, _ reason: String) -> LogError {
        LogError(.receiptMalformed, at: "receipt, \(member)", reason)
    }
}
