import Signing
import TestSupport
import Testing
import VerifiableLog

/// Proofs of every small tree against the naive twin, each with all its corruptions.
@Suite struct ProofTests {
    static let leaves = Array(LogVectors.leaves[..<600])
    static let roots = (0...64).map { NaiveTree.root(leaves[..<$0]) }

    @Test(arguments: 1...64)
    func inclusion(size: Int) throws {
        let leaves = Self.leaves[..<size]
        let root = Self.roots[size]
        let world = TileWorld(Array(leaves))
        for index in 0..<size {
            let made = try world.tree.inclusionProof(of: UInt64(index), fullTile: world.tile)
            #expect(made.hashes == NaiveTree.path(index, leaves))
            try made.verify(leaf: leaves[index], root: root)
            expect(.proofRoot) { try made.verify(leaf: leaves[index].flipped(byte: 3), root: root) }
            expect(.proofRoot) { try made.verify(leaf: leaves[index], root: root.flipped(byte: 0)) }
            for (position, hash) in made.hashes.enumerated() {
                var hashes = made.hashes
                hashes[position] = hash.flipped(byte: index + position)
                try refuse(hashes, index, size, .proofRoot)
                hashes.remove(at: position)
                try refuse(hashes, index, size, .proofLength)
            }
            try refuse(made.hashes + [root], index, size, .proofLength)
            for other in others(than: index, below: size) {
                expectRefusal("\(index) as \(other) in \(size)") {
                    try InclusionProof(
                        index: UInt64(other),
                        size: UInt64(size),
                        hashes: made.hashes
                    )
                    .verify(leaf: leaves[index], root: root)
                }
            }
            for other in [size - 1, size + 1] where (index + 1...64).contains(other) {
                expectRefusal("\(index) of \(size) in \(other)") {
                    try InclusionProof(
                        index: UInt64(index),
                        size: UInt64(other),
                        hashes: made.hashes
                    ).verify(leaf: leaves[index], root: Self.roots[other])
                }
            }
        }
    }

    private func others(than index: Int, below size: Int) -> [Int] {
        let all = size <= 17 ? Array(0..<size) : [index ^ 1, index + 1, index - 1, size - 1, 0]
        return all.filter { $0 != index && $0 >= 0 && $0 < size }
    }

    private func refuse(
        _ hashes: [Digest],
        _ index: Int,
        _ size: Int,
        _ code: LogError.Code
    ) throws {
        expect(code, "\(index) in \(size)") {
            try InclusionProof(index: UInt64(index), size: UInt64(size), hashes: hashes)
                .verify(leaf: Self.leaves[index], root: Self.roots[size])
        }
    }

    private func expectRefusal(_ comment: String, _ body: () throws -> Void) {
        #expect(throws: LogError.self, "\(comment)", performing: body)
    }

    @Test(arguments: 0...64)
    func consistency(size: Int) throws {
        let world = TileWorld(Array(Self.leaves[..<size]))
        for old in 0...size {
            let made = try world.tree.consistencyProof(from: UInt64(old), fullTile: world.tile)
            let naive = old == 0 ? [] : NaiveTree.consistency(old, Self.leaves[..<size])
            #expect(made.hashes == naive)
            try made.verify(oldRoot: Self.roots[old], newRoot: Self.roots[size])
            expectRefusal("old root of \(old), \(size)") {
                try made.verify(
                    oldRoot: Self.roots[old].flipped(byte: 9),
                    newRoot: Self.roots[size]
                )
            }
            if old > 0 {
                expect(.proofRoot, "new root of \(old), \(size)") {
                    try made.verify(
                        oldRoot: Self.roots[old],
                        newRoot: Self.roots[size].flipped(byte: 9)
                    )
                }
            }
            for position in made.hashes.indices {
                var hashes = made.hashes
                hashes[position] = hashes[position].flipped(byte: old + position)
                refuseConsistency(hashes, old, size)
                hashes.remove(at: position)
                refuseConsistency(hashes, old, size)
            }
            refuseConsistency(made.hashes + [Self.roots[size]], old, size)
            for other in [old - 1, old + 1] where other > 0 && other <= size && old > 0 {
                refuseConsistency(made.hashes, other, size)
            }
            for other in [size - 1, size + 1] where (max(old, 1)...64).contains(other) && old > 0 {
                refuseConsistency(made.hashes, old, other)
            }
        }
    }

    private func refuseConsistency(_ hashes: [Digest], _ old: Int, _ new: Int) {
        expectRefusal("\(old) to \(new)") {
            try ConsistencyProof(from: UInt64(old), to: UInt64(new), hashes: hashes)
                .verify(oldRoot: Self.roots[old], newRoot: Self.roots[new])
        }
    }

    @Test func outsideOfTheTree() throws {
        let world = TileWorld(Array(Self.leaves[..<5]))
        expect(.proofRange) { _ = try world.tree.inclusionProof(of: 5, fullTile: world.tile) }
        expect(.proofRange) {
            _ = try world.tree.inclusionProof(of: 0, in: 6, fullTile: world.tile)
        }
        expect(.proofRange) { _ = try world.tree.consistencyProof(from: 6, fullTile: world.tile) }
        expect(.proofRange) { _ = try world.tree.node(level: 1, index: 2, fullTile: world.tile) }
        expect(.proofRange) { _ = try world.tree.node(level: 9, index: 0, fullTile: world.tile) }
        expect(.proofRange) {
            try InclusionProof(index: 3, size: 3, hashes: []).verify(leaf: .zero, root: .zero)
        }
        expect(.proofRange) {
            try ConsistencyProof(from: 4, to: 3, hashes: []).verify(oldRoot: .zero, newRoot: .zero)
        }
        expect(.proofRange) {
            try InclusionProof(index: 0, size: .max, hashes: []).verify(leaf: .zero, root: .zero)
        }
    }

    @Test func corruptedProofsOfTheVectors() throws {
        let cases = LogVectors.cases["proofs"]?.elements ?? []
        #expect(cases.count >= 10)
        for value in cases {
            let name = value["name"]?.string ?? ""
            let verify: () throws -> Void = {
                let hashes = value["proof"]?.digests ?? []
                let size = value["size"]?.number ?? 0
                let root = value["root"]?.digest ?? .zero
                if let index = value["index"] {
                    try InclusionProof(index: index.number, size: size, hashes: hashes)
                        .verify(leaf: value["leaf"]?.digest ?? .zero, root: root)
                } else {
                    let old = value["oldSize"]?.number ?? 0
                    try ConsistencyProof(from: old, to: size, hashes: hashes)
                        .verify(oldRoot: value["oldRoot"]?.digest ?? .zero, newRoot: root)
                }
            }
            if let code = value["code"] {
                expect(try #require(LogError.Code(rawValue: code.string)), name, verify)
            } else {
                try verify()
            }
        }
    }
}
