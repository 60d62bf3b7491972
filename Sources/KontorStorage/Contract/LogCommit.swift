/// What one durable transaction adds to the log: entries, the tiles they complete, and the new
/// head.
public struct LogCommit: Sendable, Hashable {
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

    /// A commit of these parts.
    public init(base: UInt64, entries: [StoredEntry], tiles: [StoredTile], head: LogHead) {
        self.base = base
        self.entries = entries
        self.tiles = tiles
        self.head = head
    }
}
