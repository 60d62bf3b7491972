internal import KontorStorage
internal import Signing
internal import VerifiableLog

/// The last durable head, from which readers make receipts and proofs without waiting for the
/// writer.
struct Published: Sendable {
    /// The tree at the head.
    var tree: TileTree
    /// The signed checkpoint.
    var checkpoint: SignedNote
}

/// Full tiles of a store, the last used of them kept at hand.
struct TileCache {
    private let store: any LogStore
    private var tiles: [TilePath: HashTile] = [:]
    private static let limit = 256

    init(store: any LogStore) {
        self.store = store
    }

    mutating func tile(_ path: TilePath) throws(LogError) -> HashTile {
        if let tile = tiles[path] { return tile }
        var bytes: [UInt8]?
        do { bytes = try store.tile(level: path.level ?? 0, index: path.index) } catch {
            throw LogError(.tileMissing, at: path.description, "\(error)")
        }
        guard let bytes else {
            throw LogError(.tileMissing, at: path.description, "the store has no such tile")
        }
        let tile = try HashTile(parsing: bytes, at: path)
        if tiles.count >= Self.limit { tiles.removeAll(keepingCapacity: true) }
        tiles[path] = tile
        return tile
    }
}
