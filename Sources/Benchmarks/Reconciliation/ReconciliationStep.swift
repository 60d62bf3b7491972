internal import Dispatch
internal import Foundation
internal import Formats
internal import Settlement
internal import Synchronization

/// Compares a ledger with a partner's books.
enum ReconciliationStep {
    /// Rows that are in memory.
    static func run(_ world: BookWorld, rows: Int) throws -> StepReport {
        let ledger = try world.table(rows, isLedger: true)
        let partner = try world.table(rows, isLedger: false)
        return try run(ledger, partner, Stopwatch())
    }

    /// Rows of two files, which are read at the same time.
    static func run(directory: String) throws -> StepReport {
        let files = BookFiles(directory: directory)
        let watch = Stopwatch()
        let tables = Mutex<[Result<BookTable, any Error>?]>([nil, nil])
        DispatchQueue.concurrentPerform(iterations: 2) { side in
            let table = Result { try files.table(isLedger: side == 0) }
            tables.withLock { $0[side] = table }
        }
        let read = tables.withLock { tables in
            defer { tables = [] }
            return tables.map { $0 }
        }
        guard read.count == 2, let ledger = read[0], let partner = read[1] else {
            throw BenchmarkError("the books of \(directory) were not read")
        }
        return try run(ledger.get(), partner.get(), watch)
    }

    private static func run(
        _ ledger: consuming BookTable,
        _ partner: consuming BookTable,
        _ watch: Stopwatch
    ) throws -> StepReport {
        var detail = LedgerDetail()
        detail.agreement = 0
        let details = Array(repeating: detail, count: ledger.rows.count)
        var report = StepReport()
        report.tenths = [watch.seconds]
        let result = try Reconciliation.run(
            ledger: ledger,
            details: details,
            partner: partner,
            terms: BookWorld.terms,
            asOf: 20_003
        )
        report.seconds = watch.seconds
        report.processorSeconds = watch.processorSeconds
        report.peakMemory = Stopwatch.peakMemory
        report.items = result.matches.count
        report.entries = result.breaks.count
        return report
    }
}
