internal import Foundation

extension BenchmarkRun {
    /// The peak memory of an audit.
    mutating func auditMemory(_ name: String, _ report: StepReport) {
        let memory = Double(report.peakMemory) / 1e6
        table.append(
            Figure(
                name: "audit of \(name): peak memory",
                value: memory,
                unit: "MB",
                goal: "≤ 200 and 64 B a counter",
                isMet: memory <= 200
            )
        )
    }

    mutating func processor(_ name: String, _ report: StepReport) {
        let microseconds = report.processorSeconds / Double(report.items) * 1e6
        table.append(
            Figure(name: "\(name): processor time", value: microseconds, unit: "µs/transfer")
        )
    }

    mutating func rest(
        _ name: String,
        _ report: StepReport,
        _ directory: String,
        bytesGoal: Double
    ) throws {
        if let first = report.tenths.first, report.tenths.count >= 10 {
            let last = report.tenths[9]
            table.append(
                Figure(
                    name: "\(name): last tenth against first",
                    value: last,
                    unit: "transfers/s",
                    limit: first,
                    goal: "≥ 0.80",
                    isMet: last >= 0.8 * first
                )
            )
        }
        let memory = Double(report.peakMemory) / 1e6
        table.append(
            Figure(
                name: "\(name): peak memory",
                value: memory,
                unit: "MB",
                goal: "≤ 600",
                isMet: memory <= 600
            )
        )
        let bytes = Double(report.fileBytes) / Double(report.items)
        table.append(
            Figure(
                name: "\(name): file",
                value: bytes,
                unit: "bytes/transfer",
                goal: "≤ \(Int(bytesGoal))",
                isMet: bytes <= bytesGoal,
                isGate: true
            )
        )
        let opening = try Step.run(["open", directory])
        table.append(
            Figure(
                name: "\(name): opening",
                value: opening.seconds,
                unit: "s",
                goal: "< 2",
                isMet: opening.seconds < 2
            )
        )
    }

    mutating func gate(_ name: String, _ report: StepReport, statements goal: Double) {
        let statements = Double(report.statements) / Double(report.entries)
        table.append(
            Figure(
                name: "\(name): SQL statements",
                value: statements,
                unit: "/entry",
                goal: "≤ \(goal)",
                isMet: statements <= goal,
                isGate: true
            )
        )
        let transactions = Double(report.transactions) / Double(report.commits)
        table.append(
            Figure(
                name: "\(name): transactions",
                value: transactions,
                unit: "/commit",
                goal: "≤ 1.1",
                isMet: transactions <= 1.1,
                isGate: true
            )
        )
    }
}
