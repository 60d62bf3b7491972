internal import Ledger
internal import Money
internal import Settlement

/// The night, and how near partners are to their limits.
extension MetricsReport {
    /// The shares of a limit, in percent, of which one is told (S-14).
    private static let thresholds: [Int128] = [100, 90, 70]

    static func settlementFamilies(_ engine: EngineFigures) -> [MetricFamily] {
        var threshold = MetricFamily(
            "kontor_limit_threshold_percent",
            .gauge,
            "The highest of 70, 90 and 100 percent of its limit that a partner has reached, or 0."
        )
        for line in engine.netPositions {
            guard let limit = line.netDebitCap else { continue }
            threshold.add(
                reached(line.netDebit, of: Int128(limit)),
                [.init("partner", line.partner), .init("currency", line.currency.code)]
            )
        }
        var settlements = MetricFamily(
            "kontor_settlements",
            .gauge,
            "Settlements that are kept, by their state."
        )
        for state in SettlementState.allCases where state != .none {
            settlements.add(engine.settlements[state] ?? 0, [.init("state", state.rawValue)])
        }
        let legs = MetricFamily(
            "kontor_settlement_open_legs",
            .gauge,
            "Payments of settlements that are due and not made in full.",
            engine.openLegs
        )
        return [threshold, settlements, legs]
    }

    /// A limit of 0 is reached at 0; what lies beyond any sum of positions counts as reached.
    private static func reached(_ position: Int128, of limit: Int128) -> Int128 {
        let (used, overflow) = position.multipliedReportingOverflow(by: 100)
        guard !overflow else { return position > 0 ? 100 : 0 }
        return thresholds.first { used >= limit * $0 } ?? 0
    }
}
