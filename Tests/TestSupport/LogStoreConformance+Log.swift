internal import KontorStorage

private typealias Samples = LogStoreSamples

extension LogStoreConformance {
    /// Checks of entries, ids, tiles and heads.
    static let logChecks: [LogStoreConformance] = [
        LogStoreConformance("an empty log holds nothing", checkEmpty),
        LogStoreConformance("what is appended is read back", checkAppend),
        LogStoreConformance("a commit without entries replaces the head", checkHeadOnly),
        LogStoreConformance("commits that do not fit are refused whole", checkConflicts),
        LogStoreConformance("an id is taken once for each submitter", checkIds),
        LogStoreConformance("tiles are full, within the log, and stored once", checkTiles),
        LogStoreConformance("limits hold", checkLimits),
        LogStoreConformance("streaming keeps order, range and the wish to stop", checkStreaming),
        LogStoreConformance("large entries, and headers that all differ", checkLarge),
        LogStoreConformance("10,000 singles, read back in one stream", checkSingles),
        LogStoreConformance("readers see whole commits during appends", checkConcurrentReaders),
        LogStoreConformance("counters count what took effect", checkCounters),
    ]

    private static func checkEmpty(_ factory: Factory) throws {
        let store = try factory.open()
        try require(store.head() == nil, "no head before the first commit")
        try require(store.entry(at: 0) == nil, "no entry")
        try require(store.entry(at: .max) == nil, "no entry at the greatest index")
        try require(store.index(of: "nordwind", id: 1) == nil, "no id")
        try require(store.tile(level: 0, index: 0) == nil, "no tile")
        try require(store.tile(level: -1, index: 0) == nil, "no tile below level 0")
        try require(store.tile(level: 99, index: .max) == nil, "no tile at an absurd place")
        try require(Samples.collect(store, 0..<UInt64.max).isEmpty, "no entries to stream")
        try require(store.projection() == nil, "no projection")
        try require(Samples.pages(store).isEmpty, "no pages")
        try require(store.setting("origin") == nil, "no setting")
        try store.close()
    }

    private static func checkAppend(_ factory: Factory) throws {
        let store = try factory.open()
        try store.append(Samples.commit(0, 3))
        try store.append(Samples.commit(3, 1))
        try require(store.head() == Samples.head(4), "the head is the last commit's")
        for index in UInt64(0)..<4 {
            let entry = Samples.entry(index)
            try require(store.entry(at: index) == entry, "entry \(index) is as appended")
            let found = try store.index(of: entry.submitter, id: entry.id)
            try require(found == index, "the id of entry \(index) leads to it")
        }
        try require(store.entry(at: 4) == nil, "no entry past the end")
        try store.close()
    }

    private static func checkHeadOnly(_ factory: Factory) throws {
        let store = try factory.open()
        try store.append(Samples.commit(0, 2))
        var head = Samples.head(2)
        head.checkpoint += [10]
        try store.append(LogCommit(base: 2, entries: [], tiles: [], head: head))
        try require(store.head() == head, "the checkpoint is replaced")
        try store.close()
    }

    private static func checkConflicts(_ factory: Factory) throws {
        let store = try factory.open()
        try store.append(Samples.commit(0, 5))
        var gap = Samples.commit(5, 3)
        gap.entries[1].index = 7
        var doubled = Samples.commit(5, 3)
        doubled.entries[2].index = 6
        var wrongHead = Samples.commit(5, 3)
        wrongHead.head.size = 9
        let cases: [(String, LogCommit)] = [
            ("a base below the size", Samples.commit(4, 2)),
            ("a base past the size", Samples.commit(6, 2)),
            ("the first commit again", Samples.commit(0, 5)),
            ("a gap", gap), ("an index twice", doubled), ("a head of another size", wrongHead),
        ]
        for (name, commit) in cases {
            try requireError(.conflict, "\(name) is refused") { try store.append(commit) }
            try require(store.head() == Samples.head(5), "\(name) leaves the head")
            try require(Samples.collect(store, 0..<99).count == 5, "\(name) leaves the entries")
        }
        try store.append(Samples.commit(5, 3))
        try require(store.head()?.size == 8, "a commit that fits is taken afterwards")
        try store.close()
    }

