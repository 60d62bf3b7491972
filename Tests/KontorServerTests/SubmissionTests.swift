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
import VerifiableLog

@testable import KontorServer

/// What `POST /v1/entries` answers, to one submission and to a stream of them (spec/19 §4).
struct SubmissionTests {
    private func post(
        _ client: some TestClientProtocol,
        _ body: [UInt8],
        type: String = MediaType.jose,
        uri: String = "/v1/entries"
    ) async throws -> TestResponse {
        try await client.execute(
            uri: uri,
            method: .post,
            headers: [.contentType: type],
            body: ByteBuffer(bytes: body)
        )
    }

    private func problem(_ response: TestResponse) throws -> Problem {
        try Problem(json: JSONValue(parsing: Array(response.body.readableBytesView)))
    }

    @Test func anAcceptedSubmissionGetsAReceiptThatVerifies() async throws {
        var ledger = try ServedLedger()
        let text = ledger.newTransfer()
        let key = ledger.story.network.logSigner.verifier
        let size = ledger.size
        try await ledger.application.test(.router) { client in
            var answers: [Receipt] = []
            for (status, name) in [(201, "accepted"), (200, "known"), (200, "known")] {
                let response = try await post(client, text)
                #expect(response.status.code == status)
                let body = Array(response.body.readableBytesView)
                #expect(try JSONValue(parsing: body)["status"] == .string(name))
                let expected = status == 201 ? "/v1/entries/\(size)" : nil
                #expect(response.headers[.location] == expected)
                switch try SubmissionAnswer.read(body).answer {
                case .accepted(let receipt): answers.append(receipt)
                case .known(let receipt, let stored):
                    #expect(stored == nil)
                    answers.append(receipt)
                case .refused(let problem): Issue.record("\(problem)")
                }
            }
            for receipt in answers {
                _ = try receipt.verify(jws: text, logKey: key, lastSeen: nil, consistency: nil)
                #expect(receipt.index == size)
                #expect(receipt.time == answers[0].time)
                #expect(receipt.leafHash == answers[0].leafHash)
            }
        }
        #expect(ledger.size == size + 1)
    }

    @Test func refusalsSayWhyAndAreSigned() async throws {
        var ledger = try ServedLedger()
        let fine = ledger.newTransfer()
        let network = ledger.story.network
        let payload = try JWS(parsing: fine).payload
        let reused = network.sign(payload: payload + [0x20], with: "nordwind")
        let tooMuch = ledger.newTransfer(amount: 1_000_000_000_000)
        let stranger = network.sign(payload: try JWS(parsing: tooMuch).payload, with: "stranger")
        let long = Array("a.b.c".utf8) + [UInt8](repeating: 0x61, count: 65_520)
        let cases: [(text: [UInt8], status: Int, code: String)] = [
            (reused, 409, "IdReused"), (stranger, 422, "UnknownKey"),
            (tooMuch, 422, "CreditLine"), (Array("a.b".utf8), 400, "MalformedJWS.partCount"),
            (Array("a.b.c".utf8), 400, "MalformedJWS.headerBase64"), ([], 400, "MalformedJWS"),
            (long, 413, "EntryTooLong"),
        ]
        let (key, id) = (network.logSigner.verifier, network.ledger)
        try await ledger.application.test(.router) { client in
            _ = try await post(client, fine)
            for (text, status, code) in cases {
                let response = try await post(client, text)
                let problem = try problem(response)
                #expect(response.status.code == status, "\(problem)")
                #expect(response.headers[.contentType] == Problem.mediaType)
                #expect(problem.code.hasPrefix(code), "\(problem)")
                let refusal = try SignedRefusal(
                    verifying: try #require(problem.refusal),
                    logKey: key,
                    ledger: id,
                    submission: text
                )
                #expect(refusal.faults == problem.faults)
            }
        }
    }

    @Test func otherBodiesAreProblems() async throws {
        var ledger = try ServedLedger()
        let text = ledger.newTransfer()
        let large = [UInt8](repeating: 0x61, count: 131_073)
        try await ledger.application.test(.router) { client in
            let cases: [(TestResponse, Int, String)] = [
                (try await post(client, text, type: "text/plain"), 415, "UnsupportedMediaType"),
                (try await post(client, text, type: ""), 415, "UnsupportedMediaType"),
                (try await post(client, large), 413, "BodyTooLarge"),
                (try await post(client, text, uri: "/v1/entries?x=1"), 400, "InvalidQuery"),
                (try await post(client, text, uri: "/v1/entry"), 404, "NotFound"),
                (try await post(client, text, uri: "/checkpoint"), 405, "MethodNotAllowed"),
            ]
            for (response, status, code) in cases {
                #expect(response.status.code == status)
                #expect(try problem(response).code == code)
            }
            let allowed = try await post(client, text, uri: "/checkpoint")
            #expect(allowed.headers[.allow] == "GET, HEAD")
        }
    }

