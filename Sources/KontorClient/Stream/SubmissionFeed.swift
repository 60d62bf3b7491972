internal import KontorAPI
internal import Signing
internal import VerifiableLog

/// Submits a stream in batches of NDJSON, and gives the verified answers in the order of the
/// submissions.
///
/// A batch is sent as a whole, so that it can be sent again: after a break only what has no answer
/// yet. The next batch is taken once the answers of the last one are read.
struct SubmissionFeed {
    private let client: KontorClient
    private let lines: LineFeed
    /// Fills the lines, as long as this lives.
    private let source: FeedTask
    private var unanswered: ArraySlice<[UInt8]> = []
    private var connection: Connection?
    private var schedule: RetrySchedule
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant

    /// The answer to a batch while it comes.
    private struct Connection {
        var pieces: OpenAnswer.Pieces
        var cutter: LineCutter
        var waiting: ArraySlice<[UInt8]> = []
        /// The number that the next line bears.
        var number = 1

        /// The next line, or nil at the end of the answer.
        mutating func next() async throws -> [UInt8]? {
            while waiting.isEmpty {
                guard let bytes = try await pieces.next() else { return nil }
                waiting = try cutter.feed(bytes)[...]
            }
            return waiting.popFirst()
        }
    }

    init(client: KontorClient, lines: LineFeed, source: FeedTask) {
        self.client = client
        self.lines = lines
        self.source = source
        schedule = RetrySchedule(client.policy)
        start = clock.now
    }

    /// The answer to the next submission, or nil after the last one.
    mutating func next() async throws -> SubmissionResult? {
        if unanswered.isEmpty {
            try await endBatch()
            unanswered = try await lines.take()[...]
            schedule = RetrySchedule(client.policy)
            schedule.noteProgress(now: clock.now - start)
        }
        while let jws = unanswered.first {
            do {
                let claimed = try await answer()
                let result = try await client.verify(claimed, of: Self.judged(jws), at: Self.path)
                unanswered = unanswered.dropFirst()
                schedule.noteProgress(now: clock.now - start)
                return result
            } catch let fault as ClientError {
                connection = nil
                try await client.wait(&schedule, after: fault, now: clock.now - start)
            }
        }
        return nil
    }

    /// The next answer of the server to the batch, which is sent if it is not under way.
    private mutating func answer() async throws -> SubmissionAnswer {
        if connection == nil { try await connect() }
        guard let line = try await connection?.next() else {
            throw ClientError(
                .connection,
                at: Self.path,
                "the server ended with \(unanswered.count) submissions unanswered",
                again: .again(after: nil)
            )
        }
        let due = connection?.number ?? 0
        connection?.number += 1
        let claimed: (answer: SubmissionAnswer, line: Int?)
        do { claimed = try SubmissionAnswer.read(line) } catch {
            throw KontorClient.malformed(error, at: "\(Self.path), answer \(due)")
        }
        if claimed.line == nil, case .refused(let problem) = claimed.answer {
            // The stream goes on no longer (spec/19 §4.2).
            throw client.fault(AnswerHead(status: problem.status), problem, of: Self.request([]))
        }
        guard claimed.line == due else {
            throw ClientError(
                .answer,
                at: Self.path,
                "it answers line \(claimed.line.map(String.init) ?? "none") where \(due) is due"
            )
        }
        if case .refused(let problem) = claimed.answer, problem.refusal == nil,
            problem.faults.isEmpty
        {
            // No judgement of the ledger: the service is too busy, say.
            throw client.fault(AnswerHead(status: problem.status), problem, of: Self.request([]))
        }
        return claimed.answer
    }

    private mutating func connect() async throws {
        let request = Self.request(unanswered)
        let answer = try await client.transport.open(request, token: nil)
        guard answer.head.status == 200 else {
            let body = try await answer.collect(client.limits.answerByteCount)
            let problem = KontorClient.problem(of: APIAnswer(head: answer.head, body: body))
            throw client.fault(answer.head, problem, of: request)
        }
        try client.check(answer.head.mediaType, of: request)
        let cutter = LineCutter(limit: client.limits.lineByteCount)
        connection = Connection(pieces: answer.pieces(), cutter: cutter)
    }

    /// Requires that an answered batch has no further answer.
    private mutating func endBatch() async throws {
        defer { connection = nil }
        guard let extra = try? await connection?.next() else { return }
        throw ClientError(
            .answer,
            at: Self.path,
            "the server gave more answers than there were submissions (\(extra.count) bytes)"
        )
    }

    /// What a refusal of a line is about: of a line that is too long the server keeps one byte
    /// more than an entry could have.
    private static func judged(_ line: [UInt8]) -> [UInt8] {
        Array(line.prefix(LogLimits.entryByteCount + 1))
    }

    private static func request(_ lines: ArraySlice<[UInt8]>) -> APIRequest {
        APIRequest(
            path: path,
            body: Array(lines.joined(separator: [0x0a])) + [0x0a],
            contentType: MediaType.lines,
            accept: MediaType.lines,
            authorization: .none,
            limit: 0
        )
    }

    private static let path = "/v1/entries"
}
