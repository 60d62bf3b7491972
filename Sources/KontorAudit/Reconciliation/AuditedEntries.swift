public import Ledger
public import Signing
public import VerifiableLog

/// Entries of a log that was audited first, because nobody vouches for where it came from.
///
/// What is read again is held to the leaf hash that it had in the audit.
public final class AuditedEntries: BookedEntries {
    /// The state after the last entry.
    public let book: Book
    /// The id of the ledger.
    public let ledger: Digest
    private let source: any EntrySource
    private let leaves: LeafHashes
    private let size: UInt64

    /// Audits a source by the verifier key that the caller holds.
    ///
    /// Throws the fault of a log that is not what its checkpoint says.
    ///
    /// Complexity: O(bytes), as an audit.
    public init(
        _ source: any EntrySource,
        key: VerifierKey,
        progress: (AuditProgress) -> Void = { _ in }
    ) throws {
        var kept: AuditRun?
        let report = try Auditor().run(source, key: key, progress: progress) { kept = $0 }
        if let fault = report.fault { throw fault }
        guard let kept, let size = report.checkpoint?.size, let ledger = kept.book.ledger else {
            throw AuditError(
                .notFound,
                "\(source.place): the log has no entry yet; there is nothing to reconcile"
            )
        }
        self.source = source
        self.size = size
        self.ledger = ledger
        (book, leaves) = (kept.book, kept.leaves)
    }

    /// Hands over the entries of a range in order.
    ///
    /// Complexity: O(bytes before and in the range), which a source reads from its beginning.
    public func forEachEntry(
        in range: Range<UInt64>,
        _ body: (UInt64, PastEntry) throws -> Bool
    ) throws {
        try source.forEachEntry(size: size) { entry in
            guard entry.index < range.upperBound else { return false }
            guard entry.index >= range.lowerBound else { return true }
            return try body(entry.index, try past(entry))
        }
    }

    /// An entry, or nil past the end.
    public func entry(at index: UInt64) throws -> PastEntry? {
        guard index < size else { return nil }
        let previous = index == 0 ? Digest.zero : try leaves.hash(at: index - 1) ?? .zero
        return try past(try source.entry(at: index, previous: previous))
    }

    private func past(_ entry: SourceEntry) throws -> PastEntry {
        let known = try leaves.hash(at: entry.index)
        let (leaf, frame): (Digest, EntryFrame)
        switch entry.content {
        case .bytes(let bytes): (leaf, frame) = (MerkleHash.leaf(bytes), try entry.frame())
        case .rebuilt(let rebuilt): (leaf, frame) = (rebuilt.leaf, rebuilt.frame)
        }
        guard leaf == known else {
            throw AuditFault(
                .pastEntryChanged,
                index: entry.index,
                at: source.place,
                "read a second time, it has another leaf hash"
            )
        }
        let jws = try JWS(parsing: frame.jws)
        return PastEntry(statement: try Statement(payload: jws.payload), time: frame.time)
    }
}
