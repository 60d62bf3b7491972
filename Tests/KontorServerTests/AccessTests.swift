import HTTPTypes
import Hummingbird
import HummingbirdTesting
import KontorAPI
import KontorEngine
import Ledger
import NIOCore
import Signing
import TestSupport
import Testing

@testable import KontorServer

/// Who may read what: every route, every role, own and foreign (spec/19 §2).
struct AccessTests {
    /// A request, and the status that each role gets, in the order of `ServedLedger.Role`.
    struct Row: Sendable {
        let method: HTTPRequest.Method
        /// The pattern of the endpoint.
        let pattern: String
        /// The path that is asked for, with `$transfer`, `$public` and `$id` filled in.
        let path: String
        /// nobody, debtor, creditor, foreign partner, auditor, operator.
        let statuses: [Int]

        init(
            _ pattern: String,
            at path: String? = nil,
            by method: HTTPRequest.Method = .get,
            _ statuses: [Int]
        ) {
            self.method = method
            self.pattern = pattern
            self.path = path ?? pattern
            self.statuses = statuses
        }
    }

    static let open = [200, 200, 200, 200, 200, 200]
    static let signedIn = [401, 200, 200, 200, 200, 200]
    static let parties = [401, 200, 200, 404, 200, 200]
    static let noWebhook = [401, 404, 404, 404, 404, 404]
    static let settlement = "/v1/settlements/{calendar}/{window}/{model}/{currency}/{attempt}"
    static let overseers = [401, 403, 403, 403, 200, 200]

    static let rows: [Row] = [
        Row("/checkpoint", open),
        Row("/tile/{level}/**", at: "/tile/0/000.p/5", open),
        Row("/tile/entries/**", at: "/tile/entries/000.p/5", overseers),
        Row("/v1/proofs/consistency", at: "/v1/proofs/consistency?from=3&to=9", open),
        Row("/healthz", open),
        Row("/readyz", open),
        Row("/v1/entries", signedIn),
        Row("/v1/entries/{index}", at: "/v1/entries/0", signedIn),
        Row("/v1/entries/{index}", at: "/v1/entries/$transfer", parties),
        Row("/v1/entries/{index}", at: "/v1/entries/999999", [401, 404, 404, 404, 404, 404]),
        Row("/v1/entries/{index}/proof", at: "/v1/entries/$transfer/proof", parties),
        Row("/v1/transfers/{partner}/{id}", at: "/v1/transfers/nordwind/$id", parties),
        Row(
            "/v1/transfers/{partner}/{id}",
            at: "/v1/transfers/harbour/$id",
            [401, 404, 404, 404, 404, 404]
        ),
        Row("/v1/partners", signedIn),
        Row("/v1/programs", signedIn),
        Row("/v1/agreements", signedIn),
        Row("/v1/rates", signedIn),
        Row("/v1/positions", signedIn),
        Row("/v1/statements", signedIn),
        Row("/v1/settlements", signedIn),
        Row("/v1/windows", signedIn),
        Row("/v1/fixings", signedIn),
        Row("/v1/certificates", signedIn),
        Row("/v1/disputes", signedIn),
        Row(settlement, at: "/v1/settlements/$night", parties),
        Row(
            settlement,
            at: "/v1/settlements/network/2/multilateral/EUR/1",
            [401, 404, 404, 404, 404, 404]
        ),
        Row(
            "\(settlement)/statement",
            at: "/v1/settlements/$night/statement",
            [401, 200, 200, 404, 400, 400]
        ),
        Row(
            "\(settlement)/statement",
            at: "/v1/settlements/$night/statement?partner=nordwind",
            [401, 200, 404, 404, 200, 200]
        ),
        Row("/v1/events", signedIn),
        Row("/v1/quotes", by: .post, parties),
        Row("/v1/webhooks", signedIn),
        Row("/v1/webhooks", by: .post, [401, 415, 415, 415, 415, 415]),
        Row("/v1/webhooks/{id}", at: "/v1/webhooks/$id", noWebhook),
        Row("/v1/webhooks/{id}", at: "/v1/webhooks/$id", by: .delete, noWebhook),
        Row("/v1/webhooks/{id}/dead", at: "/v1/webhooks/$id/dead", noWebhook),
        Row("/v1/webhooks/{id}/replay", at: "/v1/webhooks/$id/replay", by: .post, noWebhook),
        Row("/v1/entries", by: .post, [415, 415, 415, 415, 415, 415]),
    ]

    @Test func everyEndpointHasARow() throws {
        let ledger = try ServedLedger()
        for endpoint in ledger.service.endpoints {
            let isThere = Self.rows.contains {
                $0.method == endpoint.method && $0.pattern == endpoint.path
            }
            #expect(isThere, "\(endpoint.method) \(endpoint.path)")
        }
    }

