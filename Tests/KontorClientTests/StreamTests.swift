import KontorAPI
import KontorClient
import Signing
import Synchronization
import TestSupport
import Testing
import VerifiableLog

/// Streams of submissions to a server that answers in order, or does not.
@Suite struct StreamTests {
    private static let log = Result { try TrueLog.make(transfers: 40) }

    static func texts(_ texts: [[UInt8]]) -> AsyncStream<[UInt8]> {
        AsyncStream { stream in
            for text in texts { stream.yield(text) }
            stream.finish()
        }
    }

    private static func small() -> ClientLimits {
        var limits = ClientLimits()
        limits.batchLineCount = 8
        return limits
    }

    @Test func answersComeInOrderOverManyBatches() async throws {
        let log = try Self.log.get()
        let longest = Mutex(0)
        try await FakeServer.run({ request in
            let count = request.body.split(separator: 0x0a).count
            longest.withLock { $0 = max($0, count) }
            return try log.answer(request)
        }) { url in
            let client = try log.client(url, login: false, limits: Self.small())
            var texts = log.frames.map(\.jws)
            texts.insert(log.network.sign(payload: Array("{}".utf8), with: "nordwind"), at: 5)
            var answers: [String] = []
            for try await result in client.submit(Self.texts(texts)) {
                switch result {
                case .accepted(let receipt): answers.append("\(receipt.index)")
                case .known: answers.append("known")
                case .refused(let refusal): answers.append(refusal.code)
                }
            }
            var due = log.frames.indices.map(String.init)
            due.insert("CapExceeded", at: 5)
            #expect(answers == due)
        }
        #expect(longest.withLock { $0 } <= 8)
    }

    @Test func theSourceIsNotReadFarAhead() async throws {
        let log = try Self.log.get()
        let given = Counter()
        try await FakeServer.run({ try log.answer($0) }) { url in
            let client = try log.client(url, login: false, limits: Self.small())
            let source = AsyncStream<[UInt8]> {
                let number = given.next()
                return number < log.size ? log.frames[number].jws : nil
            }
            var count = 0
            for try await _ in client.submit(source) {
                count += 1
                // A batch that is answered, and one that waits.
                #expect(given.count <= count + 8 + 8 + 1)
            }
            #expect(count == log.size)
        }
    }

    struct Row: Sendable {
        let name: String
        /// The error, or nil if the client gets all answers in the end.
        let code: ClientError.Code?
        /// Changes the first answer of the server, or all if the error stays.
        let change: @Sendable (inout FakeResponse) -> Void
        var isAlways = false
    }

    static let rows: [Row] = [
        Row(name: "out of order", code: .answer) { $0.pieces.swapAt(1, 2) },
        Row(name: "one twice", code: .answer) { $0.pieces.insert($0.pieces[1], at: 1) },
        Row(name: "one missing within", code: .answer) { $0.pieces.remove(at: 2) },
        Row(name: "missing at the end", code: nil) { $0.pieces.removeLast(3) },
        Row(name: "always missing", code: .connection, change: { $0.pieces = [] }, isAlways: true),
        Row(name: "too many", code: .answer) { answer in
            answer.pieces.append(answer.pieces[0])
        },
        Row(name: "cut off within a line", code: nil) { answer in
            answer.pieces[3].removeLast(50)
            answer.pieces.removeLast(answer.pieces.count - 4)
            answer.breaks = true
        },
        Row(name: "in pieces of seven bytes", code: nil) { answer in
            let bytes = answer.pieces.flatMap { $0 }
            answer.pieces = stride(from: 0, to: bytes.count, by: 7).map {
                Array(bytes[$0..<min($0 + 7, bytes.count)])
            }
        },
        Row(name: "wrong content type", code: .answer) { $0.type = MediaType.json },
        Row(name: "no JSON", code: .answer) { $0.pieces[1] = Array("nonsense\n".utf8) },
        Row(name: "an endless line", code: .tooLong) { answer in
            answer.pieces = [[UInt8](repeating: 0x20, count: 1 << 16)]
            answer.isEndless = true
        },
        Row(name: "too busy at a line", code: nil) { answer in
            let busy = SubmissionAnswer.refused(Problem(.queueFull, "too many wait"))
            answer.pieces[2] = busy.json(line: 3).text + [0x0a]
        },
        Row(name: "an end that says why", code: nil) { answer in
            let end = SubmissionAnswer.refused(Problem(.shuttingDown, "the server ends"))
            answer.pieces[2] = end.json().text + [0x0a]
        },
        Row(name: "a final end", code: .problem) { answer in
            let end = SubmissionAnswer.refused(Problem(.bodyTooLarge, "that is all"))
            answer.pieces[2] = end.json().text + [0x0a]
        },
        Row(name: "an unsigned refusal at a line", code: .forgedRefusal) { answer in
            var problem = Problem(.conflict, "no")
            problem.faults = [Problem.Fault(code: "IdReused", place: "", reason: "", wayOut: "")]
            answer.pieces[2] = SubmissionAnswer.refused(problem).json(line: 3).text + [0x0a]
        },
        Row(name: "503 at first", code: nil) { $0 = SubmitTests.busy(503, "0") },
        Row(name: "receipts swapped", code: .unverified) { answer in
            guard let one = claimed(answer.pieces[0]), let two = claimed(answer.pieces[1]) else {
                return
            }
            answer.pieces[0] = two.json(line: 1).text + [0x0a]
            answer.pieces[1] = one.json(line: 2).text + [0x0a]
        },
    ]

