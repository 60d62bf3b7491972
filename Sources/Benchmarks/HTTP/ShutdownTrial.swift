internal import Foundation
internal import KontorAPI
internal import NIOCore
internal import VerifiableLog

/// Ends a server under load, starts it again, and sends every submission once more.
///
/// What was acknowledged must be told the same receipt; what was not must become one entry.
struct ShutdownTrial {
    let directory: String
    let founding: String
    /// Submissions that were not sent yet.
    var rest: ArraySlice<ByteBuffer>
    let loop: any EventLoop

    /// What came of it.
    struct Count {
        var acknowledged = 0
        var unanswered = 0
        /// Of those without an answer, how many were in the log.
        var written = 0
        /// Acknowledged, and after the restart refused, or told another receipt.
        var lost = 0
        /// By how many entries the log is off from one for each submission.
        var surplus = 0
        var badExits = 0
        /// From the signal to the end of the process.
        var seconds = 0.0

        mutating func add(_ other: Count) {
            acknowledged += other.acknowledged
            unanswered += other.unanswered
            written += other.written
            lost += other.lost
            surplus += other.surplus
            badExits += other.badExits
            seconds = max(seconds, other.seconds)
        }
    }

    /// One end, asked for by SIGTERM or not, under a load of 64 connections.
    mutating func run(isAsked: Bool) throws -> Count {
        var count = Count()
        let server = try ServerProcess(directory: directory, founding: founding)
        let before = try BenchmarkRun.size(server, loop)
        let book = AnswerBook()
        let requests = rest
        var plan = LoadPlan(port: server.port, warmUp: 0, seconds: 60) { ListedRequests(requests) }
        plan.mayBreak = true
        plan.observer = { number, response in book.note(response, to: number) }
        let load = LoadDriver.begin(plan, on: loop)
        Thread.sleep(forTimeInterval: 1.5)
        let watch = Stopwatch()
        if isAsked { server.terminate() } else { server.kill() }
        let code = server.wait()
        count.seconds = watch.seconds
        count.badExits = isAsked && code != 0 ? 1 : 0
        let sent = try load.wait().sent
        rest = rest.dropFirst(sent)
        let receipts = try Self.receipts(book.answers, isAsked ? [201, 503] : [201])
        count.acknowledged = receipts.count
        count.unanswered = sent - receipts.count
        try sendAgain(Array(requests.prefix(sent)), receipts, before, requests.startIndex, &count)
        return count
    }

    private func sendAgain(
        _ requests: [ByteBuffer],
        _ receipts: [Int: Receipt],
        _ sizeBefore: UInt64,
        _ firstNumber: Int,
        _ count: inout Count
    ) throws {
        let server = try ServerProcess(directory: directory, founding: founding)
        func again() throws -> [Int: ResponseScanner.Response] {
            try Exchange.perform(requests, port: server.port, connections: 16, on: loop)
        }
        let answers = try again()
        count.written = answers.count { $1.status == 200 } - receipts.count
        let second = try Self.receipts(answers, [200, 201])
        let third = try Self.receipts(again(), [200, 201])
        for number in requests.indices {
            let known = receipts[firstNumber + number] ?? second[number]
            for told in [second[number], third[number]] where !Self.isSame(known, told) {
                count.lost += 1
            }
        }
        let indexes = Set(third.values.map(\.index))
        let size = try BenchmarkRun.settledSize(server, loop)
        count.surplus += abs(indexes.count - requests.count)
        count.surplus += abs(Int(size) - Int(sizeBefore) - requests.count)
        server.terminate()
        server.wait()
    }

    private static func receipts(
        _ answers: [Int: ResponseScanner.Response],
        _ statuses: Set<Int>
    ) throws -> [Int: Receipt] {
        var receipts: [Int: Receipt] = [:]
        for (number, response) in answers {
            let body = Array(response.body.readableBytesView)
            guard statuses.contains(response.status) else {
                throw BenchmarkError(
                    "told \(response.status) \(String(decoding: body, as: UTF8.self))"
                )
            }
            guard response.status < 300 else { continue }
            switch try SubmissionAnswer.read(body).answer {
            case .accepted(let receipt), .known(let receipt, _): receipts[number] = receipt
            case .refused: continue
            }
        }
        return receipts
    }

    private static func isSame(_ one: Receipt?, _ other: Receipt?) -> Bool {
        guard let one, let other else { return false }
        return one.index == other.index && one.leafHash == other.leafHash && one.id == other.id
            && one.time == other.time && one.previous == other.previous
    }
}
