import KontorAPI
import KontorClient
import Signing
import Synchronization
import TestSupport
import Testing
import VerifiableLog

/// Entries, pages, proofs and logins, true and not.
@Suite struct ReadingTests {
    private static let log = Result { try TrueLog.make() }

    @Test func entriesAndProofs() async throws {
        let log = try Self.log.get()
        try await FakeServer.run({ try log.answer($0, size: log.size) }) { url in
            let client = try log.client(url)
            #expect(try await client.ledger() == log.ledger)
            let entry = try await client.entry(at: 7)
            #expect(entry.frame == log.frames[7])
            #expect(try await client.proof(of: 7) == log.proof(7, log.size))
            var indices: [UInt64] = []
            for try await entry in client.entries(from: 3) {
                indices.append(entry.frame.index)
                #expect(entry.frame == log.frames[Int(entry.frame.index)])
            }
            #expect(indices == Array(3..<UInt64(log.size)))
            await expect(.problem) { _ = try await client.entry(at: 999) }
        }
    }

    struct Row: Sendable {
        let name: String
        let path: String
        let code: ClientError.Code
        let change: @Sendable (TrueLog) throws -> FakeResponse
    }

    static let rows: [Row] = [
        Row(name: "another entry", path: "/v1/entries/7", code: .answer) {
            .bytes($0.entry(8).text, type: MediaType.json)
        },
        Row(name: "another JWS", path: "/v1/entries/7", code: .unverified) { log in
            .bytes(changed(log.entry(7), "jws", log.entry(8)["jws"]).text, type: MediaType.json)
        },
        Row(name: "another time and its right hash", path: "/v1/entries/7", code: .unverified) {
            log in
            let frame = log.frames[7]
            let later = try EntryFrame(
                index: 7,
                time: frame.time.advanced(byMilliseconds: 1),
                previous: frame.previous,
                jws: frame.jws
            )
            var value = changed(log.entry(7), "time", .string(later.time.description))
            value = changed(value, "leafHash", .string(later.leafHash.base64))
            return .bytes(value.text, type: MediaType.json)
        },
        Row(name: "another kind", path: "/v1/entries/7", code: .unverified) { log in
            .bytes(changed(log.entry(7), "kind", "genesis").text, type: MediaType.json)
        },
        Row(name: "another partner", path: "/v1/entries/7", code: .unverified) { log in
            .bytes(changed(log.entry(7), "partner", "nobody").text, type: MediaType.json)
        },
        Row(name: "no id", path: "/v1/entries/7", code: .answer) { log in
            .bytes(changed(log.entry(7), "id", .null).text, type: MediaType.json)
        },
        Row(name: "another proof", path: "/v1/entries/7/proof", code: .unverified) { log in
            .bytes(log.proof(8, log.size).bytes, type: MediaType.text)
        },
        Row(name: "a proof by no one", path: "/v1/entries/7/proof", code: .unverified) { log in
            .text(String(decoding: log.proof(7, log.size).bytes, as: UTF8.self) + "x")
        },
        Row(name: "no checkpoint", path: "/checkpoint", code: .unverified) { _ in .text("no\n") },
    ]

    @Test(arguments: rows.indices)
    func row(index: Int) async throws {
        let log = try Self.log.get()
        let row = Self.rows[index]
        try await FakeServer.run({ request in
            try request.path == row.path ? row.change(log) : log.answer(request, size: log.size)
        }) { url in
            let client = try log.client(url)
            await expect(row.code, row.name) { _ = try await client.entry(at: 7) }
        }
    }

    @Test func pagesThatLie() async throws {
        let log = try Self.log.get()
        let forged = Self.changed(log.entry(4), "prev", .string(Digest.zero.base64))
        let pages: [(String, ClientError.Code, Page)] = [
            ("repeats an entry", .answer, Page(items: [log.entry(3), log.entry(3)], next: nil)),
            ("goes back", .answer, Page(items: [log.entry(5), log.entry(4)], next: nil)),
            ("begins too early", .answer, Page(items: [log.entry(1)], next: nil)),
            ("changes an entry", .unverified, Page(items: [forged], next: nil)),
            ("leads to itself", .answer, Page(items: [], next: "a")),
        ]
        for (name, code, page) in pages {
            try await FakeServer.run({ request in
                guard request.path == "/v1/entries" else {
                    return try log.answer(request, size: log.size)
                }
                return .bytes(page.json.text, type: MediaType.json)
            }) { url in
                let client = try log.client(url)
                await expect(code, name) {
                    for try await _ in client.entries(from: 3) {}
                }
            }
        }
    }