    private static func claimed(_ line: [UInt8]) -> SubmissionAnswer? {
        do { return try SubmissionAnswer.read(Array(line.dropLast())).answer } catch { return nil }
    }

    @Test(arguments: rows.indices)
    func row(index: Int) async throws {
        let log = try Self.log.get()
        let row = Self.rows[index]
        let count = Counter()
        try await FakeServer.run({ request in
            var answer = try log.answer(request)
            guard request.method == "POST" else { return answer }
            if count.next() == 0 || row.isAlways { row.change(&answer) }
            return answer
        }) { url in
            let client = try log.client(url, login: false)
            let texts = log.frames[..<12].map(\.jws)
            let read: @Sendable () async throws -> [UInt64] = {
                var indices: [UInt64] = []
                for try await result in client.submit(Gathered(texts)) {
                    indices.append(result.receipt?.index ?? .max)
                }
                return indices
            }
            if let code = row.code {
                await expect(code, row.name) { _ = try await read() }
            } else {
                #expect(try await read() == Array(0..<12), "\(row.name)")
            }
        }
    }

    @Test func faultsOfTheSourceComeAfterItsSubmissions() async throws {
        struct Torn: Error {}
        let log = try Self.log.get()
        try await FakeServer.run({ try log.answer($0) }) { url in
            let client = try log.client(url, login: false)
            let source = AsyncThrowingStream<[UInt8], any Error> { stream in
                for frame in log.frames[..<3] { stream.yield(frame.jws) }
                stream.finish(throwing: Torn())
            }
            var count = 0
            await #expect(throws: Torn.self) {
                for try await _ in client.submit(source) { count += 1 }
            }
            #expect(count == 3)
            await expect(.submission) {
                for try await _ in client.submit(Self.texts([Array("a.b.c\nd.e.f".utf8)])) {}
            }
        }
    }

    @Test func cancellingEndsIt() async throws {
        let log = try Self.log.get()
        try await FakeServer.run({ try log.answer($0) }) { url in
            let client = try log.client(url, login: false)
            let (source, feed) = AsyncStream.makeStream(of: [UInt8].self)
            feed.yield(log.frames[0].jws)
            let task = Task {
                var count = 0
                for try await _ in client.submit(source) { count += 1 }
                return count
            }
            try await Task.sleep(for: .milliseconds(50))
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            feed.finish()
        }
    }
}

/// A source that gives all at once, so that it becomes one batch.
struct Gathered: AsyncSequence, Sendable {
    let texts: [[UInt8]]

    init(_ texts: [[UInt8]]) {
        self.texts = texts
    }

    func makeAsyncIterator() -> Iterator { Iterator(rest: texts[...]) }

    struct Iterator: AsyncIteratorProtocol {
        var rest: ArraySlice<[UInt8]>
        mutating func next() async -> [UInt8]? { rest.popFirst() }
    }
}