    private static func checkIds(_ factory: Factory) throws {
        let store = try factory.open()
        try store.append(Samples.commit(0, 3))
        var stored = Samples.commit(3, 2)
        stored.entries[1].submitter = Samples.submitter(1)
        stored.entries[1].id = Samples.id(1)
        try requireError(.conflict, "an id that is stored is refused") { try store.append(stored) }
        var twice = Samples.commit(3, 2)
        twice.entries[1].submitter = twice.entries[0].submitter
        twice.entries[1].id = twice.entries[0].id
        try requireError(.conflict, "an id twice in a commit is refused") {
            try store.append(twice)
        }
        let first = Samples.entry(3)
        try require(store.index(of: first.submitter, id: first.id) == nil, "no id of them is kept")
        var shared = Samples.commit(3, 2)
        shared.entries[0].submitter = "neuland"
        shared.entries[0].id = Samples.id(1)
        shared.entries[1].id = .max
        try store.append(shared)
        try require(store.index(of: "neuland", id: Samples.id(1)) == 3, "ids are per submitter")
        try require(
            store.index(of: Samples.submitter(1), id: Samples.id(1)) == 1,
            "the first stays"
        )
        try require(store.index(of: "fremd", id: Samples.id(1)) == nil, "a stranger has no ids")
        try require(store.index(of: Samples.submitter(4), id: .max) == 4, "all 128 bits are kept")
        try store.close()
    }

    private static func checkTiles(_ factory: Factory) throws {
        let store = try factory.open()
        var early = Samples.commit(0, 255)
        early.tiles = [Samples.tile(0, 0)]
        var short = Samples.commit(0, 256)
        short.tiles[0].bytes.removeLast()
        var high = Samples.commit(0, 256)
        high.tiles[0].level = 6
        var low = Samples.commit(0, 256)
        low.tiles[0].level = -1
        var above = Samples.commit(0, 256)
        above.tiles[0].level = 1
        for commit in [early, short, high, low, above] {
            try requireError(.conflict, "a tile that does not fit is refused") {
                try store.append(commit)
            }
        }
        try store.append(Samples.commit(0, 600))
        for index in UInt64(0)..<2 {
            let expected = Samples.tile(0, index).bytes
            try require(store.tile(level: 0, index: index) == expected, "tile \(index) is kept")
        }
        try require(store.tile(level: 0, index: 2) == nil, "a partial tile is not stored")
        var again = Samples.commit(600, 1)
        again.tiles = [Samples.tile(0, 1)]
        try requireError(.conflict, "a stored tile is never replaced") { try store.append(again) }
        try require(store.head()?.size == 600, "and the commit is refused whole")
        try store.close()
    }

    private static func checkLimits(_ factory: Factory) throws {
        let store = try factory.open()
        var long = Samples.commit(0, 1)
        long.entries[0].payload = [UInt8](repeating: 1, count: StorageLimits.entryBytes)
        var named = Samples.commit(0, 1)
        named.entries[0].submitter = String(repeating: "a", count: 256)
        for commit in [long, named, Samples.commit(StorageLimits.logSize, 1)] {
            try requireError(.limitExceeded, "too much is refused") { try store.append(commit) }
        }
        try requireError(.limitExceeded, "a long name is refused") {
            try store.setSetting(String(repeating: "a", count: 256), [1])
        }
        try require(store.head() == nil, "nothing is stored")
        try store.close()
    }

