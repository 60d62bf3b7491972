internal import KontorAPI
internal import Signing
internal import VerifiableLog

/// One reading of the event stream over as many connections as it takes.
struct EventFeed {
    private let client: KontorClient
    private let isComplete: Bool
    private var due: UInt64
    private var last: UInt64?
    private var connection: (pieces: OpenAnswer.Pieces, parser: EventParser)?
    private var waiting: ArraySlice<EventParser.Event> = []
    private var schedule: RetrySchedule
    private var check: EntryCheck
    private var pause: Duration = .zero
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant

    init(client: KontorClient, from index: UInt64, isComplete: Bool) {
        self.client = client
        self.isComplete = isComplete
        due = index
        schedule = RetrySchedule(client.policy)
        check = EntryCheck(client: client)
        start = clock.now
    }

    /// The next entry, verified.
    mutating func next() async throws -> LogEntry? {
        while true {
            while let event = waiting.popFirst() {
                guard event.name == "entry" else { continue }
                return try await entry(of: event)
            }
            do {
                if let events = try await receive() { waiting = events[...] }
            } catch let fault as ClientError {
                connection = nil
                try await client.wait(&schedule, after: fault, now: clock.now - start)
            }
        }
    }

    /// The events of the next bytes, or nil if the connection ended.
    private mutating func receive() async throws -> [EventParser.Event]? {
        if connection == nil { try await connect() }
        guard let bytes = try await connection?.pieces.next() else {
            connection = nil
            // An orderly end may come at any time; an endless row of them is bounded.
            throw ClientError(
                .connection,
                at: Self.path,
                "the server ended the stream",
                again: .again(after: pause)
            )
        }
        schedule.noteProgress(now: clock.now - start)
        let events = try connection?.parser.feed(bytes) ?? []
        if let milliseconds = connection?.parser.retryMilliseconds {
            pause = min(.milliseconds(milliseconds), client.policy.longestWait)
        }
        return events
    }

    private mutating func connect() async throws {
        var request = APIRequest(path: Self.path, accept: MediaType.events, limit: 0)
        if let last {
            request.headers = [("last-event-id", String(last))]
        } else {
            request.query = [("from", String(due))]
        }
        let token = try await client.token(for: request)
        let answer = try await client.transport.open(request, token: token)
        guard answer.head.status == 200 else {
            let body = try await answer.collect(client.limits.answerByteCount)
            let problem = KontorClient.problem(of: APIAnswer(head: answer.head, body: body))
            throw client.fault(answer.head, problem, of: request)
        }
        try client.check(answer.head.mediaType, of: request)
        connection = (answer.pieces(), EventParser(limit: client.limits.eventByteCount))
    }

    private mutating func entry(of event: EventParser.Event) async throws -> LogEntry {
        let value = try KontorClient.json(event.data, at: Self.path)
        let entry = try LogEntry(claimed: value, at: Self.path)
        let index = entry.frame.index
        guard let id = event.id, id.hasSameBytes(as: String(index)) else {
            throw ClientError(
                .answer,
                at: "\(Self.path), id",
                "the event of entry \(index) has the id \(event.id ?? "none")"
            )
        }
        guard index >= due, !isComplete || index == due else {
            throw ClientError(
                .answer,
                at: Self.path,
                "it shows entry \(index) where \(due) is due; an index is neither repeated nor left out"
            )
        }
        try await check.verify(entry)
        last = index
        due = index + 1
        return entry
    }

    private static let path = "/v1/events"
}
