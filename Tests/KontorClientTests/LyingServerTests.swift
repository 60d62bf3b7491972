import KontorAPI
import KontorClient
import Signing
import TestSupport
import Testing
import VerifiableLog

/// The client against a server that lies in one way after another.
@Suite struct LyingServerTests {
    private static let log = Result { try TrueLog.make() }

    /// What a lying server says to a submission that became the entry of an index.
    typealias Lie = @Sendable (TrueLog, _ index: Int) throws -> FakeResponse

    struct Row: Sendable {
        let name: String
        let code: ClientError.Code
        let lie: Lie

        init(_ name: String, _ code: ClientError.Code, _ lie: @escaping Lie) {
            self.name = name
            self.code = code
            self.lie = lie
        }
    }

    static let receipts: [Row] = [
        Row("receipt for another leaf", .unverified) { log, index in
            try accepted(log.receipt(index + 1, log.size))
        },
        Row("wrong index", .unverified) { log, index in
            let true_ = try log.receipt(index, log.size)
            return try accepted(changed(true_, index: UInt64(index + 1)))
        },
        Row("proof of another index", .unverified) { log, index in
            let proof = TLogProof(
                index: UInt64(index + 1),
                hashes: log.proof(index, log.size).hashes,
                checkpoint: log.checkpoint(log.size)
            )
            return try accepted(changed(log.receipt(index, log.size), proof: proof))
        },
        Row("wrong path", .unverified) { log, index in
            let hashes = log.proof(index, log.size).hashes.map { _ in Digest.zero }
            let proof = TLogProof(
                index: UInt64(index),
                hashes: hashes,
                checkpoint: log.checkpoint(log.size)
            )
            return try accepted(changed(log.receipt(index, log.size), proof: proof))
        },
        Row("wrong time", .unverified) { log, index in
            let receipt = try log.receipt(index, log.size)
            return try accepted(changed(receipt, time: receipt.time.advanced(byMilliseconds: 1)))
        },
        Row("checkpoint signed by another key", .unverified) { log, index in
            let checkpoint = try Checkpoint(parsing: log.checkpoint(log.size).text)
            let stranger = try NoteSigner(name: log.network.origin, key: log.network.key("x"))
            let proof = TLogProof(
                index: UInt64(index),
                hashes: log.proof(index, log.size).hashes,
                checkpoint: try checkpoint.signed(by: stranger)
            )
            return try accepted(changed(log.receipt(index, log.size), proof: proof))
        },
        Row("checkpoint of another size under the signature", .unverified) { log, index in
            let note = log.checkpoint(log.size)
            let other = try SignedNote(
                text: log.checkpoint(log.size - 1).text,
                signatures: note.signatures
            )
            let proof = TLogProof(
                index: UInt64(index),
                hashes: log.proof(index, log.size).hashes,
                checkpoint: other
            )
            return try accepted(changed(log.receipt(index, log.size), proof: proof))
        },
        Row("another stored submission", .unverified) { log, index in
            let stored = String(decoding: log.frames[index + 1].jws, as: UTF8.self)
            let answer = SubmissionAnswer.known(try log.receipt(index, log.size), stored: stored)
            return FakeResponse(body: answer.json().text)
        },
        Row("status 200 for accepted", .answer) { log, index in
            var answer = try accepted(log.receipt(index, log.size))
            answer.status = 200
            return answer
        },
        Row("wrong content type", .answer) { log, index in
            var answer = try accepted(log.receipt(index, log.size))
            answer.type = "text/html"
            return answer
        },
        Row("no content type", .answer) { log, index in
            var answer = try accepted(log.receipt(index, log.size))
            answer.type = nil
            return answer
        },
        Row("truncated JSON", .answer) { log, index in
            var answer = try accepted(log.receipt(index, log.size))
            answer.body.removeLast(20)
            return answer
        },
        Row("a body shorter than its length", .connection) { log, index in
            var answer = try accepted(log.receipt(index, log.size))
            answer.statedLength = answer.body.count + 10
            answer.breaks = true
            return answer
        },
        Row("an unknown member", .answer) { log, index in
            FakeResponse(status: 201, body: Array("{\"status\":\"accepted\",\"all\":1}".utf8))
        },
        Row("an oversized body", .tooLong) { log, index in
            FakeResponse(status: 201, body: [UInt8](repeating: 0x20, count: 5_000_000))
        },
        Row("an endless body", .tooLong) { log, index in
            FakeResponse(
                status: 201,
                pieces: [[UInt8](repeating: 0x20, count: 1 << 16)],
                isEndless: true
            )
        },
    ]

