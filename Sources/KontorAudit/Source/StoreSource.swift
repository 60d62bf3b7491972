public import KontorStorage
public import Signing
internal import Synchronization
public import VerifiableLog

/// The log in a store, such as a data directory that was opened for reading.
///
/// It may be in use: the audit covers the checkpoint that stood when it began.
public final class StoreSource: EntrySource {
    /// Where the log is.
    public let place: String
    private let store: any LogStore
    private let head = Mutex<LogHead?>(nil)

    /// The log in a store.
    public init(_ store: any LogStore, place: String) {
        self.store = store
        self.place = place
    }

    /// The log in a data directory.
    public convenience init(directory: String) throws {
        try self.init(
            SQLiteLogStore(directory: directory, access: .readOnly),
            place: directory
        )
    }

    /// The checkpoint of the head, whose size and root must be those of the head itself.
    public func checkpoint() throws -> [UInt8] {
        guard let head = try store.head() else {
            throw AuditError(
                .notFound,
                "\(place): the log has no entry yet; there is nothing to audit"
            )
        }
        self.head.withLock { $0 = head }
        return head.checkpoint
    }

    /// Hands over the entries, each made again from its parts.
    public func forEachEntry(size: UInt64, _ body: (SourceEntry) throws -> Bool) throws {
        var previous = Digest.zero
        var next: UInt64 = 0
        var isWanted = true
        try store.forEachEntry(in: 0..<size) { stored in
            let entry = try RebuiltEntry(stored, previous: previous)
            previous = entry.leaf
            next = stored.index + 1
            isWanted = try body(SourceEntry(index: stored.index, content: .rebuilt(entry)))
            return isWanted
        }
        guard next == size || !isWanted else {
            throw AuditFault(
                .entryMissing,
                index: next,
                at: place,
                "the store ends before its head"
            )
        }
    }

    /// Reads an entry again.
    public func entry(at index: UInt64, previous: Digest) throws -> SourceEntry {
        guard let stored = try store.entry(at: index) else {
            throw AuditFault(.entryMissing, index: index, at: place, "the store has no such entry")
        }
        return SourceEntry(
            index: index,
            content: .rebuilt(try RebuiltEntry(stored, previous: previous))
        )
    }

    /// Compares a full tile with the stored one.
    public func check(_ tile: HashTile) throws {
        guard tile.level <= StorageLimits.tileLevel else { return }
        let last = ((tile.index + 1) << UInt64(8 * (tile.level + 1))) - 1
        let path = tile.path.description
        guard let bytes = try store.tile(level: tile.level, index: tile.index) else {
            throw AuditFault(
                .fileMissing,
                index: last,
                at: path,
                "the store has not this full tile"
            )
        }
        guard bytes == tile.bytes else {
            throw AuditFault(.tileMismatch, index: last, at: path, "the stored tile is another one")
        }
    }

    /// Compares size and root of the stored head with the tree of the entries.
    public func finish(size: UInt64, partial tiles: [HashTile]) throws -> [String] {
        guard let head = head.withLock({ $0 }) else { return [] }
        let note = try? SignedNote(parsing: head.checkpoint)
        let checkpoint = note.flatMap { try? Checkpoint(parsing: $0.text) }
        guard head.size == size, head.root == checkpoint?.root else {
            throw AuditFault(
                .storedMismatch,
                index: nil,
                at: "head",
                "size or root of the stored head is not that of its checkpoint"
            )
        }
        return []
    }
}
