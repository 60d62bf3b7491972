internal import KontorStorage
internal import Synchronization
internal import VerifiableLog

/// The last used full tiles of a log with their inner nodes, for all threads that make proofs.
///
/// A tile that was just filled is noted by the committer with the nodes that the tree has already;
/// an older one is read and its 255 nodes are hashed once. 1,024 tiles of 16 kB at most.
final class TileCache: Sendable {
    private struct State {
        var tiles: GenerationCache<TilePath, HashTile>
        var loads: UInt64 = 0
    }

    /// How many tiles are kept at least.
    static let limit = 512
    private let store: any LogStore
    private let state: Mutex<State>

    init(store: any LogStore, limit: Int = TileCache.limit) {
        self.store = store
        state = Mutex(State(tiles: GenerationCache(limit: limit)))
    }

    /// How many tiles were read from the store; each cost 255 node hashes.
    var loads: UInt64 { state.withLock { $0.loads } }

    /// A full tile.
    ///
    /// Throws `tileMissing` or `tileLength`.
    func tile(_ path: TilePath) throws(LogError) -> HashTile {
        if let tile = known(path) { return tile }
        var bytes: [UInt8]?
        do { bytes = try store.tile(level: path.level ?? 0, index: path.index) } catch {
            throw LogError(.tileMissing, at: path.description, "\(error)")
        }
        guard let bytes else {
            throw LogError(.tileMissing, at: path.description, "the store has no such tile")
        }
        let tile = try HashTile(parsing: bytes, at: path)
        state.withLock { state in
            state.loads += 1
            state.tiles.note(tile, of: path)
        }
        return tile
    }

    /// A full tile that is at hand, or nil.
    func known(_ path: TilePath) -> HashTile? {
        state.withLock { $0.tiles.value(of: path) }
    }

    /// Notes tiles that a durable commit filled.
    func note(_ filled: [HashTile]) {
        guard !filled.isEmpty else { return }
        state.withLock { state in
            for tile in filled { state.tiles.note(tile, of: tile.path) }
        }
    }
}