    @Test(arguments: rows.indices)
    func eachRoleGetsWhatItMayRead(row number: Int) async throws {
        let row = Self.rows[number]
        let ledger = try ServedLedger(night: row.path.contains("$night"))
        let submission = try #require(ledger.story.ledger.entries.last)
        let path = row.path.replacing("$transfer", with: "\(ledger.transfer)")
            .replacing("$id", with: submission.statement.id.description)
            .replacing("$night", with: NetworkStory.night)
        try await ledger.application.test(.router) { client in
            for (role, status) in zip(ServedLedger.Role.allCases, row.statuses) {
                var headers = ledger.headers(role, identifier: "\(role)")
                var body: ByteBuffer?
                if row.pattern == "/v1/quotes" {
                    headers[.contentType] = MediaType.json
                    let question = QuoteQuestion(terms: ledger.terms, amount: 100)
                    body = ByteBuffer(bytes: question.json.text)
                }
                if row.pattern == "/v1/events" { ledger.service.beginShutdown() }
                let response = try await client.execute(
                    uri: path,
                    method: row.method,
                    headers: headers,
                    body: body
                )
                #expect(
                    response.status.code == status,
                    "\(role) \(path): \(String(buffer: response.body))"
                )
                guard status >= 400 else { continue }
                #expect(response.headers[.contentType] == Problem.mediaType)
                let problem = try Problem(
                    json: JSONValue(parsing: Array(response.body.readableBytesView))
                )
                #expect(problem.status == status)
            }
        }
    }

    @Test(arguments: ["entries", "agreements", "positions", "statements"])
    func listsLeaveOutWhatOthersDo(list: String) async throws {
        let ledger = try ServedLedger()
        try await ledger.application.test(.router) { client in
            var counts: [ServedLedger.Role: Int] = [:]
            for role in ServedLedger.Role.allCases where role != .nobody {
                let response = try await client.execute(
                    uri: "/v1/\(list)?limit=1000",
                    method: .get,
                    headers: ledger.headers(role)
                )
                let page = try Page(parsing: Array(response.body.readableBytesView))
                counts[role] = page.items.count
            }
            let all = try #require(counts[.auditor])
            let own = try #require(counts[.nordwind])
            let foreign = try #require(counts[.suedkauf])
            #expect(counts[.networkOperator] == all)
            #expect(counts[.harbour] == own)
            #expect(foreign < own, "\(counts)")
            if list == "entries" { #expect(all == Int(ledger.size)) } else { #expect(foreign == 0) }
        }
    }

    /// A token, and the code with which it is refused.
    @Test func tokensThatAreNotValidAreRefused() async throws {
        let ledger = try ServedLedger()
        let cases: [(String, String?)] = [
            ("TokenMissing", nil),
            ("TokenMalformed", "Basic abc"),
            ("TokenMalformed", "Bearer"),
            ("TokenMalformed", "Bearer a.b.c"),
            ("TokenMalformed", "Bearer \(String(repeating: "a", count: 3_000))"),
            ("TokenUnknownKey", "Bearer \(ledger.token(.nordwind, key: "stranger"))"),
            // A registered key that is not of use access.
            ("TokenUnknownKey", "Bearer \(ledger.token(.nordwind, key: "nordwind"))"),
            ("TokenUnknownKey", "Bearer \(ledger.token(.nordwind, issuer: "harbour"))"),
            ("TokenAudience", "Bearer \(ledger.token(.nordwind, ledger: .zero))"),
            ("TokenExpired", "Bearer \(ledger.token(.nordwind, issuedAt: -400))"),
            ("TokenNotYetValid", "Bearer \(ledger.token(.nordwind, issuedAt: 120))"),
            ("TokenLifetime", "Bearer \(ledger.token(.nordwind, lifetime: 301))"),
            ("TokenLifetime", "Bearer \(ledger.token(.nordwind, lifetime: -1))"),
            ("TokenSignature", "Bearer \(forged(ledger.token(.nordwind)))"),
        ]
        try await ledger.application.test(.router) { client in
            for (code, header) in cases {
                let response = try await client.execute(
                    uri: "/v1/partners",
                    method: .get,
                    headers: header.map { [.authorization: $0] } ?? [:]
                )
                #expect(response.status == .unauthorized, "\(code)")
                #expect(response.headers[.wwwAuthenticate] == "Bearer")
                let problem = try Problem(
                    json: JSONValue(parsing: Array(response.body.readableBytesView))
                )
                #expect(problem.code == code)
            }
        }
    }

    /// The token with another signature of the right length.
    private func forged(_ token: String) -> String {
        let parts = token.split(separator: ".")
        let signature = Base64.url.encode([UInt8](repeating: 7, count: 64))
        return "\(parts[0]).\(parts[1]).\(signature)"
    }

    @Test func aPostNeedsATokenThatWasNotUsed() async throws {
        let ledger = try ServedLedger()
        let body = ByteBuffer(bytes: QuoteQuestion(terms: ledger.terms, amount: 100).json.text)
        try await ledger.application.test(.router) { client in
            func ask(_ token: String) async throws -> String? {
                let response = try await client.execute(
                    uri: "/v1/quotes",
                    method: .post,
                    headers: [
                        .authorization: "Bearer \(token)", .contentType: MediaType.json,
                    ],
                    body: body
                )
                guard response.status != .ok else { return nil }
                return try Problem(json: JSONValue(parsing: Array(response.body.readableBytesView)))
                    .code
            }
            let token = ledger.token(.nordwind, identifier: "one")
            // What was made before the start may have served then; the same jti of another signer
            // is another token.
            let tokens = [
                token, token, ledger.token(.nordwind), ledger.token(.harbour, identifier: "one"),
                ledger.token(.nordwind, identifier: "two", issuedAt: -10),
            ]
            var codes: [String?] = []
            for token in tokens { codes.append(try await ask(token)) }
            #expect(codes == [nil, "TokenReplayed", "TokenMalformed", nil, "TokenReplayed"])
        }
    }

    @Test func aRevokedKeyLogsInNoMore() async throws {
        var ledger = try ServedLedger()
        let token = ledger.token(.nordwind)
        let revocation = ledger.story.network.revokeKey(
            "nordwind#access",
            for: "nordwind",
            key: "nordwind#recovery"
        )
        let engine = ledger.engine
        try await ledger.application.test(.router) { client in
            func status() async throws -> Int {
                try await client.execute(
                    uri: "/v1/partners",
                    method: .get,
                    headers: [.authorization: "Bearer \(token)"]
                ).status.code
            }
            let before = try await status()
            _ = try engine.submitAndWait([revocation])
            let after = try await status()
            #expect([before, after] == [200, 401])
        }
    }
}
