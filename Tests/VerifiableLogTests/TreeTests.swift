import Signing
import TestSupport
import Testing
import VerifiableLog

/// Growing trees against the naive twin.
@Suite struct TreeTests {
    @Test func everySizeToSixHundred() throws {
        let leaves = Array(LogVectors.leaves[..<600])
        let world = TileWorld([])
        var range = CompactRange()
        for size in 0...600 {
            if size > 0 {
                for tile in world.tree.append(leaves[size - 1]) {
                    world.fullTiles[tile.path] = tile
                }
                range.append(leaves[size - 1])
            }
            let root = NaiveTree.root(leaves[..<size])
            #expect(world.tree.root == root)
            #expect(range.root == root)
            #expect(try CompactRange(size: UInt64(size), hashes: range.hashes) == range)
            if size % 37 == 0 { try compare(world, leaves, size) }
        }
    }

    @Test func randomSizes() throws {
        var random = SeededGenerator(state: 0x6b6f_6e74_6f72)
        for _ in 0..<4 {
            let size = Int.random(in: 1...70_000, using: &random)
            let leaves = Array(LogVectors.leaves[..<size])
            let world = TileWorld(leaves)
            #expect(world.tree.root == NaiveTree.root(leaves[...]), "size \(size)")
            try compare(world, leaves, size)
            let index = Int.random(in: 0..<size, using: &random)
            let inclusion = try world.tree.inclusionProof(of: UInt64(index), fullTile: world.tile)
            #expect(inclusion.hashes == NaiveTree.path(index, leaves[...]))
            let old = Int.random(in: 1...size, using: &random)
            let consistency = try world.tree.consistencyProof(
                from: UInt64(old),
                fullTile: world.tile
            )
            #expect(consistency.hashes == NaiveTree.consistency(old, leaves[...]))
        }
    }

    /// Compares all tiles with the naive ones, and restores the tree from its right edge.
    private func compare(_ world: TileWorld, _ leaves: [Digest], _ size: Int) throws {
        let naive = NaiveTreeTiles.tiles(of: leaves[..<size].map { $0 })
        let served = world.served
        #expect(served.count == naive.count)
        let layout = TileLayout(size: UInt64(size))
        for (text, bytes) in naive {
            let path = try TilePath(parsing: text)
            #expect(served[path] == bytes, "\(text) of size \(size)")
            #expect(layout.contains(path))
        }
        let edge = world.tree.partialTiles
        var restored = try TileTree(size: UInt64(size)) { level throws(LogError) in
            edge.first { $0.level == level }?.hashes ?? []
        }
        #expect(restored.root == world.tree.root)
        var grown = world.tree
        for leaf in LogVectors.leaves[..<300] {
            #expect(restored.append(leaf) == grown.append(leaf))
        }
        #expect(restored.root == grown.root)
    }

    @Test func edgesThatDoNotFit() {
        expect(.treeEdge) { _ = try CompactRange(size: 3, hashes: [.zero]) }
        expect(.treeEdge) { _ = try CompactRange(size: .max, hashes: []) }
        expect(.treeEdge) { _ = try TileTree(size: 3) { _ throws(LogError) in [.zero] } }
        expect(.treeEdge) { _ = try TileTree(size: .max) { _ throws(LogError) in [] } }
    }

    @Test func emptyTree() {
        #expect(TileTree().root.base64 == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
        #expect(TileTree().partialTiles.isEmpty)
        #expect(TileLayout(size: 0).levelCount == 0)
        #expect(TileLayout(size: 0).partialBundle == nil)
    }
}
