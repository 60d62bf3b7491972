internal import KontorStorage
public import Ledger
public import Signing
internal import Synchronization
public import VerifiableLog

/// Single entries of the durable log.
extension Engine {
    /// The accepted entry of an index, or nil past the durable end.
    public func acceptedEntry(at index: UInt64) throws -> AcceptedEntry? {
        guard let (stored, tree) = try entry(at: index), let id = UUIDv7(rawValue: stored.id)
        else { return nil }
        return AcceptedEntry(
            index: index,
            time: stored.time,
            previous: index == 0 ? .zero : try leafHash(at: index - 1, in: tree),
            id: id,
            leafHash: try leafHash(at: index, in: tree)
        )
    }

    /// The five lines of an entry, or nil past the durable end.
    public func frame(at index: UInt64) throws -> EntryFrame? {
        guard let (stored, tree) = try entry(at: index) else { return nil }
        let jws = try JWS(
            header: stored.header,
            payload: stored.payload,
            signature: stored.signature
        )
        return try EntryFrame(
            index: index,
            time: stored.time,
            previous: index == 0 ? .zero : try leafHash(at: index - 1, in: tree),
            jws: jws.compact
        )
    }

    /// The JWS of an entry as the log has it, or nil past the durable end.
    public func storedText(at index: UInt64) throws -> [UInt8]? {
        guard let (stored, _) = try entry(at: index) else { return nil }
        return try JWS(header: stored.header, payload: stored.payload, signature: stored.signature)
            .compact
    }

    /// The index of the durable entry that a partner, operator or auditor signed under an id, or
    /// nil.
    public func index(of partner: String, id: UUIDv7) throws -> UInt64? {
        guard let index = try store.index(of: partner, id: id.rawValue),
            let size = published.withLock({ $0?.tree.size }), index < size
        else { return nil }
        return index
    }

    /// What an entry says, or nil past the durable end.
    ///
    /// Complexity: O(bytes).
    public func statement(at index: UInt64) throws -> Statement? {
        guard let (stored, _) = try entry(at: index) else { return nil }
        return try Statement(payload: stored.payload)
    }

    /// Who may read an entry besides operators and auditors, or nil past the durable end.
    ///
    /// It never changes, so it is kept: the next one who asks gets it without reading the entry.
    public func audience(at index: UInt64) throws -> Book.Audience? {
        if let known = audiences.withLock({ $0.value(of: index) }) { return known }
        guard let statement = try statement(at: index) else { return nil }
        // Read before the lock of the writer is taken: a reversal names a commit, that a transfer;
        // and a rejection names a dispute.
        var past: [UInt64: PastEntry] = [:]
        var next = statement.body.readersEntry
        while let entry = next, entry < index, past[entry] == nil {
            guard let earlier = try pastEntry(at: entry) else { break }
            past[entry] = earlier
            next = earlier.statement.body.readersEntry
        }
        let known = past
        let audience = read { book in book.audience(of: statement) { known[$0] } }
        audiences.withLock { $0.note(audience, of: index) }
        return audience
    }

    private func pastEntry(at index: UInt64) throws -> PastEntry? {
        guard let (stored, _) = try entry(at: index) else { return nil }
        return PastEntry(statement: try Statement(payload: stored.payload), time: stored.time)
    }

    /// A stored entry below the durable head, and the tree of that head.
    private func entry(at index: UInt64) throws -> (StoredEntry, TileTree)? {
        guard let tree = published.withLock({ $0?.tree }), index < tree.size,
            let stored = try store.entry(at: index)
        else { return nil }
        return (stored, tree)
    }
}
