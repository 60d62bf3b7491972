public import KontorClient
public import Signing
internal import Synchronization
public import VerifiableLog

/// A log that a server shows over HTTP: its checkpoint, hash tiles and entry bundles (spec/18 §3,
/// spec/19 §10).
///
/// Bundles hold everybody's entries, so the client needs the login of an auditor or operator. The
/// audit is of the checkpoint that was shown first, however far the log goes on meanwhile. Methods
/// block their thread, which must not be one of Swift's own pool.
public final class RemoteSource: EntrySource {
    /// The address of the server.
    public let place: String
    private let client: KontorClient
    private let note = Mutex<SignedNote?>(nil)
    private let kept = Mutex<[ServedBundle]>([])

    /// The log of a client's server.
    public init(_ client: KontorClient) {
        self.client = client
        place = client.url
    }

    /// The checkpoint note, which is consistent with the memory of the client.
    public func checkpoint() throws -> [UInt8] {
        if let note = note.withLock({ $0 }) { return note.bytes }
        let client = client
        let shown = try Waiting.value { try await client.checkpointNote() }
        note.withLock { $0 = shown }
        return shown.bytes
    }

    /// Hands over the entries of all bundles, and fetches a few bundles ahead.
    public func forEachEntry(size: UInt64, _ body: (SourceEntry) throws -> Bool) throws {
        let layout = TileLayout(size: size)
        var ahead: [Task<ServedBundle, any Error>] = []
        defer { ahead.forEach { $0.cancel() } }
        var next: UInt64 = 0
        while true {
            while ahead.count < AuditLimits.bundlesAhead,
                let path = layout.path(level: nil, index: next)
            {
                let client = client
                ahead.append(Task { try await Self.bundle(path, client) })
                next += 1
            }
            guard !ahead.isEmpty else { return }
            let task = ahead.removeFirst()
            let bundle = try Waiting.value { try await task.value }
            keep(bundle)
            guard try bundle.forEachEntry(body) else { return }
        }
    }

    /// Reads an entry again, from a bundle that is still at hand or by itself.
    public func entry(at index: UInt64, previous: Digest) throws -> SourceEntry {
        let bundle = kept.withLock { kept in kept.first { $0.path.index == index >> 8 } }
        if let bytes = try bundle?.entry(at: index) {
            return SourceEntry(index: index, content: .bytes(bytes))
        }
        let client = client
        let entry = try Waiting.value { try await client.claimedEntry(at: index) }
        return SourceEntry(index: index, content: .bytes(entry.frame.bytes))
    }

    /// Compares a full tile above level 0; those of level 0 are compared entry by entry.
    public func check(_ tile: HashTile) throws {
        guard tile.level > 0 else { return }
        try compare(tile, last: ((tile.index + 1) << UInt64(8 * (tile.level + 1))) - 1)
    }

    /// Compares the partial tiles above level 0.
    public func finish(size: UInt64, partial tiles: [HashTile]) throws -> [String] {
        for tile in tiles where tile.level > 0 { try compare(tile, last: size - 1) }
        return []
    }

    private func keep(_ bundle: ServedBundle) {
        kept.withLock { kept in
            if kept.count == AuditLimits.bundlesKept { kept.removeFirst() }
            kept.append(bundle)
        }
    }

    private func compare(_ tile: HashTile, last: UInt64) throws {
        let client = client
        let path = tile.path
        let shown = try Waiting.value { try await Self.served(path, index: last, client).bytes }
        guard shown.starts(with: tile.bytes) else {
            throw AuditFault(
                .tileMismatch,
                index: last,
                at: path.description,
                "the entries below it give another tile"
            )
        }
    }

    private static func bundle(
        _ path: TilePath,
        _ client: KontorClient
    ) async throws -> ServedBundle {
        let first = path.index << 8
        let beside = try TilePath(level: 0, index: path.index, width: path.width)
        let tile = try await served(beside, index: first, client)
        let bundle = try await served(path, index: first, client)
        let due = path.width * Digest.byteCount
        return try ServedBundle(
            path,
            tile: tile.isFull ? Array(tile.bytes.prefix(due)) : tile.bytes,
            bytes: bundle.bytes,
            goesOn: bundle.isFull
        )
    }

    /// The bytes at a path, or those of the full tile where a partial one is served no longer.
    private static func served(
        _ path: TilePath,
        index: UInt64,
        _ client: KontorClient
    ) async throws -> (bytes: [UInt8], isFull: Bool) {
        if let bytes = try await client.served(at: path) { return (bytes, false) }
        if path.isPartial, let bytes = try await client.served(at: path.full) {
            return (bytes, true)
        }
        throw AuditFault(
            .fileMissing,
            index: index,
            at: path.description,
            "the checkpoint implies it, and the server does not serve it"
        )
    }
}
