import Signing
import VerifiableLog

/// A tree with all the full tiles that it gave out, and bytes for every path, as an honest source
/// serves them.
final class TileWorld {
    var tree = TileTree()
    var fullTiles: [TilePath: HashTile] = [:]

    init(_ leaves: [Digest]) {
        for leaf in leaves {
            for tile in tree.append(leaf) { fullTiles[tile.path] = tile }
        }
    }

    var tile: TileTree.FullTileReader {
        { [unowned self] path throws(LogError) in
            guard let tile = fullTiles[path] else {
                throw LogError(.tileMissing, at: path.description, "the test has no such tile")
            }
            return tile
        }
    }

    /// The tiles of the tree, full and partial, by path.
    var served: [TilePath: [UInt8]] {
        var served = fullTiles.mapValues(\.bytes)
        for tile in tree.partialTiles { served[tile.path] = tile.bytes }
        return served
    }
}
