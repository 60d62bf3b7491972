internal import Hummingbird
internal import KontorAPI
internal import KontorEngine
internal import NIOCore
internal import Signing

/// `POST /v1/entries` with one JWS a line: answers in order, as they become durable (spec/19 §4).
///
/// One task reads lines, verifies them on all cores and queues them; another writes answers. Lines
/// that wait for their answers have bounded places, so a client that sends faster than the writer
/// writes, or reads slower than it answers, is slowed down by its connection.
extension Service {
    /// How many bytes of lines are verified at once.
    private static let batchBytes = 1 << 20

    func submitLines(_ call: Call) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: MediaType.lines, .cacheControl: "no-store"],
            body: ResponseBody { writer in
                try await answerLines(of: call.request, to: &writer)
                try await writer.finish(nil)
            }
        )
    }

    private func answerLines(
        of request: Request,
        to writer: inout any ResponseBodyWriter
    ) async throws {
        let places = Places(settings.limits.streamAhead)
        let (answers, feed) = AsyncThrowingStream.makeStream(of: AnsweredLines.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            let pending = PendingLines(feed)
            group.addTask {
                do {
                    try await self.readLines(of: request, places, pending)
                    pending.finish()
                } catch {
                    pending.finish(throwing: error)
                }
            }
            do {
                for try await lines in answers {
                    try await writer.write(ByteBuffer(bytes: try text(of: lines)))
                    places.give(lines.submissions.count)
                }
            } catch {
                group.cancelAll()
                // The reader may wait for places that nobody gives any more.
                places.give(settings.limits.streamAhead)
                try await writer.write(ByteBuffer(bytes: last(error)))
            }
        }
    }

    /// Reads the body to its end, or to its first fault, and queues its lines in order.
    private func readLines(
        of request: Request,
        _ places: Places,
        _ pending: PendingLines
    ) async throws {
        var splitter = LineSplitter(limit: settings.limits.lineBytes)
        var number = 0
        var byteCount = 0
        for try await piece in request.body {
            byteCount += piece.readableBytes
            guard byteCount <= settings.limits.streamBytes else {
                throw HTTPProblem(
                    Problem(
                        .bodyTooLarge,
                        at: "body",
                        "it has more than \(settings.limits.streamBytes) bytes"
                    )
                )
            }
            for batch in Self.batches(splitter.take(piece.readableBytesView)) {
                try await queue(batch, from: &number, places, pending)
            }
            guard !pulse.isStopped else {
                throw HTTPProblem(
                    .shuttingDown,
                    "send the lines without answer again",
                    retryAfter: 1
                )
            }
        }
        if let line = splitter.finish() { try await queue([line], from: &number, places, pending) }
    }

    private func queue(
        _ lines: [[UInt8]],
        from number: inout Int,
        _ places: Places,
        _ pending: PendingLines
    ) async throws {
        await places.take(lines.count)
        try Task.checkCancellation()
        let prepared = engine.prepare(lines)
        if let delay = prepared.lazy.compactMap({ $0.signer.flatMap(self.rates.submissionDelay) })
            .max()
        {
            // A stream is slowed down, not refused: its sender waits for answers anyway.
            try await Task.sleep(for: .seconds(min(delay, settings.limits.idleSeconds)))
        }
        let first = number + 1
        number += lines.count
        pending.begin()
        while true {
            do {
                return try engine.submit(prepared) { pending.end(first, prepared, $0) }
            } catch let error as EngineError where error.code == .busy {
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    /// Lines in groups that are verified and queued together.
    private static func batches(_ lines: [[UInt8]]) -> [[[UInt8]]] {
        var batches: [[[UInt8]]] = []
        var bytes = batchBytes
        for line in lines {
            if bytes >= batchBytes || batches[batches.count - 1].count >= 64 {
                batches.append([])
                bytes = 0
            }
            batches[batches.count - 1].append(line)
            bytes += line.count
        }
        return batches
    }

    private func text(of lines: AnsweredLines) throws -> [UInt8] {
        var text: [UInt8] = []
        for (place, answer) in try said(lines.answers, about: lines.submissions).enumerated() {
            text += answer.text(line: lines.first + place)
            text.append(0x0a)
        }
        return text
    }

    /// What ends a stream early: a last line that is a problem without a line number.
    private func last(_ error: any Error) -> [UInt8] {
        let problem: Problem
        switch error {
        case let error as HTTPProblem: problem = error.problem
        case let error as EngineError where error.code == .busy:
            problem = Problem(.queueFull, "the writer is behind")
        case let error as EngineError where error.code == .readOnly:
            problem = Problem(.readOnly, error.message)
        case is EngineError: problem = Problem(.readOnly, "the writer has stopped")
        default: problem = Problem(.malformedRequest, at: "body", "it ended early")
        }
        return SubmissionAnswer.refused(problem).json().text + [0x0a]
    }
}

/// The answers of some lines of a stream that stand one after another.
struct AnsweredLines: Sendable {
    /// The number of the first line.
    let first: Int
    /// The lines.
    let submissions: [PreparedSubmission]
    /// Their answers.
    let answers: [Answer]
}
