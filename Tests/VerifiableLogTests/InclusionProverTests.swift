import Signing
import TestSupport
import Testing
import VerifiableLog

/// Proofs by lookups alone are the proofs of RFC 6962, at every size.
@Suite struct InclusionProverTests {
    @Test(arguments: 1...130)
    func smallTreesAsTheNaiveOne(size: Int) throws {
        let leaves = Array(LogVectors.leaves[..<size])
        let world = TileWorld(leaves)
        let prover = InclusionProver(world.tree)
        #expect(prover.root == NaiveTree.root(leaves[...]))
        for index in 0..<size {
            let proof = try prover.proof(of: UInt64(index), fullTile: world.tile)
            #expect(proof.hashes == NaiveTree.path(index, leaves[...]), "\(index) of \(size)")
        }
    }

    @Test(arguments: [
        255, 256, 257, 300, 511, 512, 513, 515, 769, 1_000, 4_096, 65_535, 65_536, 65_537, 70_000,
    ])
    func greatTreesLeadToTheRoot(size: Int) throws {
        let world = TileWorld(Array(LogVectors.leaves[..<size]))
        let prover = InclusionProver(world.tree)
        #expect(prover.root == world.tree.root)
        #expect(prover.nodeHashCount == size.nonzeroBitCount - 1)
        var indices = Set(stride(from: 0, to: size, by: max(1, size / 97)))
        for edge in [255, 256, 511, 65_535, 65_536, size - 2, size - 1] where 0..<size ~= edge {
            indices.insert(edge)
        }
        for index in indices.sorted() {
            var reads = 0
            let proof = try prover.proof(of: UInt64(index)) { (path) throws(LogError) in
                reads += 1
                return try world.tile(path)
            }
            let other = try world.tree.inclusionProof(of: UInt64(index), fullTile: world.tile)
            #expect(proof == other, "\(index) of \(size)")
            try proof.verify(leaf: LogVectors.leaves[index], root: prover.root)
            // One tile for each eight levels of the tree, not one for each hash.
            #expect(reads <= TileLayout(size: UInt64(size)).levelCount)
        }
    }

    @Test func outsideOfTheTree() throws {
        let world = TileWorld(Array(LogVectors.leaves[..<5]))
        let prover = InclusionProver(world.tree)
        expect(.proofRange) { _ = try prover.proof(of: 5, fullTile: world.tile) }
        let empty = InclusionProver(TileTree())
        #expect(empty.root == MerkleHash.empty)
        #expect(empty.nodeHashCount == 0)
        expect(.proofRange) { _ = try empty.proof(of: 0, fullTile: world.tile) }
        expect(.proofRange) {
            _ = try world.tree.tile(level: 1, index: 0, fullTile: world.tile)
        }
    }
}
