import KontorEngine
import KontorStorage
import Ledger
import Signing
import TestSupport
import Testing
import VerifiableLog

/// Receipts, proofs, tiles and bundles of an engine, compared with a plain tree over its leaves.
struct ProofTests {
    static let sizes = [9, 10, 15, 16, 17, 31, 64, 100, 255, 256, 257, 300, 511, 512, 515, 769]

    @Test func receiptsAreExactAtManySizes() throws {
        var log = try LongLog()
        for size in Self.sizes {
            try log.grow(to: size)
            let head = try #require(log.engine.head)
            #expect(head.size == UInt64(size))
            #expect(head.root == NaiveTree.root(log.leaves[...]))
            let receipts = try log.engine.receipts(for: log.entries)
            for index in stride(from: 0, to: size, by: max(1, size / 40)) {
                let receipt = receipts[index]
                #expect(receipt.proof.hashes == NaiveTree.path(index, log.leaves[...]))
                try receipt.verify(
                    jws: log.texts[index],
                    logKey: log.signer.verifier,
                    lastSeen: nil,
                    consistency: nil
                )
            }
            #expect(try log.engine.receipt(for: log.entries[size - 1]) == receipts[size - 1])
        }
    }

    /// The gate of the receipt's cost: reads and hashes are counted, not seconds.
    @Test func receiptsAreLookups() throws {
        var log = try LongLog()
        try log.grow(to: 1_000)
        for _ in 0..<20 { _ = try log.engine.receipts(for: log.entries) }
        // What the writer filled was noted with its nodes: nothing was read, nothing hashed.
        #expect(log.engine.counters.tileLoads == 0)
        try log.reopen()
        let base = log.engine.counters.tileLoads
        for _ in 0..<20 { _ = try log.engine.receipts(for: log.entries) }
        // 20,000 receipts over three full tiles: each was read and hashed once, 255 nodes.
        #expect(log.engine.counters.tileLoads - base == 3)
    }

    @Test func entriesAreFoundAgain() throws {
        var log = try LongLog()
        try log.grow(to: 300)
        for index in [0, 1, 254, 255, 256, 257, 299] {
            let place = UInt64(index)
            #expect(try log.engine.acceptedEntry(at: place) == log.entries[index])
            let frame = try #require(try log.engine.frame(at: place))
            #expect(frame.leafHash == log.entries[index].leafHash)
            #expect(frame.jws == log.texts[index])
            #expect(try log.engine.storedText(at: place) == log.texts[index])
            let id = log.entries[index].id
            #expect(try log.engine.statement(at: place)?.id == id)
            let signer = try #require(try log.engine.statement(at: place)).signer
            #expect(try log.engine.index(of: signer, id: id) == place)
            #expect(try log.engine.index(of: "stranger", id: id) == nil)
        }
        #expect(try log.engine.acceptedEntry(at: 300) == nil)
        #expect(try log.engine.frame(at: 300) == nil)
        #expect(try log.engine.storedText(at: .max) == nil)
        #expect(try log.engine.statement(at: 300) == nil)
        #expect(try log.engine.audience(at: 300) == nil)
    }

    @Test func proofsAgainstOlderHeads() throws {
        var log = try LongLog()
        try log.grow(to: 200)
        let old = try #require(log.engine.head)
        try log.grow(to: 600)
        let new = try #require(log.engine.head)
        for head in [old, new] {
            for index in [0, 7, 128, 199] {
                let proof = try log.engine.proof(of: UInt64(index), in: head)
                let leaf = log.entries[index].leafHash
                let checkpoint = try proof.verify(leaf: leaf, logKey: log.signer.verifier)
                #expect(checkpoint.size == head.size)
            }
        }
        #expect(throws: LogError.self) { try log.engine.proof(of: 200, in: old) }
        #expect(throws: LogError.self) { try log.engine.proof(of: 600, in: new) }
        for (from, to) in [(0, 600), (1, 200), (200, 600), (256, 600), (512, 513), (600, 600)] {
            let hashes = try log.engine.consistency(from: UInt64(from), to: UInt64(to))
            let naive = from == 0 ? [] : NaiveTree.consistency(from, log.leaves[..<to])
            #expect(hashes == naive, "\(from) to \(to)")
        }
        #expect(throws: LogError.self) { try log.engine.consistency(from: 2, to: 1) }
        #expect(throws: LogError.self) { try log.engine.consistency(from: 2, to: 601) }
    }

    @Test func tilesAndBundlesOfEverySize() throws {
        var log = try LongLog()
        try log.grow(to: 600)
        for size in [1, 9, 255, 256, 257, 511, 512, 600] {
            let leaves = Array(log.leaves[..<size])
            let reader = try TileReader(
                size: UInt64(size),
                root: NaiveTree.root(leaves[...])
            ) { (path) throws(LogError) in
                do { return try bytes(log.engine, path, UInt64(size)) } catch {
                    throw LogError(.tileMissing, at: path.description, "\(error)")
                }
            }
            for tile in NaiveTreeTiles.tiles(of: leaves) {
                let path = try TilePath(parsing: tile.path)
                #expect(try log.engine.tile(path, size: UInt64(size)) == tile.bytes, "\(path)")
            }
            var copy = reader
            var entries: [[UInt8]] = []
            for bundle in 0...UInt64((size - 1) / 256) {
                entries += try copy.entries(bundle: bundle)
            }
            #expect(entries.map { MerkleHash.leaf($0) } == leaves)
        }
    }

    /// Bytes at a path of a tree of a size, as a source serves them.
    private func bytes(_ engine: Engine, _ path: TilePath, _ size: UInt64) throws -> [UInt8]? {
        path.level == nil
            ? try engine.bundle(path, size: size) : try engine.tile(path, size: size)
    }

    @Test(arguments: [
        ("tile/0/000", 255), ("tile/0/000.p/255", 256), ("tile/0/000.p/9", 10),
        ("tile/0/001", 300), ("tile/1/000.p/1", 255), ("tile/1/000.p/2", 300),
        ("tile/0/002.p/1", 300), ("tile/0/001.p/44", 301), ("tile/7/000.p/1", 300),
    ])
    func tilesThatASizeDoesNotImply(path: String, size: UInt64) throws {
        var log = try LongLog()
        try log.grow(to: 300)
        #expect(try log.engine.tile(TilePath(parsing: path), size: size) == nil)
    }

    @Test func bundlesThatASizeDoesNotImply() throws {
        var log = try LongLog()
        try log.grow(to: 300)
        for path in ["tile/entries/000.p/9", "tile/entries/001", "tile/entries/002.p/1"] {
            #expect(try log.engine.bundle(TilePath(parsing: path), size: 300) == nil)
        }
        // Hash tiles and bundles are not each other, and a later size is not there yet.
        #expect(try log.engine.bundle(TilePath(parsing: "tile/0/000"), size: 300) == nil)
        #expect(try log.engine.tile(TilePath(parsing: "tile/entries/000"), size: 300) == nil)
        #expect(try log.engine.tile(TilePath(parsing: "tile/0/001.p/45"), size: 301) == nil)
    }

    @Test func beforeTheGenesisThereIsNothing() throws {
        let network = Network(seed: 3)
        let engine = try Engine(
            store: MemoryLogStore(),
            signer: network.logSigner,
            clock: ManualClock(network.now)
        )
        #expect(engine.head == nil)
        #expect(try engine.tile(TilePath(level: 0, index: 0, width: 1), size: 1) == nil)
        #expect(throws: EngineError.self) { try engine.consistency(from: 0, to: 0) }
    }
}
