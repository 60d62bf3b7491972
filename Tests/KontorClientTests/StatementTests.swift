import KontorAPI
import KontorClient
import Ledger
import Signing
import TestSupport
import Testing
import VerifiableLog

/// Statements of settlements from a server that tells the truth, and from one that lies.
@Suite struct StatementTests {
    /// A log with an advised night, and the true statement of nordwind in it.
    struct Night: Sendable {
        let log: TrueLog
        let statement: JSONValue

        static func make() throws -> Night {
            var story = try NetworkStory.founded(partners: ["nordwind", "harbour"])
            let terms = try story.agree(NetworkTerms.exchange())
            let member = try story.member("nordwind", "harbour")
            try story.beginNights()
            let item = Network.item(member, amount: 250)
            try story.take(story.network.transfers(from: "nordwind", terms: terms, items: [item]))
            try story.adviseNight()
            let id = try #require(SettlementID(NetworkStory.night))
            let leaf = try #require(story.ledger.book.leaf(of: "nordwind", in: id))
            let record = try #require(story.ledger.book.settlement(id))
            let log = try TrueLog(story)
            let statement: JSONValue = [
                "settlement": .string(NetworkStory.night), "revision": 0, "partner": "nordwind",
                "leaf": .string(String(decoding: leaf.bytes, as: UTF8.self)),
                "leafHash": .string(leaf.hash.base64URL), "index": .integer(Int64(leaf.index)),
                "count": .integer(Int64(leaf.count)),
                "path": .array(leaf.path.map { .string($0.base64URL) }),
                "root": .string(record.result.figures.root.base64URL),
                "entry": .integer(Int64(record.calculatedAt)), "debts": [],
            ]
            return Night(log: log, statement: statement)
        }

        /// The statement with a member set.
        func with(_ name: String, _ value: JSONValue) -> JSONValue {
            guard case .object(let members) = statement else { return statement }
            return .object(
                members.map { $0.name == name ? JSONMember(name: name, value: value) : $0 }
            )
        }

        func client(_ url: String) throws -> KontorClient { try log.client(url) }

        /// The honest server, but for the statement.
        func answer(_ request: FakeRequest, _ statement: JSONValue) throws -> FakeResponse {
            guard request.path.hasSuffix("/statement") else {
                return try log.answer(request, size: log.size)
            }
            return .bytes(statement.text, type: MediaType.json)
        }
    }

    private static let night = Result { try Night.make() }

    @Test func aTrueStatementIsConfirmed() async throws {
        let night = try Self.night.get()
        try await FakeServer.run({ try night.answer($0, night.statement) }) { url in
            let client = try night.client(url)
            let statement = try await client.statement(of: NetworkStory.night)
            #expect(statement.partner == "nordwind")
            #expect(night.statement["leafHash"] == .string(statement.leafHash.base64URL))
            let id = try #require(UUIDv7(timestamp: night.log.network.now, high: 0, low: 1))
            let key = night.log.network.key("nordwind")
            let result = try await client.confirm(statement, id: id, key: key)
            // The log of the test takes nothing new, and says so with its key.
            guard case .refused = result else {
                Issue.record("a signed refusal is due, not \(result)")
                return
            }
        }
    }

    struct Lie: Sendable {
        let name: String
        let code: ClientError.Code
        let tell: @Sendable (Night) -> JSONValue
    }

    static let lies: [Lie] = [
        Lie(name: "another leaf", code: .unverified) { night in
            guard case .string(let leaf)? = night.statement["leaf"] else { return [:] }
            return night.with("leaf", .string(leaf.replacing("250", with: "150")))
        },
        Lie(name: "another leaf with its hash", code: .unverified) { night in
            guard case .string(let leaf)? = night.statement["leaf"] else { return [:] }
            let text = leaf.replacing("250", with: "150")
            let hash = MerkleHash.leaf(Array(text.utf8)).base64URL
            return .object(
                [
                    JSONMember(name: "leaf", value: .string(text)),
                    JSONMember(name: "leafHash", value: .string(hash)),
                ] + rest(night, without: ["leaf", "leafHash"])
            )
        },
        Lie(name: "a root of one leaf that the log does not state", code: .unverified) { night in
            .object(
                [
                    JSONMember(name: "root", value: night.statement["leafHash"] ?? .null),
                    JSONMember(name: "index", value: 0), JSONMember(name: "count", value: 1),
                    JSONMember(name: "path", value: []),
                ] + rest(night, without: ["root", "index", "count", "path"])
            )
        },
        Lie(name: "another hash", code: .unverified) {
            $0.with("leafHash", .string(Digest.zero.base64URL))
        },
        Lie(name: "another path", code: .unverified) {
            $0.with("path", [.string(Digest.zero.base64URL)])
        },
        Lie(name: "another place", code: .unverified) { $0.with("index", 0) },
        Lie(name: "another entry", code: .unverified) { $0.with("entry", 3) },
        Lie(name: "another revision", code: .unverified) { $0.with("revision", 1) },
        Lie(name: "a path of numbers", code: .answer) { $0.with("path", [1]) },
        Lie(name: "an index below 0", code: .answer) { $0.with("index", -1) },
        Lie(name: "a revision that is no number", code: .answer) { $0.with("revision", "0") },
    ]

    private static func rest(_ night: Night, without names: [String]) -> [JSONMember] {
        guard case .object(let members) = night.statement else { return [] }
        return members.filter { !names.contains($0.name) }
    }

    @Test(arguments: lies.indices)
    func aLieIsNoStatement(number: Int) async throws {
        let night = try Self.night.get()
        let lie = Self.lies[number]
        try await FakeServer.run({ try night.answer($0, lie.tell(night)) }) { url in
            let client = try night.client(url)
            await expect(lie.code, lie.name) {
                _ = try await client.statement(of: NetworkStory.night)
            }
        }
    }

    @Test func theStatementOfAnother() async throws {
        let night = try Self.night.get()
        try await FakeServer.run({ try night.answer($0, night.statement) }) { url in
            let client = try night.client(url)
            await expect(.unverified) {
                _ = try await client.statement(of: NetworkStory.night, partner: "harbour")
            }
            await expect(.unverified) {
                _ = try await client.statement(of: "network/2/multilateral/EUR/1")
            }
            await expect(.submission) { _ = try await client.statement(of: "network/1") }
        }
    }
}
