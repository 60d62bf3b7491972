internal import Signing

/// Names and keys: each enters a ledger once ever, with a proof that its bearer holds it (spec/08
/// §4).
extension Book {
    func checkNameIsFree(_ name: String) throws(Fault) {
        guard !Registry.reservedNames.contains(name), registry.official(name) == nil,
            registry.partner(name) == nil
        else {
            throw Fault(.nameTaken, at: "subject", "the name \(name) is taken")
        }
    }

    /// Requires that keys are new to the ledger and that each proves its possession for this
    /// submission.
    func checkKeys(_ keys: [OfferedKey], owner: String, _ statement: Statement) throws(Fault) {
        for (index, offered) in keys.enumerated() {
            guard registry.key(offered.key.thumbprint) == nil else {
                throw Fault(
                    .keyTaken,
                    at: "keys[\(index)].key",
                    "this key entered the ledger before"
                )
            }
            do throws(PossessionError) {
                try PossessionProof.check(
                    offered.proof,
                    key: offered.key,
                    ledger: statement.place,
                    partner: owner,
                    id: statement.id
                )
            } catch {
                throw Fault(.badPossessionProof, at: "keys[\(index)].proof", "\(error)")
            }
        }
    }

    mutating func register(
        _ keys: [OfferedKey],
        owner: String,
        at position: Position,
        holdsFrom: Timestamp? = nil
    ) {
        for offered in keys {
            registry.keyPlaces[offered.key.thumbprint] = Int32(registry.keyRecords.count)
            registry.keyRecords.append(
                KeyRecord(
                    key: offered.key,
                    owner: owner,
                    use: offered.use,
                    addedAt: position.index,
                    holdsFrom: holdsFrom,
                    revokedAt: nil,
                    holdsUntil: nil
                )
            )
        }
    }

    mutating func addKey(
        _ offered: OfferedKey,
        _ submission: SignedStatement,
        at position: Position
    ) throws(Fault) {
        let statement = submission.statement
        let isRecovery = registry.key(submission.jws.keyID)?.use == .recovery
        guard isRecovery == (offered.use == .recovery) else {
            throw Fault(
                .wrongKeyUse,
                at: "add.use",
                "the recovery key replaces itself, an entries key adds the others"
            )
        }
        do throws(Fault) {
            try checkKeys([offered], owner: statement.signer, statement)
        } catch {
            throw Fault(error.rejection, detail: error.detail, at: "add", error.reason)
        }
        register([offered], owner: statement.signer, at: position)
        // While a rekeying is under way, no old key may make one that outlives it.
        let end = registry.key(submission.jws.keyID)?.holdsUntil
        registry.changeKey(offered.key.thumbprint) { $0.holdsUntil = end }
        if isRecovery { registry.changeKey(submission.jws.keyID) { $0.revokedAt = position.index } }
    }

    mutating func revokeKey(
        _ thumbprint: Digest,
        _ submission: SignedStatement,
        at position: Position
    ) throws(Fault) {
        let signer = submission.statement.signer
        guard let record = registry.key(thumbprint), record.owner == signer else {
            throw Fault(.unknownKey, at: "thumbprint", "\(signer) has no such key")
        }
        guard record.revokedAt == nil else {
            throw Fault(.keyRevoked, at: "thumbprint", "this key was revoked before")
        }
        let isRecovery = registry.key(submission.jws.keyID)?.use == .recovery
        guard isRecovery || thumbprint == submission.jws.keyID else {
            throw Fault(.wrongKeyUse, at: "thumbprint", "an entries key revokes only itself")
        }
        guard record.use != .recovery else {
            throw Fault(.wrongKeyUse, at: "thumbprint", "the recovery key is replaced, not revoked")
        }
        registry.changeKey(thumbprint) { $0.revokedAt = position.index }
    }
}
