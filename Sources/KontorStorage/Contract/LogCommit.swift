/// What one durable transaction adds to the log: entries, the tiles they complete, and the new
/// head.
public struct LogCommit: Sendable, Hashable {
    /// By what right a commit is made; the store's standing must allow it.
    public enum Authority: Sendable, Hashable {
        /// The engine that opened the store at an epoch takes new entries.
        case writer(epoch: UInt64)
        /// Entries of the same log that another store took are copied.
        case copy
        /// The log's key is replaced in a restored store, which gets the standing in the same
        /// transaction.
        case enrolment(Standing)
    }

    /// The size of the log before the commit, compared with the stored one.
    public var base: UInt64
    /// The new entries, with indexes `base`, `base + 1` and so on.
    ///
    /// None, to replace only the checkpoint.
    public var entries: [StoredEntry]
    /// The full tiles that the entries complete, each stored once for ever.
    public var tiles: [StoredTile]
    /// The head afterwards, of size `base + entries.count`.
    public var head: LogHead
    /// By what right it is made.
    public var authority: Authority

    /// A commit of these parts; without an authority that of a writer before the first hand-over.
    public init(
        base: UInt64,
        entries: [StoredEntry],
        tiles: [StoredTile],
        head: LogHead,
        authority: Authority = .writer(epoch: 0)
    ) {
        self.base = base
        self.entries = entries
        self.tiles = tiles
        self.head = head
        self.authority = authority
    }
}
