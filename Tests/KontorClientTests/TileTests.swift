import KontorAPI
import KontorClient
import Signing
import TestSupport
import Testing
import VerifiableLog

/// Tiles over the network from a server that forges one of them (log-formats: authenticate every
/// tile).
@Suite struct TileTests {
    static let sizes = [300, 511, 515, 769, 1_000, 70_000]

    /// The forged tile is the first one of level 0, which other readers left unchecked.
    @Test(arguments: sizes)
    func forgedFirstTile(size: Int) async throws {
        let world = try TileLog(size: size)
        try await FakeServer.run(world.answer) { url in
            let tiles = try await world.client(url).tiles()
            for index in [0, 255, size / 2, size - 1] {
                let hash = try await tiles.leafHash(at: UInt64(index))
                #expect(hash == world.leaves[index])
            }
            let proof = try await tiles.inclusionProof(of: 5)
            try proof.verify(leaf: world.leaves[5], root: tiles.head.root)
        }
        for bit in [0, 3_000, 8_191] {
            let forged = world.forging("tile/0/000", at: bit)
            try await FakeServer.run(forged.answer) { url in
                let client = try forged.client(url)
                await expect(.unverified, "byte \(bit) of \(size)") {
                    _ = try await client.tiles().tile(level: 0, index: 0)
                }
                await expect(.unverified) { _ = try await client.tiles().leafHash(at: 9) }
                await expect(.unverified) { _ = try await client.tiles().inclusionProof(of: 9) }
                // The id of the ledger is a leaf of that tile.
                await expect(.unverified) { _ = try await client.ledger() }
            }
        }
    }

    @Test(arguments: [300, 515, 1_000])
    func everyForgedTileIsNoticed(size: Int) async throws {
        let world = try TileLog(size: size)
        for path in world.tiles.keys.sorted() {
            let forged = world.forging(path, at: 31)
            try await FakeServer.run(forged.answer) { url in
                let parsed = try TilePath(parsing: path)
                await expect(.unverified, path) {
                    let tiles = try await forged.client(url).tiles()
                    _ = try await tiles.tile(level: parsed.level ?? 0, index: parsed.index)
                }
            }
        }
    }

    @Test func aTileThatIsNotServed() async throws {
        var world = try TileLog(size: 515)
        world.tiles["tile/0/001"] = nil
        let lacking = world
        try await FakeServer.run(lacking.answer) { url in
            let tiles = try await lacking.client(url).tiles()
            await expect(.unverified) { _ = try await tiles.leafHash(at: 256) }
            #expect(try await tiles.leafHash(at: 514) == lacking.leaves[514])
        }
        world.tiles["tile/0/001"] = [UInt8](repeating: 0, count: 9_000)
        let long = world
        try await FakeServer.run(long.answer) { url in
            let tiles = try await long.client(url).tiles()
            await expect(.tooLong) { _ = try await tiles.leafHash(at: 256) }
        }
    }

    @Test func manyReadersAtOnce() async throws {
        let world = try TileLog(size: 70_000)
        try await FakeServer.run(world.answer) { url in
            let tiles = try await world.client(url).tiles()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in stride(from: 0, to: 70_000, by: 3_511) {
                    group.addTask {
                        let hash = try await tiles.leafHash(at: UInt64(index))
                        #expect(hash == world.leaves[index])
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}

/// The tiles of a tree of so many made-up leaves.
struct TileLog: Sendable {
    let network = Network(seed: 5)
    let leaves: [Digest]
    var tiles: [String: [UInt8]]
    private let checkpoint: SignedNote

    init(size: Int) throws {
        leaves = (0..<size).map { MerkleHash.leaf(Array("entry-\($0)".utf8)) }
        var tree = TileTree()
        for leaf in leaves { _ = tree.append(leaf) }
        let checkpoint = try Checkpoint(
            origin: network.origin,
            size: UInt64(size),
            root: tree.root
        )
        self.checkpoint = try checkpoint.signed(by: network.logSigner)
        tiles = Dictionary(
            uniqueKeysWithValues: NaiveTreeTiles.tiles(of: leaves).map { ($0.path, $0.bytes) }
        )
    }

    func forging(_ path: String, at byte: Int) -> TileLog {
        var log = self
        log.tiles[path]?[byte] ^= 1
        return log
    }

    @Sendable func answer(_ request: FakeRequest) -> FakeResponse {
        if request.path == "/checkpoint" { return .bytes(checkpoint.bytes, type: MediaType.text) }
        return tiles[String(request.path.dropFirst())].map { .bytes($0) } ?? .notFound
    }

    func client(_ url: String) throws -> KontorClient {
        try KontorClient(url: url, verifierKey: network.logSigner.verifier, policy: quick)
    }
}
