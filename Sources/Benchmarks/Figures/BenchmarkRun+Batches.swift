internal import Foundation

extension BenchmarkRun {
    /// Ingest and audit of batches of 200.
    mutating func batches(items: Int, members: Int) throws {
        let input = try prepare(items: items, members: members, perEntry: 200)
        let directory = "\(scratch)/ledger-batches"
        let comparison = try Comparison.median(of: 1, limit: verifyingBatches) { _ in
            try input.ingest(into: directory)
        }
        try FileManager.default.removeItem(atPath: input.transfers)
        let report = comparison.report
        let rate = Double(report.items) / report.seconds
        table.append(
            Figure(
                name: "batches of 200, durable, all rules",
                value: rate,
                unit: "transfers/s",
                limit: comparison.limit * 200,
                goal: "≥ 250,000",
                isMet: rate >= 250_000
            )
        )
        processor("batches of 200", report)
        try rest("batches of 200", report, directory, bytesGoal: 450)
        let audit = try Comparison.median(of: 3, limit: verifyingBatches) { _ in
            try Step.run(["audit", directory])
        }
        let audited = Double(audit.report.items) / audit.report.seconds
        table.append(
            Figure(
                name: "audit of batches",
                value: audited,
                unit: "transfers/s",
                limit: audit.limit * 200,
                goal: "≥ 800,000",
                isMet: audited >= 800_000
            )
        )
        auditMemory("batches", audit.report)
        gate("batches", report, statements: 2.6)
    }

    private func verifyingBatches() throws -> Double {
        try RawLimits.verifications(bytes: 43_000, cores: cores, seconds: 0.5)
    }
}
