import Signing
import TestSupport
import Testing
import VerifiableLog

/// The reader against a source that lies about one tile after another.
@Suite struct TileReaderTests {
    static let sizes = [1, 255, 256, 300, 511, 512, 515, 769, 1_000, 65_536, 70_000]

    @Test(arguments: sizes)
    func honestSource(size: Int) throws {
        let source = LyingSource(size: size)
        var reader = try source.reader()
        let step = max(1, size / 500)
        for index in stride(from: 0, to: size, by: step) {
            #expect(try reader.leafHash(at: UInt64(index)) == LogVectors.leaves[index])
        }
        for index in [0, size / 3, size - 1] {
            let proof = try reader.inclusionProof(of: UInt64(index))
            try proof.verify(leaf: LogVectors.leaves[index], root: source.root)
            let old = UInt64(index + 1)
            let oldRoot = TileWorld(Array(LogVectors.leaves[...index])).tree.root
            try reader.consistencyProof(from: old).verify(oldRoot: oldRoot, newRoot: source.root)
        }
        expect(.proofRange) { _ = try reader.leafHash(at: UInt64(size)) }
    }

    /// CVE-2026-56865 of another reader: these sizes left tile/0/000 unchecked.
    @Test(arguments: [300, 511, 515, 769, 1_000, 70_000])
    func everyForgedTileIsNoticed(size: Int) throws {
        let source = LyingSource(size: size)
        let layout = TileLayout(size: UInt64(size))
        var count = 0
        for (text, bytes) in NaiveTreeTiles.tiles(of: Array(LogVectors.leaves[..<size])) {
            let path = try TilePath(parsing: text)
            count += 1
            // A bit of the first, a middle and the last hash.
            for position in [0, bytes.count / 2, bytes.count - 1] {
                var forged = bytes
                forged[position] ^= 1
                source.lies = [path: forged]
                expect(.tileForged, "\(text) of \(size)") {
                    var reader = try source.reader()
                    _ = try reader.tile(level: path.level ?? 0, index: path.index)
                }
            }
            source.lies = [path: Array(bytes.dropLast(32))]
            expect(.tileLength, text) {
                var reader = try source.reader()
                _ = try reader.tile(level: path.level ?? 0, index: path.index)
            }
        }
        #expect(
            count
                == (0..<layout.levelCount).reduce(layout.partialTiles.count) {
                    $0 + Int(layout.fullTileCount(level: $1))
                }
        )
    }

    @Test(arguments: [300, 511, 515, 769, 1_000])
    func noLeafOfAForgedTileIsServed(size: Int) throws {
        let source = LyingSource(size: size)
        for (text, bytes) in NaiveTreeTiles.tiles(of: Array(LogVectors.leaves[..<size])) {
            var forged = bytes
            forged[bytes.count / 3] ^= 0x80
            source.lies = [try TilePath(parsing: text): forged]
            guard var reader = try? source.reader() else { continue }
            var noticed = false
            for index in 0..<size {
                if let hash = try? reader.leafHash(at: UInt64(index)) {
                    #expect(hash == LogVectors.leaves[index])
                } else {
                    noticed = true
                }
            }
            #expect(noticed, "\(text) of \(size)")
        }
    }

    @Test func wholeOtherTreeIsRefused() throws {
        let honest = LyingSource(size: 1_000)
        var leaves = Array(LogVectors.leaves[..<1_000])
        leaves[5] = .zero
        let other = TileWorld(leaves)
        honest.lies = other.served
        expect(.tileForged) { _ = try honest.reader() }
        // Everything but the right edge is the other tree's.
        honest.lies = other.served.filter { !$0.key.isPartial }
        var reader = try honest.reader()
        expect(.tileForged) { _ = try reader.leafHash(at: 5) }
        expect(.tileForged) { _ = try reader.inclusionProof(of: 9) }
        #expect(try reader.leafHash(at: 700) == LogVectors.leaves[700])
    }

    @Test func fullTileStandsInForPartial() throws {
        let source = LyingSource(size: 300)
        let later = TileWorld(Array(LogVectors.leaves[..<70_000])).served
        source.missing = [try TilePath(parsing: "tile/0/001.p/44")]
        expect(.tileMissing) { _ = try source.reader() }
        let full = try TilePath(parsing: "tile/0/001")
        source.lies = [full: later[full] ?? []]
        var reader = try source.reader()
        #expect(try reader.leafHash(at: 299) == LogVectors.leaves[299])
        expect(.proofRange) { _ = try reader.leafHash(at: 300) }
        source.lies[full]?[0] ^= 1
        expect(.tileForged) { _ = try source.reader() }
    }

    @Test func missingTileCanBeFetchedLater() throws {
        let source = LyingSource(size: 70_000)
        let path = try TilePath(parsing: "tile/0/007")
        source.missing = [path]
        var reader = try source.reader()
        expect(.tileMissing) { _ = try reader.leafHash(at: 7 * 256) }
        source.missing = []
        #expect(try reader.leafHash(at: 7 * 256) == LogVectors.leaves[7 * 256])
    }

    @Test func bundles() throws {
        let source = LyingSource(size: 300)
        var reader = try source.reader()
        let full = try reader.entries(bundle: 0)
        let partial = try reader.entries(bundle: 1)
        #expect(full.count == 256)
        #expect(partial.last == Array("entry-299".utf8))
        let path = try TilePath(parsing: "tile/entries/001.p/44")
        var forged = source.bundle(1, 44)
        forged[2] ^= 1
        source.lies = [path: forged]
        expect(.bundleForged) { _ = try reader.entries(bundle: 1) }
        source.lies = [path: source.bundle(1, 43)]
        expect(.bundleMalformed) { _ = try reader.entries(bundle: 1) }
        source.lies = [path.full: source.bundle(1, 256)]
        source.missing = [path]
        #expect(try reader.entries(bundle: 1) == partial)
        source.lies = [:]
        expect(.tileMissing) { _ = try reader.entries(bundle: 1) }
    }

    @Test func emptyLog() throws {
        let reader = try TileReader(size: 0, root: MerkleHash.empty) { _ throws(LogError) in nil }
        #expect(reader.size == 0)
        expect(.tileForged) {
            _ = try TileReader(size: 0, root: .zero) { _ throws(LogError) in nil }
        }
        expect(.treeEdge) {
            _ = try TileReader(size: .max, root: .zero) { _ throws(LogError) in nil }
        }
    }
}

/// Serves the tiles of a tree, but for those that it lies about or lacks.
final class LyingSource {
    let root: Digest
    let size: Int
    private let tiles: [TilePath: [UInt8]]
    var lies: [TilePath: [UInt8]] = [:]
    var missing: Set<TilePath> = []

    init(size: Int) {
        let world = TileWorld(Array(LogVectors.leaves[..<size]))
        self.size = size
        root = world.tree.root
        tiles = world.served
    }

    func reader() throws(LogError) -> TileReader {
        try TileReader(size: UInt64(size), root: root) { [self] path throws(LogError) in
            if missing.contains(path) { return nil }
            if let lie = lies[path] { return lie }
            if path.level != nil { return tiles[path] }
            let isKnown = TileLayout(size: UInt64(size)).contains(path)
            return isKnown ? bundle(Int(path.index), path.width) : nil
        }
    }

    func bundle(_ index: Int, _ width: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for number in index * 256..<index * 256 + width {
            try? EntryBundle.append(Array("entry-\(number)".utf8), to: &bytes)
        }
        return bytes
    }
}
