public import Signing
public import VerifiableLog

/// A directory of C2SP tlog-tiles: `checkpoint`, `tile/<L>/<N>`, `tile/entries/<N>` (spec/18 §3).
///
/// Every byte that the checkpoint implies is compared: each entry with its hash in the tile of
/// level 0, each other tile with the one that the entries give.
public final class TilesSource: EntrySource {
    /// The directory.
    public let place: String

    /// The log in a directory.
    public init(directory: String) {
        place = directory
    }

    /// The contents of `checkpoint`.
    public func checkpoint() throws -> [UInt8] {
        let path = "\(place)/checkpoint"
        guard let note = try ByteFile.contents(of: path, limit: LogLimits.noteByteCount + 1) else {
            throw AuditError(
                .notFound,
                "\(path): there is no checkpoint; give an exported directory"
            )
        }
        return note
    }

    /// Hands over the entries of all bundles, each with its hash in the tile beside it.
    public func forEachEntry(size: UInt64, _ body: (SourceEntry) throws -> Bool) throws {
        let layout = TileLayout(size: size)
        var bundle: UInt64 = 0
        while let path = layout.path(level: nil, index: bundle) {
            guard try forEachEntry(of: path, body) else { return }
            bundle += 1
        }
    }

    /// Reads an entry again, without the rest of its bundle.
    public func entry(at index: UInt64, previous: Digest) throws -> SourceEntry {
        let file = try open(bundle: index >> 8)
        var offset: UInt64 = 0
        for _ in 0..<(index & 0xff) {
            offset += 2 + UInt64(try length(in: file, at: offset, index))
        }
        let length = try length(in: file, at: offset, index)
        let bytes = try file.bytes(at: offset + 2, count: length)
        guard bytes.count == length else { throw changed(index, file.path) }
        return SourceEntry(index: index, content: .bytes(bytes))
    }

    /// Compares a full tile above level 0; those of level 0 were compared entry by entry.
    public func check(_ tile: HashTile) throws {
        guard tile.level > 0 else { return }
        let last = ((tile.index + 1) << UInt64(8 * (tile.level + 1))) - 1
        try compare(tile, last: last)
    }

    /// Compares the partial tiles, and names files that the checkpoint does not imply.
    public func finish(size: UInt64, partial tiles: [HashTile]) throws -> [String] {
        for tile in tiles where tile.level > 0 { try compare(tile, last: size - 1) }
        return UnexpectedFiles.warnings(below: place, size: size)
    }

    private func forEachEntry(
        of path: TilePath,
        _ body: (SourceEntry) throws -> Bool
    ) throws -> Bool {
        let first = path.index << 8
        let beside = try TilePath(level: 0, index: path.index, width: path.width)
        let due = path.width * Digest.byteCount
        let limit = path.width * (2 + LogLimits.entryByteCount) + 1
        let tile = try contents(of: beside, index: first, limit: due + 1)
        let bytes = try contents(of: path, index: first, limit: limit)
        return try ServedBundle(path, tile: tile, bytes: bytes).forEachEntry(body)
    }

    private func compare(_ tile: HashTile, last: UInt64) throws {
        let due = tile.bytes
        guard try contents(of: tile.path, index: last, limit: due.count + 1) == due else {
            throw AuditFault(
                .tileMismatch,
                index: last,
                at: tile.path.description,
                "the entries below it give another tile"
            )
        }
    }

    private func contents(of path: TilePath, index: UInt64, limit: Int) throws -> [UInt8] {
        guard let bytes = try ByteFile.contents(of: "\(place)/\(path)", limit: limit) else {
            throw AuditFault(
                .fileMissing,
                index: index,
                at: path.description,
                "the checkpoint implies this file"
            )
        }
        return bytes
    }

    private func open(bundle index: UInt64) throws -> ByteFile {
        let path = try TilePath(bundle: index)
        do {
            return try ByteFile(reading: "\(place)/\(path)")
        } catch {
            guard error.code == .notFound else { throw error }
        }
        // A bundle that is not full: its width follows from the checkpoint.
        let note = try SignedNote(parsing: try checkpoint())
        let layout = TileLayout(size: try Checkpoint(parsing: note.text).size)
        guard let partial = layout.path(level: nil, index: index) else {
            throw changed(index << 8, path.description)
        }
        return try ByteFile(reading: "\(place)/\(partial)")
    }

    private func length(in file: ByteFile, at offset: UInt64, _ index: UInt64) throws -> Int {
        let bytes = try file.bytes(at: offset, count: 2)
        guard bytes.count == 2 else { throw changed(index, file.path) }
        return Int(bytes[0]) << 8 | Int(bytes[1])
    }

    private func changed(_ index: UInt64, _ path: String) -> AuditFault {
        AuditFault(.pastEntryChanged, index: index, at: path, "the bundle is no longer what it was")
    }
}