    private static func checkStreaming(_ factory: Factory) throws {
        let store = try factory.open()
        for base in stride(from: UInt64(0), to: 3_000, by: 500) {
            try store.append(Samples.commit(base, 500, payloadBytes: 20))
        }
        for range in [0..<3_000, 1_000..<1_001, 1_023..<2_050, 2_990..<9_000, 5..<5, 4_000..<9_000]
        {
            let range = UInt64(range.lowerBound)..<UInt64(range.upperBound)
            let indexes = try Samples.collect(store, range).map(\.index)
            let expected = Array(range.clamped(to: 0..<3_000))
            try require(indexes == expected, "\(range) is streamed in order")
        }
        var seen = 0
        try store.forEachEntry(in: 100..<3_000) { entry in
            seen += 1
            let same = try store.entry(at: entry.index)
            try require(same == entry, "the closure may call the store")
            return seen < 7
        }
        try require(seen == 7, "false stops at once")
        struct Stop: Error {}
        do {
            try store.forEachEntry(in: 0..<9) { _ in throw Stop() }
            try require(false, "what the closure throws is handed on")
        } catch is Stop {}
        try store.close()
    }

    private static func checkLarge(_ factory: Factory) throws {
        let store = try factory.open()
        let sizes = [0, 1, 4_096, 16_384, 60_000, 65_535 - 64 - 90]
        var commit = Samples.commit(0, sizes.count)
        for (position, size) in sizes.enumerated() {
            commit.entries[position].payload = Samples.bytes(size, seed: UInt64(size))
        }
        commit.entries[1].header = []
        commit.entries[2].header = Samples.bytes(5_000, seed: 5)
        commit.entries[3].signature = []
        try store.append(commit)
        try require(Samples.collect(store, 0..<99) == commit.entries, "all sizes come back")
        var varied = Samples.commit(6, 5_000, payloadBytes: 1)
        for position in varied.entries.indices {
            varied.entries[position].header = Samples.bytes(24, seed: UInt64(position))
        }
        try store.append(varied)
        try require(Samples.collect(store, 6..<5_006) == varied.entries, "all headers come back")
        try store.close()
    }

    private static func checkSingles(_ factory: Factory) throws {
        let store = try factory.open()
        for base in stride(from: UInt64(0), to: 10_000, by: 1_000) {
            try store.append(Samples.commit(base, 1_000))
        }
        var next: UInt64 = 0
        try store.forEachEntry(in: 0..<10_000) { entry in
            try require(entry == Samples.entry(next), "entry \(next) is as appended")
            next += 1
            return true
        }
        try require(next == 10_000, "the stream has all of them")
        for index in stride(from: UInt64(0), to: 10_000, by: 997) {
            let found = try store.index(of: Samples.submitter(index), id: Samples.id(index))
            try require(found == index, "id \(index) is found")
        }
        try store.close()
    }

    private static func checkConcurrentReaders(_ factory: Factory) throws {
        let store = try factory.open()
        try store.append(Samples.commit(0, 10))
        let reads = try ConcurrentRun(readers: 3).run {
            for base in stride(from: UInt64(10), to: 400, by: 10) {
                try store.append(Samples.commit(base, 10))
            }
        } reader: {
            let size = try store.head()?.size ?? 0
            try require(size % 10 == 0, "a reader sees whole commits, not \(size) entries")
            let last = try store.entry(at: size - 1)
            try require(last == Samples.entry(size - 1), "the last entry is there with its head")
            let count = try Samples.collect(store, size - 10..<size).count
            try require(count == 10, "and those before it")
        }
        try require(reads > 0, "readers ran")
        try require(store.head() == Samples.head(400), "all commits are there")
        try store.close()
    }

    private static func checkCounters(_ factory: Factory) throws {
        let store = try factory.open()
        try store.append(Samples.commit(0, 5))
        let before = store.counters
        try? store.append(Samples.commit(0, 5))
        try require(store.counters == before || store.counters.commits == 1, "no commit is counted")
        try store.append(Samples.commit(5, 251))
        try require(store.counters.commits == 2, "two commits")
        try require(store.counters.entries == 256, "256 entries")
        try require(store.counters.transactions == 2, "two transactions, so two syncs")
        let rows = store.counters.rows - before.rows
        try require((504...510).contains(rows), "two rows an entry, a tile, a head; not \(rows)")
        try store.close()
    }
}
