public import Signing

extension Receipt {
    /// Requires everything that a receipt claims about a submission, and gives the newest
    /// checkpoint to remember.
    ///
    /// In this order: the submission is a JWS whose payload has this id; a stored JWS, if one came
    /// with the receipt, has the same `kid` and payload; the rebuilt entry hashes to `leafHash`;
    /// the proof is for `index`; the log signed the checkpoint; the leaf is in its tree; and the
    /// checkpoint is consistent with the last one seen (spec/07 §6).
    ///
    /// - Parameters:
    ///   - jws: the compact JWS that was submitted.
    ///   - storedJWS: the compact JWS that the log returned because its bytes differ from those of
    ///     a retry, or nil.
    ///   - logKey: the key of the log, type 0x01, named by the origin.
    ///   - lastSeen: the newest checkpoint that was verified before, or nil at the first contact.
    ///   - consistency: the proof between the two checkpoints; needed unless their sizes are equal
    ///     or one is 0.
    /// - Returns: the larger one of both checkpoints.
    /// - Throws: `receiptSubmission`, `receiptID`, what `EntryFrame.init` throws, `receiptLeaf`,
    ///   `receiptIndex`, what
    ///   `TLogProof.verify` throws, `checkpointOrigin`, `checkpointFork`.
    @discardableResult
    public func verify(
        jws: [UInt8],
        storedJWS: [UInt8]? = nil,
        logKey: VerifierKey,
        lastSeen: Checkpoint?,
        consistency: [Digest]?
    ) throws(LogError) -> Checkpoint {
        try requireSubmission(jws, stored: storedJWS)
        let frame = try EntryFrame(
            index: index,
            time: time,
            previous: previous,
            jws: storedJWS ?? jws
        )
        let leaf = frame.leafHash
        guard leaf == leafHash else {
            throw LogError(
                .receiptLeaf,
                at: "receipt, leafHash",
                "the entry rebuilt from the JWS hashes to \(leaf.base64); keep the receipt"
            )
        }
        guard proof.index == index else {
            throw LogError(
                .receiptIndex,
                at: "receipt, proof",
                "it is for index \(proof.index), the receipt for \(index)"
            )
        }
        let head = try proof.verify(leaf: leaf, logKey: logKey)
        guard let lastSeen else { return head }
        try head.requireConsistency(with: lastSeen, proof: consistency ?? [])
        return head.size < lastSeen.size ? lastSeen : head
    }

    private func requireSubmission(
        _ submitted: [UInt8],
        stored: [UInt8]?
    ) throws(LogError) {
        let jws = try Self.parse(submitted, "submission")
        guard case .string(let text) = try Self.payload(jws)["id"], text == id.description else {
            throw LogError(
                .receiptID,
                at: "receipt, id",
                "\(id) is not the id in the payload of the submission"
            )
        }
        guard let stored else { return }
        let other = try Self.parse(stored, "stored JWS")
        guard other.keyID == jws.keyID, other.payload == jws.payload else {
            throw LogError(
                .receiptSubmission,
                at: "stored JWS",
                "its kid or payload differs from the submission; it is another submission"
            )
        }
    }

    private static func parse(_ text: [UInt8], _ place: String) throws(LogError) -> JWS {
        do {
            return try JWS(parsing: text)
        } catch {
            throw LogError(.receiptSubmission, at: place, error.description)
        }
    }

    private static func payload(_ jws: JWS) throws(LogError) -> JSONValue {
        do {
            return try JSONValue(parsing: jws.payload)
        } catch {
            throw LogError(
                .receiptSubmission,
                at: "payload of the submission, byte \(error.offset)",
                "it is not strict JSON (\(error.reason.rawValue))"
            )
        }
    }
}
