internal import Ledger
internal import Signing
internal import VerifiableLog

/// Does for an entry whatever needs no state: leaf hash, frame, JWS, statement, signature.
struct EntryPreparer: Sendable {
    /// The keys that were seen.
    let ring: KeyRing
    /// Signatures of entries before this index are skipped.
    let verifiesFrom: UInt64

    /// Prepares a run of entries, up to the first one at fault.
    ///
    /// Complexity: O(bytes), dominated by the signatures.
    func prepare(_ entries: [SourceEntry]) -> [PreparedEntry] {
        var keys = ring.snapshot
        var prepared: [PreparedEntry] = []
        prepared.reserveCapacity(entries.count)
        for entry in entries {
            let next = prepare(entry, &keys)
            prepared.append(next)
            if next.hasFault { break }
        }
        return prepared
    }

    private func prepare(_ entry: SourceEntry, _ keys: inout [Digest: PublicKey]) -> PreparedEntry {
        let leaf: Digest
        var fault: AuditFault?
        var link: PreparedEntry.Link?
        var statement: (SignedStatement, PreparedEntry.Signature)?
        switch entry.content {
        case .bytes(let bytes): leaf = MerkleHash.leaf(bytes)
        case .rebuilt(let rebuilt): leaf = rebuilt.leaf
        }
        do throws(AuditFault) {
            try compare(leaf, entry)
            let frame = try frame(of: entry)
            link = PreparedEntry.Link(frame)
            let submission = try submission(of: entry, frame)
            try compare(submission.statement, entry)
            statement = (submission, try verify(submission, frame, &keys))
        } catch {
            fault = error
        }
        func unknown() -> AuditFault {
            fault ?? AuditFault(.entryMissing, index: entry.index, at: "", "not prepared")
        }
        return PreparedEntry(
            index: entry.index,
            leaf: leaf,
            link: link.map { .success($0) } ?? .failure(unknown()),
            statement: statement.map { .success($0) } ?? .failure(unknown())
        )
    }

    private func compare(_ leaf: Digest, _ entry: SourceEntry) throws(AuditFault) {
        guard let stated = entry.statedLeaf, stated != leaf else { return }
        throw AuditFault(
            .leafMismatch,
            index: entry.index,
            at: "hash tile of level 0",
            "it states \(stated.base64), the entry hashes to \(leaf.base64)"
        )
    }

    private func frame(of entry: SourceEntry) throws(AuditFault) -> EntryFrame {
        do { return try entry.frame() } catch { throw AuditFault(error, index: entry.index) }
    }

    private func submission(
        of entry: SourceEntry,
        _ frame: EntryFrame
    ) throws(AuditFault) -> SignedStatement {
        do throws(Refusal) {
            guard case .rebuilt(let rebuilt) = entry.content else {
                return try SignedStatement(parsing: frame.jws)
            }
            try Self.requireEntryType(rebuilt.jws.type)
            return try SignedStatement(rebuilt.jws)
        } catch {
            throw AuditFault(error, index: entry.index)
        }
    }

    /// What a store notes beside an entry is what its payload says.
    private func compare(
        _ statement: Statement,
        _ entry: SourceEntry
    ) throws(AuditFault) {
        guard case .rebuilt(let rebuilt) = entry.content else { return }
        guard statement.signer == rebuilt.submitter, statement.id.rawValue == rebuilt.id else {
            throw AuditFault(
                .storedMismatch,
                index: entry.index,
                at: "submitter and id",
                "the payload says \(statement.signer) and \(statement.id)"
            )
        }
    }

    private func verify(
        _ submission: SignedStatement,
        _ frame: EntryFrame,
        _ keys: inout [Digest: PublicKey]
    ) throws(AuditFault) -> PreparedEntry.Signature {
        ring.add(submission.statement)
        guard frame.index >= verifiesFrom else { return .skipped }
        var key = keys[submission.jws.keyID]
        if key == nil {
            keys = ring.snapshot
            key = keys[submission.jws.keyID]
        }
        do throws(Refusal) {
            let isKnown = try submission.verify(text: frame.jws) { _ in key }
            return isKnown ? .verified : .unknownKey
        } catch {
            throw AuditFault(error, index: frame.index)
        }
    }

    /// The text of an entry is parsed with its type; parts are held to the same.
    private static func requireEntryType(_ type: String) throws(Refusal) {
        guard type != JWS.entryType else { return }
        throw Refusal(
            Fault(
                .malformedJWS,
                detail: "typeMismatch",
                at: "jws.header.typ",
                "\(JWS.entryType) is due"
            )
        )
    }
}
