import KontorAPI
import KontorClient
import Signing
import TestSupport
import Testing
import VerifiableLog

/// Submitting to a server that tells the truth, is busy, or breaks off.
@Suite struct SubmitTests {
    private static let log = Result { try TrueLog.make() }

    @Test func receiptIsVerifiedAndRemembered() async throws {
        let log = try Self.log.get()
        let memory = CheckpointMemory()
        let index = log.size - 3
        try await FakeServer.run({ try log.answer($0, size: index + 1) }) { url in
            let client = try log.client(url, memory: memory, login: false)
            guard case .accepted(let receipt) = try await client.submit(log.frames[index].jws)
            else {
                Issue.record("the entry is accepted")
                return
            }
            #expect(receipt.index == UInt64(index))
            #expect(receipt.leafHash == log.leaves[index])
        }
        #expect(memory.newest == log.checkpoint(index + 1))
    }

    @Test func laterReceiptsAreProvenConsistent() async throws {
        let log = try Self.log.get()
        let proofs = Counter()
        try await FakeServer.run({ request in
            if request.path == "/v1/proofs/consistency" { _ = proofs.next() }
            return try log.answer(request)
        }) { url in
            let client = try log.client(url, login: false)
            for index in [3, 9, 5, 9, 3] { _ = try await client.submit(log.frames[index].jws) }
        }
        // 4 → 10, and 6 against 10; the others are known.
        #expect(proofs.count == 2)
    }

    @Test func refusalIsVerifiedAndKept() async throws {
        let log = try Self.log.get()
        let jws = log.network.sign(payload: Array("{}".utf8), with: "nordwind")
        let sent = Counter()
        try await FakeServer.run({ request in
            if request.method == "POST" { _ = sent.next() }
            return try log.answer(request, size: log.size)
        }) { url in
            guard case .refused(let refusal) = try await log.client(url).submit(jws) else {
                Issue.record("it is refused")
                return
            }
            #expect(refusal.code == "CapExceeded")
            #expect(refusal.size == UInt64(log.size))
            #expect(refusal.description.contains("60 of 50"))
            #expect(try JWS(parsing: Array(refusal.signed.utf8)).type == "kontor-refusal+jws")
        }
        #expect(sent.count == 1)
    }

    @Test func aRefusalBeforeTheGenesisIsOfNoLedger() async throws {
        let log = try Self.log.get()
        let jws = log.network.sign(payload: Array("{}".utf8), with: "nordwind")
        try await FakeServer.run({ request in
            if request.method == "POST" { return .problem(log.refusal(of: jws, ledger: .zero)) }
            return .problem(Problem(.ledgerEmpty, "there is no entry"))
        }) { url in
            guard case .refused = try await log.client(url).submit(jws) else {
                Issue.record("it is refused")
                return
            }
        }
    }

    struct Trouble: Sendable {
        let name: String
        let answers: [FakeResponse]
        /// The code in the end, or nil if it succeeds.
        var code: ClientError.Code?
        let requests: Int
    }

    static let troubles: [Trouble] = [
        Trouble(name: "503 with Retry-After", answers: [busy(503, "0")], requests: 2),
        Trouble(name: "429", answers: [busy(429, "0"), busy(429, nil)], requests: 3),
        Trouble(name: "408", answers: [busy(408, nil)], requests: 2),
        Trouble(name: "500", answers: [.problem(Problem(.internalError, "no"))], requests: 2),
        Trouble(
            name: "502 of a proxy",
            answers: [.text("<html>", type: "text/html", status: 502)],
            requests: 2
        ),
        Trouble(
            name: "a broken connection",
            answers: [FakeResponse(pieces: [Array("{".utf8)], breaks: true)],
            requests: 2
        ),
        Trouble(
            name: "attempts used up",
            answers: Array(repeating: busy(503, "0"), count: 3),
            code: .problem,
            requests: 3
        ),
        Trouble(
            name: "too long to wait",
            answers: [busy(503, "3600")],
            code: .problem,
            requests: 1
        ),
        Trouble(
            name: "415 is final",
            answers: [.problem(Problem(.unsupportedMediaType, "no"))],
            code: .problem,
            requests: 1
        ),
        Trouble(
            name: "404 without a problem is final",
            answers: [.text("no", status: 404)],
            code: .answer,
            requests: 1
        ),
        Trouble(
            name: "a redirect is not followed",
            answers: [
                FakeResponse(
                    status: 307,
                    type: nil,
                    headers: [("location", "https://other.example")]
                )
            ],
            code: .answer,
            requests: 1
        ),
    ]

    static func busy(_ status: Int, _ seconds: String?) -> FakeResponse {
        var problem = Problem(.queueFull, "too many wait")
        problem.status = status
        var answer = FakeResponse.problem(problem)
        if let seconds { answer.headers = [("retry-after", seconds)] }
        return answer
    }

    @Test(arguments: troubles.indices)
    func trouble(index: Int) async throws {
        let log = try Self.log.get()
        let row = Self.troubles[index]
        let sent = Counter()
        try await FakeServer.run({ request in
            guard request.method == "POST" else { return try log.answer(request, size: log.size) }
            let number = sent.next()
            return number < row.answers.count
                ? row.answers[number] : try log.answer(request, size: log.size)
        }) { url in
            let client = try log.client(url, login: false)
            if let code = row.code {
                await expect(code, row.name) { _ = try await client.submit(log.frames[4].jws) }
            } else {
                #expect(
                    try await client.submit(log.frames[4].jws).receipt?.index == 4,
                    "\(row.name)"
                )
            }
        }
        #expect(sent.count == row.requests, "\(row.name)")
    }

    @Test func nobodyListens() async throws {
        let log = try Self.log.get()
        let client = try log.client("http://127.0.0.1:9", login: false)
        await expect(.connection) { _ = try await client.submit(log.frames[1].jws) }
    }

    @Test func addresses() async throws {
        let log = try Self.log.get()
        let good = [
            "https://ledger.example", "https://ledger.example:8443/a/", "http://localhost:1",
            "http://127.0.0.1:80", "http://[::1]:8080",
        ]
        for url in good { _ = try log.client(url) }
        let bad = [
            "http://ledger.example", "http://127.0.0.1.example", "ftp://localhost",
            "ledger.example", "https:", "https:///a", "https://ledger.example?x=1",
            "https://ledger.example#x", "http://localhost.example",
            // Joined from parts, since these are no addresses to follow.
            ["https:", "//me:you@ledger.example"].joined(), ["http:", "//127.0.0.300"].joined(),
        ]
        for url in bad { await expect(.address, url) { _ = try log.client(url) } }
        #expect(
            try log.client("https://ledger.example:8443/a/").url == "https://ledger.example:8443/a"
        )
    }
}
