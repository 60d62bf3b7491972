internal import Money
internal import Settlement

extension BenchmarkRun {
    /// The arbitrage check of 1,000 programmes and 20,000 agreements.
    mutating func arbitrage() {
        for (name, gains) in [("no cycle gains", 0), ("20 agreements too generous", 20)] {
            let edges = Self.agreements(programs: 1_000, count: 20_000, gains: gains)
            let clock = Stopwatch()
            let report = ArbitrageReport(edges)
            let seconds = clock.seconds
            table.append(
                Figure(
                    name: "arbitrage check, \(name)",
                    value: seconds,
                    unit: "s",
                    limit: 2,
                    goal: "≤ 2",
                    isMet: seconds <= 2
                )
            )
            table.append(
                Figure(
                    name: "arbitrage check, \(name): alarms",
                    value: Double(report.alarms.count),
                    unit: "cycles",
                    goal: gains == 0 ? "none" : "some",
                    isMet: report.alarms.isEmpty == (gains == 0),
                    isGate: true
                )
            )
        }
    }

    /// Agreements at the ratio of what units are worth, less up to a tenth; every tenth exactly at
    /// it, so that cycles of exactly 1 occur, and some with bonuses.
    private static func agreements(programs: Int, count: Int, gains: Int) -> [EdgeTerms] {
        var source = SplitMix(seed: 4)
        func number(_ limit: Int) -> Int { Int(source.next() % UInt64(limit)) }
        let worths = (0..<programs).map { _ in Int64(50 + number(400)) }
        return (0..<count).compactMap { index in
            let from = index % programs
            let to = (from + 1 + number(programs - 1)) % programs
            let isExact = index % 10 == 0
            let loss = isExact ? 0 : Int64(20 + number(80))
            let extra: Int64 = gains > 0 && index % (count / gains) == 7 ? 1_300 : 1_000
            var bonuses: [EdgeTerms.Bonus] = []
            if index % 10 == 3 {
                bonuses.append(
                    EdgeTerms.Bonus(
                        .perBlock(100),
                        threshold: 60_000,
                        measure: .source,
                        isExclusive: false
                    )
                )
            } else if index % 50 == 4 {
                bonuses.append(
                    EdgeTerms.Bonus(
                        .percentOfBase(Rate(numerator: 1, denominator: 100) ?? .one),
                        threshold: 1_000,
                        measure: .target,
                        isExclusive: true
                    )
                )
            }
            return EdgeTerms(
                id: "agreement \(index)",
                from: "partner\(from)/points",
                to: "partner\(to)/points",
                conversion: .ratio(
                    numerator: worths[from] * (1_000 - loss) * extra,
                    denominator: worths[to] * 1_000_000
                ),
                minimum: [1, 500, 1_000][index % 3],
                increment: [1, 1, 500][index % 3],
                bonuses: bonuses
            )
        }
    }
}
