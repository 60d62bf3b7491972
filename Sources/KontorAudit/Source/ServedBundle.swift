internal import Signing
internal import VerifiableLog

/// An entry bundle with the hash tile beside it, as a source serves them.
///
/// Nothing of it is believed.
struct ServedBundle: Sendable {
    /// The path that the checkpoint implies.
    let path: TilePath
    private let hashes: [Digest]
    private let bytes: [UInt8]
    private let goesOn: Bool

    /// A bundle of its bytes; a full one in place of a partial one goes on after what is due.
    ///
    /// Throws `tileLength` for a hash tile of another length than the path says.
    init(
        _ path: TilePath,
        tile: [UInt8],
        bytes: [UInt8],
        goesOn: Bool = false
    ) throws(AuditFault) {
        self.path = path
        self.bytes = bytes
        self.goesOn = goesOn
        let due = path.width * Digest.byteCount
        guard tile.count == due else {
            let beside = try? TilePath(level: 0, index: path.index, width: path.width)
            throw AuditFault(
                index: path.index << 8,
                place: (beside ?? path).description,
                code: LogError.Code.tileLength.rawValue,
                reason: "it has not the \(due) bytes of \(path.width) hashes"
            )
        }
        hashes = stride(from: 0, to: due, by: Digest.byteCount).compactMap { start in
            Digest(tile[start..<start + Digest.byteCount])
        }
    }

    /// Hands over the entries, each with its hash in the tile, until the closure returns false.
    ///
    /// Throws an `AuditFault` for a bundle that ends too early or too late, and what the closure
    /// throws.
    func forEachEntry(_ body: (SourceEntry) throws -> Bool) throws -> Bool {
        var bundle = EntryBundle(bytes)
        var index = path.index << 8
        for hash in hashes {
            guard let bytes = try next(&bundle, index) else {
                throw AuditFault(
                    .entryMissing,
                    index: index,
                    at: path.description,
                    "the bundle ends before it"
                )
            }
            let entry = SourceEntry(index: index, content: .bytes(bytes), statedLeaf: hash)
            guard try body(entry) else { return false }
            index += 1
        }
        // What stands after the last entry is a fault of that entry's bundle, malformed or not.
        guard try goesOn || next(&bundle, index - 1) == nil else {
            throw AuditFault(
                .surplusBytes,
                index: index - 1,
                at: path.description,
                "there are bytes after the last entry of the bundle"
            )
        }
        return true
    }

    /// The bytes of an entry, or nil if the bundle ends before it.
    func entry(at index: UInt64) throws(AuditFault) -> [UInt8]? {
        var bundle = EntryBundle(bytes)
        for _ in 0..<(index & 0xff) {
            guard try next(&bundle, index) != nil else { return nil }
        }
        return try next(&bundle, index)
    }

    private func next(
        _ bundle: inout EntryBundle,
        _ index: UInt64
    ) throws(AuditFault) -> [UInt8]? {
        do {
            return try bundle.next()
        } catch {
            throw AuditFault(
                index: index,
                place: path.description,
                code: error.code.rawValue,
                reason: "\(error.place): \(error.reason)"
            )
        }
    }
}
