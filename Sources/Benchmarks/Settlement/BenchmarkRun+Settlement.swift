internal import Money
internal import Settlement

extension BenchmarkRun {
    /// One night in memory: 100,000 obligations of 200 participants, and a million lines.
    mutating func settlement() throws {
        let night = try SettlementNight(obligations: 100_000, participants: 200, lines: 1_000_000)
        for model in SettlementModel.allCases {
            try time("100,000 obligations netted, \(model.rawValue)", goal: 0.1) {
                let netting = try night.netting(model)
                guard netting.figures.gross > 0 else { throw BenchmarkError("nothing is owed") }
            }
        }
        let netting = try night.netting(.multilateral)
        for mode in [PaymentPlan.Mode.account, .direct] {
            try time("payment plan of 200 participants, \(mode.rawValue)", goal: 0.1) {
                let plan = try netting.payments(mode: mode)
                guard plan.total > 0 else { throw BenchmarkError("nothing is paid") }
            }
        }
        try time("exact payment plan of 20 participants", goal: 1) {
            let plan = try PaymentPlan(mode: .exact, dues: night.fewDues)
            guard plan.payments.count == 10 else { throw BenchmarkError("the plan is not exact") }
        }
        try time("1,000,000 lines of a total", goal: 1) {
            let lines = try LineShare.lines(
                total: night.total,
                numerators: night.numerators,
                over: night.denominator,
                by: night.quote,
                keys: night.keys
            )
            guard lines.reduce(0, +) == night.total else {
                throw BenchmarkError("the lines do not sum")
            }
        }
    }

    /// The median of five runs, in milliseconds.
    private mutating func time(
        _ name: String,
        goal seconds: Double,
        _ body: () throws -> Void
    ) throws {
        var times: [Double] = []
        for _ in 0..<5 {
            let watch = Stopwatch()
            try body()
            times.append(watch.seconds)
        }
        let median = times.sorted()[2]
        table.append(
            Figure(
                name: name,
                value: median * 1_000,
                unit: "ms",
                goal: "≤ \(Int(seconds * 1_000))",
                isMet: median <= seconds
            )
        )
    }
}