    @Test func listsAndTransfers() async throws {
        let log = try Self.log.get()
        try await FakeServer.run({ request in
            switch request.path {
            case "/v1/positions":
                let first = request.query["cursor"] == nil
                return .bytes(
                    Page(items: [first ? 1 : 2], next: first ? "a/b +" : nil).json.text,
                    type: MediaType.json
                )
            case "/v1/transfers/nordwind/\(try log.receipt(9, log.size).id)":
                let known = SubmissionAnswer.known(
                    try log.receipt(9, log.size),
                    stored: String(decoding: log.frames[9].jws, as: UTF8.self)
                )
                return .bytes(known.json().text, type: MediaType.json)
            default: return try log.answer(request, size: log.size)
            }
        }) { url in
            let client = try log.client(url)
            var items: [JSONValue] = []
            for try await item in client.positions() { items.append(item) }
            #expect(items == [1, 2])
            let id = try log.receipt(9, log.size).id
            let partner = try #require(log.entry(9)["partner"])
            if partner == "nordwind" {
                #expect(
                    try await client.transfer(partner: "nordwind", id: id).jws == log.frames[9].jws
                )
            } else {
                await expect(.unverified) {
                    _ = try await client.transfer(partner: "nordwind", id: id)
                }
            }
        }
    }

    @Test func tokens() async throws {
        let log = try Self.log.get()
        let seen = Mutex<[String]>([])
        try await FakeServer.run({ request in
            if let text = request.header("authorization") { seen.withLock { $0.append(text) } }
            if request.path == "/v1/quotes" {
                return .bytes(Array("{}".utf8), type: MediaType.json)
            }
            return try log.answer(request, size: log.size)
        }) { url in
            let client = try log.client(url)
            for _ in 0..<2 { _ = try await client.entry(at: 7) }
            for _ in 0..<2 { _ = try await client.quote(QuoteQuestion(terms: .zero, amount: 5)) }
            _ = try await client.submit(log.frames[3].jws)
            await expect(.login) { _ = try await log.client(url, login: false).entry(at: 1) }
        }
        let texts = seen.withLock { $0 }
        // Two entries and their proofs by one token, two quotes by two more, the rest by none.
        #expect(texts.count == 6)
        #expect(Set(texts).count == 3)
        var identifiers: [String?] = []
        for text in texts {
            let jws = try JWS(parsing: Array(text.dropFirst(7).utf8), type: AccessToken.type)
            try jws.verify(with: log.network.key("nordwind#access").publicKey)
            let token = try AccessToken(payload: jws.payload)
            #expect(token.ledger == log.ledger && token.issuer == "nordwind")
            #expect(token.expiresAt - token.issuedAt <= 300)
            identifiers.append(token.identifier)
        }
        #expect(identifiers.prefix(4).allSatisfy { $0 == nil })
        #expect(identifiers.suffix(2).allSatisfy { $0?.count == 22 })
    }

    @Test func aTokenThatIsNotTakenNamesBothClocks() async throws {
        let log = try Self.log.get()
        try await FakeServer.run({ request in
            request.path.hasPrefix("/v1/entries")
                ? .problem(Problem(.tokenExpired, at: "exp", "it served until 5"))
                : try log.answer(request, size: log.size)
        }) { url in
            let client = try log.client(url)
            let error = await expect(.login) { _ = try await client.entry(at: 1) }
            #expect(error?.problem?.code == "TokenExpired")
            #expect(error?.message.contains("GMT") == true, "\(error?.message ?? "")")
        }
    }

    static func changed(_ value: JSONValue, _ name: String, _ member: JSONValue?) -> JSONValue {
        guard case .object(var members) = value, let member else { return value }
        for index in members.indices where members[index].name == name {
            members[index].value = member
        }
        return .object(members)
    }
}
