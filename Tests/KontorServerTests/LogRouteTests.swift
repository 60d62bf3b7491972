import HTTPTypes
import Hummingbird
import HummingbirdTesting
import KontorAPI
import KontorEngine
import NIOCore
import Signing
import TestSupport
import Testing
import VerifiableLog

@testable import KontorServer

/// The log over HTTP as C2SP tlog-tiles tools expect it (spec/19 §10).
struct LogRouteTests {
    @Test func everyTileOfTheTreeIsThereWithItsHeaders() async throws {
        let ledger = try ServedLedger(transfers: 600)
        let size = ledger.size
        let layout = TileLayout(size: size)
        let paths = (0..<layout.levelCount).flatMap { level in
            (0...layout.fullTileCount(level: level)).compactMap {
                layout.path(level: level, index: $0)
            }
        }
        let root = try #require(ledger.engine.head).root
        try await ledger.application.test(.router) { client in
            let note = try await client.execute(uri: "/checkpoint", method: .get)
            #expect(note.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(try #require(note.headers[.cacheControl]).contains("max-age=1,"))
            let key = ledger.story.network.logSigner.verifier
            let checkpoint = try Checkpoint(
                opening: SignedNote(parsing: Array(note.body.readableBytesView)),
                logKey: key
            )
            #expect(checkpoint.size == size)
            var leaves: [Digest] = []
            for path in paths {
                let response = try await client.execute(uri: "/\(path)", method: .get)
                #expect(response.status == .ok, "\(path)")
                #expect(response.headers[.contentType] == "application/octet-stream")
                #expect(try #require(response.headers[.cacheControl]).contains("immutable"))
                #expect(response.body.readableBytes == 32 * path.width)
                guard path.level == 0 else { continue }
                let tile = try HashTile(parsing: Array(response.body.readableBytesView), at: path)
                leaves += tile.hashes
            }
            #expect(NaiveTree.root(leaves[...]) == root)
        }
    }

    @Test(arguments: [
        "/tile/0/001", "/tile/0/000.p/0", "/tile/0/000.p/256", "/tile/0/00", "/tile/0/0000",
        "/tile/00/000", "/tile/64/000", "/tile/-1/000", "/tile/0/x000/000", "/tile/0/../0/000",
        "/tile/0/%2e%2e/000", "/tile/0/000%00", "/tile/0/../../../../etc/passwd", "/tile/0/",
        "/tile/0/000.p/5/", "/tile/7/000.p/1", "/tile/0/000.p/250", "/tile/63/x999/x999/999",
        "/tile/data/000", "/tile/0/000.p", "/tile/0//000",
    ])
    func whatIsNoTileIsNotFound(path: String) async throws {
        let ledger = try ServedLedger()
        try await ledger.application.test(.router) { client in
            let response = try await client.execute(uri: path, method: .get)
            #expect(response.status == .notFound)
            let problem = try Problem(
                json: JSONValue(parsing: Array(response.body.readableBytesView))
            )
            #expect(problem.code == "NotFound")
        }
    }

    @Test func bundlesHoldTheEntriesThatTheTilesHash() async throws {
        let ledger = try ServedLedger(transfers: 300)
        let layout = TileLayout(size: ledger.size)
        let headers = ledger.headers(.auditor)
        try await ledger.application.test(.router) { client in
            for index in 0...layout.fullBundleCount {
                guard let path = layout.path(level: nil, index: index) else { continue }
                let bundle = try await client.execute(
                    uri: "/\(path)",
                    method: .get,
                    headers: headers
                )
                let tilePath = try TilePath(level: 0, index: path.index, width: path.width)
                let tile = try await client.execute(uri: "/\(tilePath)", method: .get)
                var rest = EntryBundle(Array(bundle.body.readableBytesView))
                var entries: [[UInt8]] = []
                while let entry = try rest.next() { entries.append(entry) }
                let hashes = try HashTile(
                    parsing: Array(tile.body.readableBytesView),
                    at: tilePath
                ).hashes
                #expect(entries.map { MerkleHash.leaf($0) } == hashes)
                #expect(try #require(bundle.headers[.cacheControl]).hasPrefix("private"))
            }
        }
    }

    @Test func consistencyProofsProve() async throws {
        let ledger = try ServedLedger(transfers: 40)
        let size = ledger.size
        try await ledger.application.test(.router) { client in
            for from in stride(from: 1, through: size, by: 7) {
                let response = try await client.execute(
                    uri: "/v1/proofs/consistency?from=\(from)&to=\(size)",
                    method: .get
                )
                let value = try JSONValue(parsing: Array(response.body.readableBytesView))
                guard case .array(let elements)? = value["hashes"] else {
                    Issue.record("no hashes")
                    return
                }
                let hashes = elements.compactMap { element -> Digest? in
                    guard case .string(let text) = element else { return nil }
                    return Digest(text, as: .standard)
                }
                #expect(try ledger.engine.consistency(from: from, to: size) == hashes)
                #expect(hashes.count == elements.count)
            }
            for query in ["", "?from=1", "?from=2&to=1", "?from=01&to=2", "?from=1&to=2&to=3"] {
                let response = try await client.execute(
                    uri: "/v1/proofs/consistency\(query)",
                    method: .get
                )
                #expect(response.status == .badRequest, "\(query)")
            }
            let response = try await client.execute(
                uri: "/v1/proofs/consistency?from=1&to=\(size + 1)",
                method: .get
            )
            #expect(response.status == .notFound)
        }
    }

    @Test(arguments: ["", "abc", "ZW50cmllcyAx", "cGFydG5lcnMgLTE", "cGFydG5lcnMgMSAx", "%"])
    func aForgedCursorIsRefused(cursor: String) async throws {
        let ledger = try ServedLedger()
        try await ledger.application.test(.router) { client in
            let response = try await client.execute(
                uri: "/v1/partners?cursor=\(cursor)",
                method: .get,
                headers: ledger.headers(.nordwind)
            )
            #expect(response.status == .badRequest)
        }
    }

    @Test func pagesGoThroughTheWholeList() async throws {
        let ledger = try ServedLedger(transfers: 25)
        let headers = ledger.headers(.auditor)
        try await ledger.application.test(.router) { client in
            for (list, count) in [("entries", Int(ledger.size)), ("partners", 3), ("rates", 0)] {
                var items: [JSONValue] = []
                var cursor = ""
                while true {
                    let response = try await client.execute(
                        uri: "/v1/\(list)?limit=2\(cursor)",
                        method: .get,
                        headers: headers
                    )
                    let page = try Page(parsing: Array(response.body.readableBytesView))
                    #expect(page.items.count <= 2)
                    items += page.items
                    guard let next = page.next else { break }
                    cursor = "&cursor=\(next)"
                }
                #expect(items.count == count)
                #expect(Set(items).count == count)
            }
        }
    }
}
