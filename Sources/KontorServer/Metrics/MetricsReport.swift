internal import Foundation
internal import KontorEngine
internal import KontorStorage
internal import Ledger
internal import Settlement
internal import Signing

/// Gathers what `/metrics` tells: from the routes, the engine, the ledger and the process.
struct MetricsReport: Sendable {
    let engine: Engine
    let metrics: ServerMetrics

    /// All families at the present moment.
    func families() -> [MetricFamily] {
        let now = Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down))
        return Self.families(
            metrics.snapshot,
            engineFigures(),
            .now(),
            at: Timestamp(milliseconds: now)
        )
    }

    private func engineFigures() -> EngineFigures {
        let counters = engine.counters
        return engine.read { book in
            var figures = EngineFigures()
            figures.queueLength = counters.queueLength
            figures.commits = counters.commits
            figures.entries = counters.entries
            figures.bytes = counters.bytes
            figures.fsyncs = counters.store.transactions
            figures.commitSeconds = counters.commitSeconds
            figures.batchEntries = counters.groupSizes
            figures.treeSize = book.size
            figures.lastTime = book.size > 0 ? book.time : nil
            figures.positions = book.positions
            figures.netPositions = book.netPositions
            for record in book.settlements {
                figures.settlements[record.state, default: 0] += 1
                guard record.state == .collecting || record.state == .committed else { continue }
                figures.openLegs += record.legs.count { $0.open > 0 }
            }
            return figures
        }
    }

    /// All families, from values alone, each in a stable order.
    static func families(
        _ state: ServerMetrics.State,
        _ engine: EngineFigures,
        _ process: ProcessFigures,
        at now: Timestamp
    ) -> [MetricFamily] {
        submissionFamilies(state) + connectionFamilies(state) + tilesFamilies(state)
            + webhookFamilies(state.webhooks)
            + engineFamilies(engine, at: now) + moneyFamilies(engine)
            + settlementFamilies(engine) + processFamilies(process)
    }
}
