internal import KontorStorage
internal import Signing
internal import VerifiableLog

/// The tiles and bundles that entries complete, one after another.
struct TileGrowth {
    private var tree: TileTree
    private var bundle: [UInt8] = []
    /// The leaf hash of the last entry, zero before the first.
    private(set) var lastLeaf = Digest.zero

    /// The growth of a store's tree from a size that is a multiple of 256.
    ///
    /// Complexity: O(256 log size) tiles.
    init(_ store: any LogStore, from size: UInt64) throws {
        tree = TileTree()
        guard size > 0 else { return }
        func full(_ level: Int, _ index: UInt64) throws(LogError) -> HashTile {
            let path = try TilePath(level: level, index: index)
            guard let bytes = try? store.tile(level: level, index: index) else {
                throw LogError(
                    .tileMissing,
                    at: path.description,
                    "the store has not this full tile"
                )
            }
            return try HashTile(parsing: bytes, at: path)
        }
        let layout = TileLayout(size: size)
        tree = try TileTree(size: size) { (level) throws(LogError) in
            guard level > 0 else { return [] }
            let first = layout.fullTileCount(level: level) << 8
            var hashes: [Digest] = []
            for index in first..<layout.hashCount(level: level) {
                if let root = try full(level - 1, index).root { hashes.append(root) }
            }
            return hashes
        }
        lastLeaf = try full(0, (size >> 8) - 1).hashes.last ?? .zero
    }

    /// The number of entries.
    var size: UInt64 { tree.size }
    /// The root of the tree.
    var root: Digest { tree.root }

    /// Takes an entry; gives the files that are full by it.
    mutating func append(_ entry: RebuiltEntry) throws -> [(path: TilePath, bytes: [UInt8])] {
        try EntryBundle.append(entry.frame.bytes, to: &bundle)
        lastLeaf = entry.leaf
        let tiles = tree.append(entry.leaf)
        guard !tiles.isEmpty else { return [] }
        let path = try TilePath(bundle: (tree.size >> 8) - 1)
        let full = (path: path, bytes: bundle)
        bundle.removeAll(keepingCapacity: true)
        return [full] + tiles.map { ($0.path, $0.bytes) }
    }

    /// The files that are not full.
    var partial: [(path: TilePath, bytes: [UInt8])] {
        var files = tree.partialTiles.map { (path: $0.path, bytes: $0.bytes) }
        if let path = TileLayout(size: tree.size).partialBundle { files.append((path, bundle)) }
        return files
    }
}
