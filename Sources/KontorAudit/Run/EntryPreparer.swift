internal import Ledger
internal import Signing
internal import VerifiableLog

/// Does for an entry whatever needs no state: frame, leaf hash, JWS, statement, signature.
struct EntryPreparer: Sendable {
    /// The keys that were seen.
    let ring: KeyRing
    /// Signatures of entries before this index are skipped.
    let verifiesFrom: UInt64

    /// Prepares a run of entries.
    ///
    /// Complexity: O(bytes), dominated by the signatures.
    func prepare(_ entries: [SourceEntry]) -> [PreparedEntry] {
        var keys = ring.snapshot
        return entries.map { prepare($0, &keys) }
    }

    private func prepare(_ entry: SourceEntry, _ keys: inout [Digest: PublicKey]) -> PreparedEntry {
        switch entry.content {
        case .bytes(let bytes):
            let frame = Result { () throws(LogError) in try EntryFrame(parsing: bytes) }
                .mapError { AuditFault($0, index: entry.index) }
            return PreparedEntry(
                index: entry.index,
                leaf: MerkleHash.leaf(bytes),
                statedLeaf: entry.statedLeaf,
                link: frame.map(Self.link),
                statement: frame.flatMap { frame in
                    Result { () throws(AuditFault) in
                        let submission = try read(entry.index) { () throws(Refusal) in
                            try SignedStatement(parsing: frame.jws)
                        }
                        return (submission, try verify(submission, entry.index, &keys))
                    }
                }
            )
        case .rebuilt(let rebuilt):
            return PreparedEntry(
                index: entry.index,
                leaf: rebuilt.leaf,
                statedLeaf: entry.statedLeaf,
                link: .success(Self.link(rebuilt.frame)),
                statement: Result { () throws(AuditFault) in
                    let submission = try read(entry.index) { () throws(Refusal) in
                        try Self.requireEntryType(rebuilt.jws)
                        return try SignedStatement(rebuilt.jws)
                    }
                    try compare(submission.statement, rebuilt, entry.index)
                    return (submission, try verify(submission, entry.index, &keys))
                }
            )
        }
    }

    private func read(
        _ index: UInt64,
        _ body: () throws(Refusal) -> SignedStatement
    ) throws(AuditFault) -> SignedStatement {
        do { return try body() } catch { throw AuditFault(error, index: index) }
    }

    private func verify(
        _ submission: SignedStatement,
        _ index: UInt64,
        _ keys: inout [Digest: PublicKey]
    ) throws(AuditFault) -> PreparedEntry.Signature {
        ring.add(submission.statement.body)
        guard index >= verifiesFrom else { return .skipped }
        if keys[submission.jws.keyID] == nil { keys = ring.snapshot }
        do {
            return try submission.verify { keys[$0] } ? .verified : .unknownKey
        } catch {
            throw AuditFault(error, index: index)
        }
    }

    /// What a store notes beside an entry is what its payload says.
    private func compare(
        _ statement: Statement,
        _ rebuilt: RebuiltEntry,
        _ index: UInt64
    ) throws(AuditFault) {
        guard statement.signer == rebuilt.submitter, statement.id.rawValue == rebuilt.id else {
            throw AuditFault(
                .storedMismatch,
                index: index,
                at: "submitter and id",
                "the payload says \(statement.signer) and \(statement.id)"
            )
        }
    }

    /// The text of an entry is parsed with its type; parts are held to the same.
    private static func requireEntryType(_ jws: JWS) throws(Refusal) {
        guard jws.type != JWS.entryType else { return }
        throw Refusal(
            Fault(.malformedJWS, detail: "type", at: "jws.header.typ", "\(JWS.entryType) is due")
        )
    }

    private static func link(_ frame: EntryFrame) -> PreparedEntry.Link {
        PreparedEntry.Link(index: frame.index, time: frame.time, previous: frame.previous)
    }
}
