internal import KontorAPI
internal import Signing
internal import VerifiableLog

/// One reading of the event stream over as many connections as it takes.
struct EventFeed {
    private let client: KontorClient
    private let isComplete: Bool
    private var due: UInt64
    /// The point of resumption: the last index, or a later one that the server named.
    private var last: UInt64?
    private var connection: (pieces: OpenAnswer.Pieces, parser: EventParser)?
    private var waiting: ArraySlice<EventParser.Event> = []
    private var isSilent = true
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
                leave()
                try await client.wait(&schedule, after: paused(fault), now: clock.now - start)
            }
        }
    }

    /// The events of the next bytes, or nil if the connection ended.
    private mutating func receive() async throws -> [EventParser.Event]? {
        if connection == nil { try await connect() }
        guard let bytes = try await connection?.pieces.next() else {
            try await end()
            return nil
        }
        isSilent = false
        schedule.noteProgress(now: clock.now - start)
        let events = try connection?.parser.feed(bytes) ?? []
        if let milliseconds = connection?.parser.retryMilliseconds {
            pause = min(.milliseconds(milliseconds), client.policy.longestWait)
        }
        return events
    }

    /// A stream ends with its token, or with the server, and goes on after a moment; one that said
    /// nothing at all counts as a fault.
    private mutating func end() async throws {
        guard !isSilent else {
            throw ClientError(
                .connection,
                at: Self.path,
                "the server ended the stream before it said anything",
                again: .again(after: nil)
            )
        }
        leave()
        try await Task.sleep(for: max(pause, client.policy.firstWait))
    }

    /// Leaves the connection, and keeps the point of resumption that it named.
    private mutating func leave() {
        if let named = connection?.parser.lastID.flatMap({ UInt64($0) }), named >= due, !isComplete,
            named < LogLimits.treeSize
        {
            last = named
            due = named + 1
        }
        connection = nil
    }

    /// The same fault, with at least the pause that a stream makes after one.
    private func paused(_ fault: ClientError) -> ClientError {
        guard case .again(let requested) = fault.again else { return fault }
        let pause = max(pause, .milliseconds(client.limits.eventPauseMilliseconds))
        return fault.again(after: max(requested ?? .zero, pause))
    }

    private mutating func connect() async throws {
        // A stream ends with its token, so it begins with a new one.
        client.forgetToken()
        isSilent = true
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
