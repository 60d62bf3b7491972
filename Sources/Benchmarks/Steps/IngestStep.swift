internal import Foundation
internal import KontorEngine
internal import KontorStorage
internal import Synchronization

/// Submits files of pre-signed lines to a durable ledger.
enum IngestStep {
    /// Founds a ledger, then submits a file of transfers and times that.
    static func run(
        directory: String,
        founding: String,
        transfers: String,
        perEntry: Int
    ) throws -> StepReport {
        let network = try BenchmarkNetwork()
        let store = try SQLiteLogStore(directory: directory, access: .create)
        let engine = try Engine(store: store, signer: network.logSigner, clock: network.clock)
        _ = try submit(founding, to: engine, chunk: 1, perEntry: 1, total: 0)
        let bytesBefore = try Self.bytes(in: directory)
        let before = store.counters
        let total = try Self.lineCount(of: transfers) * perEntry
        let chunk = perEntry == 1 ? 1_024 : 16
        var report = try submit(
            transfers,
            to: engine,
            chunk: chunk,
            perEntry: perEntry,
            total: total
        )
        let after = store.counters
        report.commits = after.commits - before.commits
        report.transactions = after.transactions - before.transactions
        report.statements = after.statements - before.statements
        report.peakMemory = Stopwatch.peakMemory
        try engine.close()
        report.fileBytes = try Self.bytes(in: directory) - bytesBefore
        return report
    }

    /// Opens a ledger for writing and times that.
    static func open(directory: String) throws -> StepReport {
        let network = try BenchmarkNetwork()
        let watch = Stopwatch()
        let store = try SQLiteLogStore(directory: directory, access: .readWrite)
        let engine = try Engine(store: store, signer: network.logSigner, clock: network.clock)
        var report = StepReport()
        report.seconds = watch.seconds
        report.processorSeconds = watch.processorSeconds
        report.replayed = engine.replayedEntries
        report.peakMemory = Stopwatch.peakMemory
        try engine.close()
        return report
    }

    fileprivate struct Progress {
        var report = StepReport()
        var nextTenth = 0
        var lastMark = 0.0
        var firstRefusal: String?
    }

    private static func submit(
        _ path: String,
        to engine: Engine,
        chunk: Int,
        perEntry: Int,
        total: Int
    ) throws -> StepReport {
        let lines = try LineReader(path: path)
        let tenth = max(perEntry, total / 10)
        let progress = Mutex(Progress())
        progress.withLock { $0.nextTenth = tenth }
        let watch = Stopwatch()
        try engine.submitAll(next: { try lines.next(chunk) }) { answers in
            progress.withLock { progress in
                for answer in answers { progress.count(answer, perEntry) }
                guard total > 0, progress.report.items >= progress.nextTenth else { return }
                let now = watch.seconds
                progress.report.tenths.append(Double(tenth) / (now - progress.lastMark))
                progress.lastMark = now
                progress.nextTenth += tenth
            }
        }
        var result = progress.withLock { $0 }
        result.report.seconds = watch.seconds
        result.report.processorSeconds = watch.processorSeconds
        if let refusal = result.firstRefusal { throw BenchmarkError("\(path): \(refusal)") }
        return result.report
    }

    private static func lineCount(of path: String) throws -> Int {
        let lines = try LineReader(path: path)
        var count = 0
        while let chunk = try lines.next(4_096) { count += chunk.count }
        return count
    }

    private static func bytes(in directory: String) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: directory).reduce(0) { sum, name in
            let path = "\(directory)/\(name)"
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
            return sum + (size ?? 0)
        }
    }
}

extension IngestStep.Progress {
    fileprivate mutating func count(_ answer: Answer, _ perEntry: Int) {
        switch answer {
        case .accepted:
            report.entries += 1
            report.items += perEntry
        case .known(let index):
            report.refused += 1
            firstRefusal = firstRefusal ?? "known as entry \(index)"
        case .refused(let refusal):
            report.refused += 1
            firstRefusal = firstRefusal ?? "\(refusal)"
        }
    }
}
