public import Signing

/// Reads a log from tiles that anyone may serve, and believes none of them before it fits the
/// checkpoint.
///
/// The partial tiles of the right edge together hash to the root of the checkpoint, so they are
/// authenticated at once when the reader is made. Every full tile hashes to a hash of the tile
/// above it, which is authenticated first; so each chain of trust ends at the right edge. No hash
/// is used before that (spec/05 §6).
///
/// A closure that must wait for the network may throw `tileMissing` and fetch: what was
/// authenticated stays, so the same call can be made again.
public struct TileReader {
    /// Fetches the bytes at a path, or gives nil if none are served.
    public typealias Fetch = (_ path: TilePath) throws(LogError) -> [UInt8]?

    /// The size of the checkpoint.
    public let size: UInt64
    /// The root of the checkpoint.
    public let root: Digest
    private let layout: TileLayout
    let fetch: Fetch
    private let edge: [HashTile]
    private var cache: [TilePath: HashTile] = [:]
    private var cached: [TilePath] = []

    /// A reader for a size and root that a verified checkpoint states; it fetches the right edge.
    ///
    /// Throws `tileMissing`, `tileLength`, `tileForged`, and what the closure throws.
    ///
    /// Complexity: O(log n) tiles.
    public init(
        size: UInt64,
        root: Digest,
        fetch: @escaping Fetch
    ) throws(LogError) {
        guard size <= LogLimits.treeSize else {
            throw LogError(.treeEdge, at: "tree of size \(size)", "a size is less than 2^63")
        }
        self.size = size
        self.root = root
        self.fetch = fetch
        layout = TileLayout(size: size)
        var edge: [HashTile] = []
        for path in layout.partialTiles {
            let (bytes, served) = try Self.bytes(at: path, fetch)
            edge.append(try HashTile(parsing: bytes, at: served).prefix(path.width))
        }
        guard TileTree.root(of: edge) == root else {
            throw LogError(
                .tileForged,
                at: "right edge of the tree of size \(size)",
                "its partial tiles do not hash to the root of the checkpoint; ask another source"
            )
        }
        self.edge = edge
    }

    /// A tile of the tree, authenticated.
    ///
    /// Throws `proofRange` outside of the tree, `tileMissing`, `tileLength`, `tileForged`, and what
    /// the closure throws.
    ///
    /// Complexity: O(log n) tiles, one if the tile above is known.
    public mutating func tile(level: Int, index: UInt64) throws(LogError) -> HashTile {
        guard let path = layout.path(level: level, index: index) else {
            throw LogError(
                .proofRange,
                at: "tile \(index) of level \(level)",
                "the tree of size \(size) has no such tile"
            )
        }
        if path.isPartial, let tile = edge.first(where: { $0.level == level }) { return tile }
        if let tile = cache[path] { return tile }
        let above = try self.tile(level: level + 1, index: index >> 8)
        let bytes = try Self.bytes(at: path, fetch).bytes
        let tile = try HashTile(parsing: bytes, at: path)
        let due = above.node(height: 0, position: Int(truncatingIfNeeded: index & 0xff))
        guard let due, tile.root == due else {
            throw LogError(
                .tileForged,
                at: path.description,
                "it does not hash to its place in the tile above; ask another source"
            )
        }
        keep(tile, at: path)
        return tile
    }

    private mutating func keep(_ tile: HashTile, at path: TilePath) {
        if cached.count == LogLimits.cachedTileCount {
            cache[cached.removeFirst()] = nil
        }
        cached.append(path)
        cache[path] = tile
    }

    /// The bytes at a path, or at the full tile's path where a partial one is no longer served.
    static func bytes(
        at path: TilePath,
        _ fetch: Fetch
    ) throws(LogError) -> (bytes: [UInt8], path: TilePath) {
        if let bytes = try fetch(path) { return (bytes, path) }
        if path.isPartial, let bytes = try fetch(path.full) { return (bytes, path.full) }
        throw LogError(
            .tileMissing,
            at: path.description,
            "the checkpoint implies it, but the source does not serve it; ask another source"
        )
    }
}
