/// A step and the limit that was measured around it.
///
/// Machines are shared, and their speed changes from second to second; so the limit is measured
/// before and after the step, and of several rounds the one with the median ratio counts.
struct Comparison {
    let report: StepReport
    let limit: Double
    let round: Int

    private var ratio: Double { Double(report.entries) / report.seconds / limit }

    /// The round of the median ratio.
    static func median(
        of rounds: Int,
        limit: () throws -> Double,
        _ run: (_ round: Int) throws -> StepReport
    ) throws -> Comparison {
        var results: [Comparison] = []
        for round in 0..<rounds {
            let before = try limit()
            let report = try run(round)
            let after = try limit()
            results.append(Comparison(report: report, limit: (before + after) / 2, round: round))
        }
        results.sort { $0.ratio < $1.ratio }
        return results[rounds / 2]
    }
}
