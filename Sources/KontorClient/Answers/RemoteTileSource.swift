public import Signing
public import VerifiableLog

/// The tree of one verified checkpoint, read from tiles over the network.
///
/// Every tile is authenticated up to the root of the checkpoint before a hash of it is used, the
/// first full tile of level 0 too (spec/05 §6).
public actor RemoteTileSource {
    /// The checkpoint that the tree is of.
    public nonisolated let head: Checkpoint
    private let client: KontorClient
    private let shelf: Shelf
    private var reader: TileReader

    /// What was fetched for the operation that is under way.
    private final class Shelf {
        var served: [TilePath: [UInt8]?] = [:]
        var wanted: TilePath?

        /// The bytes at a path; a path that was not fetched yet is noted.
        func take(_ path: TilePath) throws(LogError) -> [UInt8]? {
            if let bytes = served[path] { return bytes }
            wanted = path
            throw LogError(.tileMissing, at: path.description, "it is being fetched")
        }
    }

    /// A reader; the right edge of the tree is fetched and checked at once.
    init(client: KontorClient, head: Checkpoint) async throws {
        self.client = client
        self.head = head
        let shelf = Shelf()
        self.shelf = shelf
        while true {
            do throws(LogError) {
                reader = try TileReader(size: head.size, root: head.root) {
                    (path) throws(LogError) in try shelf.take(path)
                }
                break
            } catch {
                guard let path = shelf.wanted else { throw ClientError.unverified(error) }
                shelf.wanted = nil
                shelf.served[path] = .some(try await client.served(at: path))
            }
        }
        shelf.served = [:]
    }

    /// A tile of the tree.
    ///
    /// Throws `unverified`, and what fetching throws.
    public func tile(level: Int, index: UInt64) async throws -> HashTile {
        try await read { (reader) throws(LogError) in
            try reader.tile(level: level, index: index)
        }
    }

    /// The hash of a leaf.
    public func leafHash(at index: UInt64) async throws -> Digest {
        try await read { (reader) throws(LogError) in try reader.leafHash(at: index) }
    }

    /// The entries of a bundle, each compared with its leaf; most logs want a login for them.
    public func entries(bundle index: UInt64) async throws -> [[UInt8]] {
        try await read { (reader) throws(LogError) in try reader.entries(bundle: index) }
    }

    /// The proof that a leaf stands in the tree.
    public func inclusionProof(of index: UInt64) async throws -> InclusionProof {
        try await read { (reader) throws(LogError) in try reader.inclusionProof(of: index) }
    }

    /// The proof that the tree extends an earlier size.
    public func consistencyProof(from size: UInt64) async throws -> ConsistencyProof {
        try await read { (reader) throws(LogError) in try reader.consistencyProof(from: size) }
    }

    /// Runs a reading, and again each time that a tile it lacked has come.
    private func read<T: Sendable>(
        _ body: (inout TileReader) throws(LogError) -> T
    ) async throws -> T {
        defer { shelf.served = [:] }
        while true {
            shelf.wanted = nil
            do throws(LogError) {
                return try body(&reader)
            } catch {
                guard let path = shelf.wanted else { throw ClientError.unverified(error) }
                let bytes = try await client.served(at: path)
                shelf.served[path] = .some(bytes)
            }
        }
    }
}
