import KontorAPI
import KontorAudit
import KontorClient
import Foundation
import TestSupport
import Testing
import VerifiableLog

/// An audit of a log that a server shows, and of what it forges.
@Suite struct RemoteSourceTests {
    private static let log = Result { try TrueLog.make(transfers: 290) }

    struct Row: Sendable {
        let name: String
        /// The path whose answer is changed, and how.
        let path: String
        let change: @Sendable (TrueLog, inout FakeResponse) throws -> Void
        /// The code of the fault, or nil for a clean audit.
        let code: String?
    }

    static let rows: [Row] = [
        Row(name: "the truth", path: "", change: { _, _ in }, code: nil),
        Row(
            name: "a changed entry",
            path: "/tile/entries/000",
            change: { _, answer in answer.body[2_000] ^= 1 },
            code: ""
        ),
        Row(
            name: "a forged first tile",
            path: "/tile/0/000",
            change: { _, answer in answer.body[0] ^= 1 },
            code: "leafMismatch"
        ),
        Row(
            name: "a forged tile above",
            path: "/tile/1/000.p/1",
            change: { _, answer in answer.body[31] ^= 1 },
            code: "tileMismatch"
        ),
        Row(
            name: "bytes after a bundle",
            path: "/tile/entries/000",
            change: { _, answer in answer.body += [0, 1, 0x61] },
            code: "bundleMalformed"
        ),
        Row(
            name: "a bundle cut short",
            path: "/tile/entries/000",
            change: { _, answer in answer.body.removeLast() },
            code: "bundleMalformed"
        ),
        Row(
            name: "a tile cut short",
            path: "/tile/0/000",
            change: { _, answer in answer.body.removeLast(32) },
            code: "tileLength"
        ),
        Row(
            name: "no bundle",
            path: "/tile/entries/000",
            change: { _, answer in answer = .notFound },
            code: "fileMissing"
        ),
    ]

    @Test(arguments: rows.indices)
    func row(index: Int) async throws {
        let log = try Self.log.get()
        let row = Self.rows[index]
        try await FakeServer.run({ request in
            var answer = try log.answer(request)
            if request.path == row.path { try row.change(log, &answer) }
            return answer
        }) { url in
            let report = try await Self.audit(try Self.client(url, log), log)
            switch row.code {
            case nil: #expect(report.isClean, "\(row.name): \(report.fault as Any)")
            case ""?: #expect(report.fault != nil, "\(row.name)")
            case let code?: #expect(report.fault?.code == code, "\(row.name)")
            }
        }
    }

    /// A partial tile that is served no longer is found in the full one.
    @Test func fullTilesStandInForPartialOnes() async throws {
        let log = try TrueLog.make(transfers: 520)
        try await FakeServer.run({ request in
            let isGone = request.path.contains("/001.p/")
            if isGone { return .notFound }
            // All was full and beyond it when the audit came, but for the checkpoint that it saw.
            let isFull = request.path.hasSuffix("/001")
            return try log.answer(request, size: isFull ? log.size : 280)
        }) { url in
            let report = try await Self.audit(try Self.client(url, log), log)
            #expect(report.isClean, "\(report.fault as Any)")
            #expect(report.checkpoint?.size == 280)
        }
    }

    /// A client that knows the ledger, so that tiles are looked at by the audit alone.
    private static func client(_ url: String, _ log: TrueLog) throws -> KontorClient {
        try KontorClient(
            url: url,
            verifierKey: log.key,
            login: Login(issuer: "auditor-one", key: log.network.key("auditor-one#access")),
            ledger: log.ledger,
            policy: quick
        )
    }

    private static func audit(_ client: KontorClient, _ log: TrueLog) async throws -> AuditReport {
        let key = log.key
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result { try Auditor(workerCount: 1).run(RemoteSource(client), key: key) }
                )
            }
        }
    }
}
