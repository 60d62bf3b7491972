import KontorAPI
import KontorClient
import Signing
import Testing
import VerifiableLog

/// The event stream over breaks and lies.
@Suite struct EventTests {
    private static let log = Result { try TrueLog.make() }

    /// What the server sends on one connection after another; then it sends nothing more.
    struct Row: Sendable {
        let name: String
        let connections: @Sendable (TrueLog) -> [String]
        var complete = false
        let indices: [UInt64]
        /// The error after the last index.
        var code: ClientError.Code?
    }

    static let rows: [Row] = [
        Row(
            name: "over three connections",
            connections: { [$0.event(2) + $0.event(3), ": beat\n\n", $0.event(4) + "id: 5\n"] },
            indices: [2, 3, 4]
        ),
        Row(
            name: "an id alone moves the point of resumption",
            connections: { [$0.event(2) + "id: 8\n\nid: 9\n", $0.event(9)] },
            indices: [2, 9]
        ),
        Row(
            name: "what was passed over stays so",
            connections: { [$0.event(2) + "id: 8\n\n", $0.event(7)] },
            indices: [2],
            code: .answer
        ),
        Row(
            name: "an end that says nothing",
            connections: { _ in ["", "", ""] },
            indices: [],
            code: .connection
        ),
        Row(
            name: "gaps of what others may read",
            connections: { [$0.event(2) + $0.event(9)] },
            indices: [2, 9]
        ),
        Row(
            name: "a gap where there is none",
            connections: { [$0.event(2) + $0.event(9)] },
            complete: true,
            indices: [2],
            code: .answer
        ),
        Row(
            name: "a repetition",
            connections: { [$0.event(2) + $0.event(2)] },
            indices: [2],
            code: .answer
        ),
        Row(
            name: "a repetition after a break",
            connections: { [$0.event(2) + $0.event(3), $0.event(3)] },
            indices: [2, 3],
            code: .answer
        ),
        Row(name: "backwards", connections: { [$0.event(1)] }, indices: [], code: .answer),
        Row(
            name: "another id",
            connections: { [$0.event(2, id: "3")] },
            indices: [],
            code: .answer
        ),
        Row(
            name: "no id",
            connections: { [String($0.event(2).dropFirst(6))] },
            indices: [],
            code: .answer
        ),
        Row(
            name: "another kind of event",
            connections: { ["event: other\ndata: x\n\n" + $0.event(2)] },
            indices: [2]
        ),
        Row(
            name: "no JSON",
            connections: { _ in ["id: 2\nevent: entry\ndata: x\n\n"] },
            indices: [],
            code: .answer
        ),
        Row(
            name: "an entry that is not in the log",
            connections: { log in
                let value = ReadingTests.changed(log.entry(3), "index", 2)
                let text = String(decoding: value.text, as: UTF8.self)
                return ["id: 2\nevent: entry\ndata: \(text)\n\n"]
            },
            indices: [],
            code: .unverified
        ),
        Row(
            name: "an event beyond the limit",
            connections: { _ in ["data: " + String(repeating: "a", count: 2 << 20)] },
            indices: [],
            code: .tooLong
        ),
    ]

    @Test(arguments: rows.indices)
    func row(index: Int) async throws {
        let log = try Self.log.get()
        let row = Self.rows[index]
        let count = Counter()
        try await FakeServer.run({ request in
            guard request.path == "/v1/events" else {
                // Some entries are past the published checkpoint.
                let isPublished = request.path == "/checkpoint" || request.path.hasPrefix("/tile")
                return try log.answer(request, size: isPublished ? 4 : log.size)
            }
            let number = count.next()
            if number == 0 {
                #expect(request.query["from"] == "2")
            } else if let last = row.indices.last, row.code == nil {
                let resumed = request.header("last-event-id").flatMap { UInt64($0) }
                #expect(resumed.map { $0 <= max(last, 8) } == true)
            }
            let texts = row.connections(log)
            guard number < texts.count else { return .problem(Problem(.forbidden, "no more")) }
            return FakeResponse(
                type: "text/event-stream; charset=utf-8",
                pieces: [Array(texts[number].utf8)]
            )
        }) { url in
            var limits = ClientLimits()
            limits.eventPauseMilliseconds = 0
            let client = try log.client(url, limits: limits)
            var indices: [UInt64] = []
            do {
                for try await entry in client.events(from: 2, complete: row.complete) {
                    indices.append(entry.frame.index)
                    #expect(entry.frame == log.frames[Int(entry.frame.index)])
                }
                Issue.record("the stream ends with an error only")
            } catch let error as ClientError {
                #expect(error.code == row.code ?? .problem, "\(row.name): \(error)")
            }
            #expect(indices == row.indices, "\(row.name)")
        }
    }

    @Test func aStreamOfAnotherTypeIsNone() async throws {
        let log = try Self.log.get()
        try await FakeServer.run({ request in
            request.path == "/v1/events"
                ? .text(log.event(0), type: MediaType.text)
                : try log.answer(request, size: log.size)
        }) { url in
            let client = try log.client(url)
            await expect(.answer) { for try await _ in client.events() {} }
        }
    }

    @Test func cancellingEndsIt() async throws {
        let log = try Self.log.get()
        try await FakeServer.run({ request in
            guard request.path == "/v1/events" else {
                return try log.answer(request, size: log.size)
            }
            return FakeResponse(
                type: MediaType.events,
                pieces: [Array(log.event(0).utf8), Array(": beat\n\n".utf8)],
                isEndless: true
            )
        }) { url in
            let client = try log.client(url)
            let task = Task {
                var indices: [UInt64] = []
                for try await entry in client.events() { indices.append(entry.frame.index) }
                return indices
            }
            try await Task.sleep(for: .milliseconds(100))
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }
}
