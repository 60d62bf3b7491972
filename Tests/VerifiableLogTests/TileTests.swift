import Signing
import Testing
import VerifiableLog

/// Paths, layouts and bundles.
@Suite struct TileTests {
    @Test(arguments: [
        "", "tile", "tile/0", "tile/0/", "tile/0/0", "tile/0/00", "tile/0/0000", "tile/00/000",
        "tile/01/000", "tile/64/000", "tile/-1/000", "tile/x/000", "tile/0/x000/000",
        "tile/0/001/000", "tile/0/x001", "tile/0/x001/", "tile/0/x001/x000", "tile/0/000.p",
        "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/00", "tile/0/000.p/01",
        "tile/0/000.p/256", "tile/0/000.p/1/", "tile/0/000.p/1.p/1", "tile/0/000/1",
        "tile/0/.p/1", "/tile/0/000", "tile/0/000/", "tile//000", "tile/Entries/000",
        "tile/entries", "tile/data/000", "tiles/0/000", "tile/0/000?x", "tile/0/000.p/+1",
        "tile/0/00٣", "tile/0/X001/000", "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
        "tile/0/x036/x028/x797/x018/x963/968", "checkpoint", "tile/0/x01/000", "tile/0/\u{0}00",
    ])
    func pathsThatAreRefused(text: String) {
        expect(.tilePath, text) { _ = try TilePath(parsing: text) }
    }

    @Test func pathsOutsideOfAnyTree() {
        expect(.tilePath) { _ = try TilePath(level: 64, index: 0) }
        expect(.tilePath) { _ = try TilePath(level: 0, index: 1 << 55) }
        expect(.tilePath) { _ = try TilePath(bundle: 0, width: 257) }
        expect(.tilePath) { _ = try TilePath(level: 0, index: 0, width: 0) }
        expect(.tilePath) { _ = try HashTile(parsing: [], at: TilePath(bundle: 0)) }
    }

    @Test func lengths() throws {
        let path = try TilePath(level: 0, index: 3, width: 2)
        expect(.tileLength) { _ = try HashTile(parsing: [], at: path) }
        expect(.tileLength) { _ = try HashTile(parsing: Array(repeating: 1, count: 63), at: path) }
        expect(.tileLength) { _ = try HashTile(parsing: Array(repeating: 1, count: 96), at: path) }
        expect(.tileLength) { _ = try HashTile(level: 0, index: 0, hashes: []) }
        let tile = try HashTile(parsing: Array(repeating: 7, count: 64), at: path)
        #expect(tile.path == path)
        #expect(tile.bytes == Array(repeating: 7, count: 64))
        #expect(tile.root == nil)
        #expect(
            tile.node(height: 1, position: 0) == MerkleHash.node(tile.hashes[0], tile.hashes[1])
        )
        #expect(tile.node(height: 0, position: 2) == nil)
    }

    @Test func layoutOfSeventyThousand() throws {
        let layout = TileLayout(size: 70_000)
        #expect(layout.levelCount == 3)
        #expect((0..<4).map(layout.fullTileCount) == [273, 1, 0, 0])
        #expect((0..<4).map(layout.partialWidth) == [112, 17, 1, 0])
        #expect(layout.partialBundle?.description == "tile/entries/273.p/112")
        #expect(try layout.contains(TilePath(parsing: "tile/0/272")))
        #expect(try !layout.contains(TilePath(parsing: "tile/0/273")))
        #expect(try !layout.contains(TilePath(parsing: "tile/0/273.p/111")))
        #expect(try !layout.contains(TilePath(parsing: "tile/0/272.p/111")))
        #expect(try layout.contains(TilePath(parsing: "tile/entries/273.p/112")))
        #expect(try !layout.contains(TilePath(parsing: "tile/3/000.p/1")))
        #expect(layout.path(level: 0, index: 274) == nil)
    }

    @Test func bundlesThatAreRefused() throws {
        let table: [([UInt8], Int)] = [
            ([0], 1), ([0, 1], 1), ([0, 2, 9], 1), ([0, 0], 0), ([], 1), ([0, 0, 0, 0], 1),
            ([UInt8](repeating: 0, count: 514), 257),
        ]
        for (bytes, count) in table {
            expect(.bundleMalformed) { _ = try EntryBundle.entries(in: bytes, count: count) }
        }
        #expect(try EntryBundle.entries(in: [0, 0, 0, 1, 5], count: 2) == [[], [5]])
    }
}
