internal import Signing
internal import Synchronization

/// A log kept in memory, for tests, simulations and audits of a bundle.
///
/// It is gone with the object.
public final class MemoryLogStore: LogStore {
    private let state = Mutex(State())

    /// An empty log.
    public init() {}

    /// The head of the last commit, or nil before the first.
    public func head() throws -> LogHead? {
        try state.withLock { state in try state.opened().head }
    }

    /// Adds a commit as a whole, or throws and adds nothing of it.
    ///
    /// Complexity: O(entries).
    public func append(_ commit: LogCommit) throws {
        try state.withLock { state in try state.append(commit) }
    }

    /// The entry at an index, or nil past the end.
    public func entry(at index: UInt64) throws -> StoredEntry? {
        try state.withLock { state in
            let entries = try state.opened().entries
            return index < UInt64(entries.count) ? entries[Int(index)] : nil
        }
    }

    /// Hands over the entries of a range in order, until the closure returns false.
    public func forEachEntry(
        in range: Range<UInt64>,
        _ body: (StoredEntry) throws -> Bool
    ) throws {
        let entries = try state.withLock { state in try state.opened().entries }
        let clamped = range.clamped(to: 0..<UInt64(entries.count))
        for entry in entries[Int(clamped.lowerBound)..<Int(clamped.upperBound)] {
            guard try body(entry) else { return }
        }
    }

    /// The index of the entry that a submitter sent under an id, or nil.
    public func index(of submitter: String, id: UInt128) throws -> UInt64? {
        try state.withLock { state in
            try state.opened().submissions[SubmissionKey(submitter: submitter, id: id)]
        }
    }

    /// The 8,192 bytes of a full tile, or nil if it is not complete.
    public func tile(level: Int, index: UInt64) throws -> [UInt8]? {
        try state.withLock { state in
            try state.opened().tiles[TileKey(level: level, index: index)]
        }
    }

    /// Saves the changed pages of the state projection.
    public func saveProjection(
        watermark: UInt64,
        version: Int,
        pages: [ProjectionPage],
        dropping: [(table: UInt8, fromNumber: UInt32)]
    ) throws {
        try state.withLock { state in
            let size = try state.opened().head?.size ?? 0
            try StorageLimits.checkProjection(watermark: watermark, size: size, pages: pages)
            state.replacePages(with: pages, dropping: dropping)
            state.projection = (watermark: watermark, version: version)
            state.counters.transactions += 1
            state.counters.rows += UInt64(pages.count + 1)
        }
    }

    /// Up to which size the saved projection reaches, and the format of its pages, or nil.
    public func projection() throws -> (watermark: UInt64, version: Int)? {
        try state.withLock { state in try state.opened().projection }
    }

    /// Hands over all pages of one saved projection, ordered by table and number.
    public func forEachProjectionPage(_ body: (ProjectionPage) throws -> Void) throws {
        let pages = try state.withLock { state in try state.opened().pages }
        for page in pages { try body(page) }
    }

    /// Forgets the projection.
    public func dropProjection() throws {
        try state.withLock { state in
            _ = try state.opened()
            state.counters.transactions += 1
            state.counters.rows += UInt64(state.pages.count) + (state.projection == nil ? 0 : 1)
            state.pages = []
            state.projection = nil
        }
    }

    /// The value of a setting, or nil.
    public func setting(_ name: String) throws -> [UInt8]? {
        try state.withLock { state in try state.opened().settings[name] }
    }

    /// The settings whose names begin with a text.
    public func settings(withPrefix prefix: String) throws -> [StoredSetting] {
        try state.withLock { state in
            try state.opened().settings.filter { $0.key.utf8.starts(with: prefix.utf8) }
                .map { StoredSetting(name: $0.key, value: $0.value) }
                .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        }
    }

    /// Sets or, with nil, removes settings.
    public func setSettings(_ changes: [(name: String, value: [UInt8]?)]) throws {
        for change in changes { try StorageLimits.checkSetting(change.name, change.value) }
        guard !changes.isEmpty else { return }
        try state.withLock { state in
            var settings = try state.opened().settings
            for (name, value) in changes {
                state.counters.rows += settings[name] != nil || value != nil ? 1 : 0
                settings[name] = value
            }
            state.settings = settings
            state.counters.transactions += 1
        }
    }

    /// Whether the store takes entries of its own.
    public func standing() throws -> Standing {
        try state.withLock { state in try state.standing() }
    }

    /// Replaces the standing, if it is the expected one and may become the next one.
    public func replaceStanding(_ expected: Standing, with next: Standing) throws {
        try state.withLock { state in try state.replaceStanding(expected, with: next) }
    }

    /// What the store has taken since it was made.
    public var counters: StoreCounters {
        state.withLock { state in state.counters }
    }

    /// Ends all use; the log is gone.
    public func close() throws {
        state.withLock { state in
            let counters = state.counters
            state = State()
            state.counters = counters
            state.isClosed = true
        }
    }
}
