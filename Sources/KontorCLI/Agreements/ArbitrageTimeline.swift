internal import Foundation
internal import Settlement
internal import Signing

/// The check at every interval in which the set of edges is the same.
struct ArbitrageTimeline {
    /// A cycle and when it could be used.
    struct Span {
        let cycle: FoundCycle
        let from: Timestamp
        /// The first moment after it; nil while the last interval is open.
        var to: Timestamp?
    }

    private(set) var spans: [Span] = []
    /// How many intervals have edges that differ from the ones before.
    private(set) var intervals = 0
    private(set) var undecided: [String] = []
    private(set) var isComplete = true

    /// The spans of cycles that gain.
    var alarms: [Span] { spans.filter(\.cycle.isAlarm) }

    /// Checks every interval; draws progress on terminals after a second.
    init(_ set: AgreementSet) {
        let moments = set.moments
        let progress = ProgressLine("checking intervals")
        let start = Date()
        defer { progress.finish() }
        var edges: [EdgeTerms] = []
        var open: [Span] = []
        for (place, moment) in moments.enumerated() {
            if Date().timeIntervalSince(start) > 1 {
                progress.update(UInt64(place), of: UInt64(moments.count))
            }
            let next = set.edges(at: moment)
            if next == edges { continue }
            edges = next
            intervals += 1
            let report = ArbitrageReport(next)
            undecided += report.undecided.filter { !undecided.contains($0) }
            isComplete = isComplete && report.isComplete
            for var span in open where !report.cycles.contains(span.cycle) {
                span.to = moment
                spans.append(span)
            }
            open.removeAll { !report.cycles.contains($0.cycle) }
            for cycle in report.cycles where !open.contains(where: { $0.cycle == cycle }) {
                open.append(Span(cycle: cycle, from: moment))
            }
        }
        spans = (spans + open).sorted { left, right in
            if left.cycle.verdict != right.cycle.verdict {
                return left.cycle.verdict < right.cycle.verdict
            }
            let (first, second) = (left.cycle.decisiveProduct, right.cycle.decisiveProduct)
            if first != second { return second < first }
            return left.from == right.from
                ? left.cycle.agreements.lexicographicallyPrecedes(right.cycle.agreements)
                : left.from < right.from
        }
    }
}
