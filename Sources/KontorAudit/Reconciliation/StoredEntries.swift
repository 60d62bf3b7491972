public import KontorStorage
public import Ledger

/// Entries of a store that the caller trusts, such as its own data directory.
public final class StoredEntries: BookedEntries {
    private let store: any LogStore

    /// The entries of a store.
    public init(_ store: any LogStore) {
        self.store = store
    }

    /// Hands over the entries of a range in order.
    public func forEachEntry(
        in range: Range<UInt64>,
        _ body: (UInt64, PastEntry) throws -> Bool
    ) throws {
        try store.forEachEntry(in: range) { stored in
            try body(stored.index, try Self.past(stored))
        }
    }

    /// An entry, or nil past the end.
    public func entry(at index: UInt64) throws -> PastEntry? {
        try store.entry(at: index).map(Self.past)
    }

    private static func past(_ stored: StoredEntry) throws -> PastEntry {
        PastEntry(statement: try Statement(payload: stored.payload), time: stored.time)
    }
}
