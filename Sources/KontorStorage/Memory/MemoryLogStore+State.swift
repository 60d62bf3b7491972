extension MemoryLogStore {
    /// Who sent an entry, under which id.
    struct SubmissionKey: Hashable {
        let submitter: String
        let id: UInt128
    }

    /// Where a tile stands.
    struct TileKey: Hashable {
        let level: Int
        let index: UInt64
    }

    /// All that the store holds.
    struct State {
        var head: LogHead?
        var entries: [StoredEntry] = []
        var submissions: [SubmissionKey: UInt64] = [:]
        var tiles: [TileKey: [UInt8]] = [:]
        var projection: (watermark: UInt64, version: Int)?
        var pages: [ProjectionPage] = []
        var settings: [String: [UInt8]] = [:]
        var counters = StoreCounters()
        var isClosed = false
    }
}

extension MemoryLogStore.State {
    /// The state itself, unless the store was closed.
    func opened() throws(StorageError) -> Self {
        guard !isClosed else {
            throw StorageError(.closed, "log in memory: the store was closed; make a new one")
        }
        return self
    }

    /// Checks a commit as a whole, then adds it as a whole.
    mutating func append(_ commit: LogCommit) throws(StorageError) {
        _ = try opened()
        try commit.checkShape()
        try standing().check(commit, stored: head?.size ?? 0)
        try commit.checkBase(stored: head?.size ?? 0)
        var added: Set<MemoryLogStore.SubmissionKey> = []
        for entry in commit.entries {
            let key = MemoryLogStore.SubmissionKey(submitter: entry.submitter, id: entry.id)
            guard submissions[key] == nil, added.insert(key).inserted else {
                throw entry.existsError
            }
        }
        var addedTiles: Set<MemoryLogStore.TileKey> = []
        for tile in commit.tiles {
            let key = MemoryLogStore.TileKey(level: tile.level, index: tile.index)
            guard tiles[key] == nil, addedTiles.insert(key).inserted else { throw tile.existsError }
        }
        add(commit)
    }

    /// The standing, as the mark says it.
    func standing() throws(StorageError) -> Standing {
        try Standing(mark: opened().settings[Standing.settingName], at: "log in memory")
    }

    /// Checks a new standing, then puts it in the place of the expected one.
    mutating func replaceStanding(
        _ expected: Standing,
        with next: Standing
    ) throws(StorageError) {
        let stored = try standing()
        try stored.checkIs(expected)
        try stored.check(next, size: head?.size ?? 0)
        settings[Standing.settingName] = next.text
        counters.transactions += 1
        counters.rows += 1
    }

    private mutating func add(_ commit: LogCommit) {
        for entry in commit.entries {
            let key = MemoryLogStore.SubmissionKey(submitter: entry.submitter, id: entry.id)
            submissions[key] = entry.index
        }
        entries.append(contentsOf: commit.entries)
        for tile in commit.tiles {
            tiles[MemoryLogStore.TileKey(level: tile.level, index: tile.index)] = tile.bytes
        }
        head = commit.head
        if case .enrolment(let next) = commit.authority {
            settings[Standing.settingName] = next.text
        }
        counters.commits += 1
        counters.transactions += 1
        counters.entries += UInt64(commit.entries.count)
        counters.rows += UInt64(commit.entries.count * 2 + commit.tiles.count + 1)
    }

    /// Drops and replaces pages; the rest keeps its order by table and number.
    mutating func replacePages(
        with changed: [ProjectionPage],
        dropping: [(table: UInt8, fromNumber: UInt32)]
    ) {
        func key(_ page: ProjectionPage) -> UInt64 {
            UInt64(page.table) << 32 | UInt64(page.number)
        }
        var kept: [UInt64: ProjectionPage] = [:]
        for page in pages
        where !dropping.contains(where: { $0.table == page.table && page.number >= $0.fromNumber })
        {
            kept[key(page)] = page
        }
        for page in changed { kept[key(page)] = page }
        pages = kept.values.sorted { key($0) < key($1) }
    }
}