    static let refusals: [Row] = [
        Row("unsigned", .forgedRefusal) { log, index in
            var problem = log.refusal(of: log.frames[index].jws)
            problem.refusal = nil
            return .problem(problem)
        },
        Row("signed by another key", .forgedRefusal) { log, index in
            .problem(log.refusal(of: log.frames[index].jws, key: "operator-a"))
        },
        Row("for another submission", .forgedRefusal) { log, index in
            .problem(log.refusal(of: log.frames[index + 1].jws))
        },
        Row("for another ledger", .forgedRefusal) { log, index in
            .problem(log.refusal(of: log.frames[index].jws, ledger: log.leaves[1]))
        },
        Row("other faults than were signed", .forgedRefusal) { log, index in
            var problem = log.refusal(of: log.frames[index].jws)
            problem.faults = [
                Problem.Fault(code: "CapExceeded", place: "items[0]", reason: "9 of 5", wayOut: "")
            ]
            return .problem(problem)
        },
        Row("fewer faults than were signed", .forgedRefusal) { log, index in
            var problem = log.refusal(of: log.frames[index].jws)
            problem.faults = []
            return .problem(problem)
        },
        Row("a text that is no JWS", .forgedRefusal) { log, index in
            var problem = log.refusal(of: log.frames[index].jws)
            problem.refusal = "x.y.z"
            return .problem(problem)
        },
        Row("a token of the log key", .forgedRefusal) { log, index in
            var problem = log.refusal(of: log.frames[index].jws)
            let jws = JWS(signing: Array("{}".utf8), type: "x", with: log.network.key("log"))
            problem.refusal = String(decoding: jws.compact, as: UTF8.self)
            return .problem(problem)
        },
    ]

    @Test(arguments: (receipts + refusals).indices)
    func lie(index row: Int) async throws {
        let log = try Self.log.get()
        let row = (Self.receipts + Self.refusals)[row]
        let index = 6
        let memory = CheckpointMemory()
        try await FakeServer.run({ request in
            guard request.method == "POST" else { return try log.answer(request, size: log.size) }
            return try row.lie(log, index)
        }) { url in
            let client = try log.client(url, memory: memory, login: false)
            await expect(row.code, row.name) { _ = try await client.submit(log.frames[index].jws) }
        }
        // A lie about an entry never becomes a memory; a true checkpoint may.
        if let newest = memory.newest { #expect(newest == log.checkpoint(log.size), "\(row.name)") }
    }

    @Test func aRetryWithAnotherIndex() async throws {
        // Two logs of one key hold the same submission at different places.
        let log = try Self.log.get()
        let count = Counter()
        let index = 6
        let jws = log.frames[index].jws
        var leaves = Array(log.leaves[..<(log.size)])
        let again = try EntryFrame(
            index: UInt64(log.size),
            time: log.frames[log.size - 1].time,
            previous: log.leaves[log.size - 1],
            jws: jws
        )
        leaves.append(again.leafHash)
        let receipt = try Receipt(
            for: again,
            id: log.receipt(index, log.size).id,
            proof: TLogProof(
                index: again.index,
                hashes: NaiveTree.path(log.size, leaves[...]),
                checkpoint: log.checkpoint(log.size + 1, of: leaves)
            )
        )
        let longer = leaves
        try await FakeServer.run({ request in
            if request.path == "/v1/proofs/consistency" {
                let hashes = NaiveTree.consistency(log.size, longer[...])
                let value: JSONValue = ["hashes": .array(hashes.map { .string($0.base64) })]
                return .bytes(value.text, type: MediaType.json)
            }
            return try Self.accepted(count.next() == 0 ? log.receipt(index, log.size) : receipt)
        }) { url in
            let client = try log.client(url, login: false)
            _ = try await client.submit(jws)
            await expect(.changedReceipt) { _ = try await client.submit(jws) }
        }
    }

    static func accepted(_ receipt: Receipt) throws -> FakeResponse {
        FakeResponse(status: 201, body: SubmissionAnswer.accepted(receipt).json().text)
    }

    static func changed(
        _ receipt: Receipt,
        index: UInt64? = nil,
        time: Timestamp? = nil,
        proof: TLogProof? = nil
    ) throws -> Receipt {
        try Receipt(
            index: index ?? receipt.index,
            time: time ?? receipt.time,
            previous: receipt.previous,
            id: receipt.id,
            leafHash: receipt.leafHash,
            proof: proof ?? receipt.proof
        )
    }
}