    @Test func aStreamIsAnsweredLineByLineInOrder() async throws {
        var ledger = try ServedLedger()
        let texts = (0..<300).map { _ in ledger.newTransfer(amount: 1) }
        let long = [UInt8](repeating: 0x61, count: 70_000)
        // A bad line, a blank one, a line that is too long and a repetition stand between.
        var lines = texts
        lines.insert(Array("nonsense".utf8), at: 10)
        lines.insert([], at: 20)
        lines.insert(long, at: 30)
        lines.append(texts[5])
        let key = ledger.story.network.logSigner.verifier
        let body = lines.joined(separator: [0x0a])
        let numbered = lines.filter { !$0.isEmpty }
        try await ledger.application.test(.router) { client in
            let response = try await post(client, Array(body), type: MediaType.lines)
            #expect(response.status == .ok)
            #expect(response.headers[.contentType] == MediaType.lines)
            let answers = response.body.readableBytesView.split(separator: 0x0a)
            #expect(answers.count == numbered.count)
            var accepted = 0
            for (place, text) in answers.enumerated() {
                let (answer, line) = try SubmissionAnswer.read(Array(text))
                #expect(line == place + 1)
                switch answer {
                case .accepted(let receipt), .known(let receipt, _):
                    _ = try receipt.verify(
                        jws: numbered[place],
                        logKey: key,
                        lastSeen: nil,
                        consistency: nil
                    )
                    accepted += 1
                case .refused(let problem):
                    #expect(
                        (place == 10 && problem.code.hasPrefix("MalformedJWS"))
                            || (place == 29 && problem.code == "BodyTooLarge"),
                        "\(place) \(problem)"
                    )
                }
            }
            #expect(accepted == 301)
        }
    }

    @Test func aStreamEndsWithAProblemWhenTheServerEnds() async throws {
        var ledger = try ServedLedger()
        let body = ledger.newTransfer() + [0x0a]
        ledger.service.beginShutdown()
        try await ledger.application.test(.router) { client in
            let response = try await post(client, body, type: MediaType.lines)
            let answers = response.body.readableBytesView.split(separator: 0x0a)
            let (answer, line) = try SubmissionAnswer.read(Array(try #require(answers.last)))
            guard case .refused(let problem) = answer else {
                Issue.record("no problem")
                return
            }
            #expect(line == nil)
            #expect(problem.code == "ShuttingDown")
        }
    }

    @Test func anotherSpellingOfASubmissionIsKnownWithWhatIsStored() async throws {
        var ledger = try ServedLedger()
        let text = ledger.newTransfer()
        let key = ledger.story.network.key("nordwind")
        let payload = try JWS(parsing: text).payload
        // The same key and payload under the older name of the algorithm.
        let header = JSONValue.object([
            JSONMember(name: "alg", value: "EdDSA"),
            JSONMember(name: "kid", value: .string(key.publicKey.thumbprint.base64URL)),
            JSONMember(name: "typ", value: .string(JWS.entryType)),
        ])
        let parts = [header.text, payload].map { Base64.url.encode($0) }.joined(separator: ".")
        let signature = key.signature(for: Array(parts.utf8))
        let other = Array("\(parts).\(Base64.url.encode(signature))".utf8)
        let logKey = ledger.story.network.logSigner.verifier
        try await ledger.application.test(.router) { client in
            _ = try await post(client, text)
            let response = try await post(client, other)
            #expect(response.status == .ok)
            let answer = try SubmissionAnswer.read(Array(response.body.readableBytesView)).answer
            guard case .known(let receipt, let stored) = answer else {
                Issue.record("\(answer)")
                return
            }
            #expect(stored.map { Array($0.utf8) } == text)
            _ = try receipt.verify(
                jws: other,
                storedJWS: text,
                logKey: logKey,
                lastSeen: nil,
                consistency: nil
            )
        }
    }
}

/// Streams are cut into lines whatever the pieces in which they come.
struct LineSplitterTests {
    @Test(arguments: 1..<24)
    func piecesDoNotMatter(size: Int) {
        let body = Array("one\n\r\ntwo\r\n\nthree-is-too-long\nfour".utf8)
        var splitter = LineSplitter(limit: 8)
        var lines: [[UInt8]] = []
        var rest = body[...]
        while !rest.isEmpty {
            lines += splitter.take(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        if let last = splitter.finish() { lines.append(last) }
        let texts = lines.map { String(decoding: $0, as: UTF8.self) }
        #expect(texts == ["one", "two", "three-is-", "four"])
    }
}

/// A bucket lets a rate through, and says when more would pass.
struct TokenBucketTests {
    @Test func aBurstPassesAndThenTheRate() {
        var bucket = TokenBucket(perSecond: 10, now: 0)
        for _ in 0..<10 { #expect(bucket.take(1, now: 0) == nil) }
        #expect(bucket.take(1, now: 0) == 0.1)
        #expect(bucket.take(1, now: 100_000_000) == nil)
        #expect(bucket.take(1, now: 100_000_000) != nil)
        #expect(!bucket.isFull(now: 100_000_000))
        #expect(bucket.isFull(now: 1_100_000_000))
        // More than a whole second's worth passes once the bucket is full, and is paid for later.
        #expect(bucket.take(25, now: 2_000_000_000) == nil)
        #expect(bucket.take(1, now: 3_000_000_000) != nil)
        #expect(bucket.take(1, now: 4_000_000_000) == nil)
    }
}
