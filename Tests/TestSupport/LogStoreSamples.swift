public import KontorStorage
private import Signing

/// Commits and entries from seeds, for tests of stores.
public enum LogStoreSamples {
    /// So many bytes that depend only on the seed.
    public static func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
        var state = seed &+ 0x9e37_79b9_7f4a_7c15
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
    }

    /// The submission id of the entry at an index, in the layout of a UUIDv7.
    public static func id(_ index: UInt64) -> UInt128 {
        UInt128(1_795_000_000_000 + index / 4) << 80 | 7 << 76 | 2 << 62 | UInt128(index)
    }

    /// The slug of the submitter of the entry at an index; there are three.
    public static func submitter(_ index: UInt64) -> String {
        ["nordwind", "suedkauf", "ostbahn"][Int(index % 3)]
    }

    /// The entry at an index.
    public static func entry(_ index: UInt64, payloadBytes: Int = 200) -> StoredEntry {
        StoredEntry(
            index: index,
            time: Timestamp(milliseconds: 1_795_000_000_000 + Int64(index) / 4),
            submitter: submitter(index),
            id: id(index),
            header: bytes(90, seed: index % 3),
            payload: bytes(payloadBytes, seed: index),
            signature: bytes(64, seed: ~index)
        )
    }

    /// The head of a log of a size.
    public static func head(_ size: UInt64) -> LogHead {
        LogHead(
            size: size,
            root: DigestBuilder.digest(bytes(8, seed: size)),
            checkpoint: bytes(180, seed: size)
        )
    }

    /// The full tile at a place.
    public static func tile(_ level: Int, _ index: UInt64) -> StoredTile {
        let seed = UInt64(level) << 32 | index
        return StoredTile(level: level, index: index, bytes: bytes(8_192, seed: seed))
    }

    /// A commit of so many entries after a base, with the leaf tiles that they complete.
    public static func commit(_ base: UInt64, _ count: Int, payloadBytes: Int = 200) -> LogCommit {
        let size = base + UInt64(count)
        return LogCommit(
            base: base,
            entries: (base..<size).map { entry($0, payloadBytes: payloadBytes) },
            tiles: (base / 256..<size / 256).map { tile(0, $0) },
            head: head(size)
        )
    }

    /// All entries of a range.
    public static func collect(
        _ store: any LogStore,
        _ range: Range<UInt64>
    ) throws -> [StoredEntry] {
        var entries: [StoredEntry] = []
        try store.forEachEntry(in: range) { entry in
            entries.append(entry)
            return true
        }
        return entries
    }

    /// All pages of the projection.
    public static func pages(_ store: any LogStore) throws -> [ProjectionPage] {
        var pages: [ProjectionPage] = []
        try store.forEachProjectionPage { page in pages.append(page) }
        return pages
    }
}
