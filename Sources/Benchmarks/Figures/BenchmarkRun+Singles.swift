internal import Foundation

extension BenchmarkRun {
    /// Ingest and audit of entries of one transfer, three rounds each.
    mutating func singles(items: Int, members: Int) throws {
        let input = try prepare(items: items / 3, members: members, perEntry: 1)
        let comparison = try Comparison.median(of: 3, limit: verifyingSingles) { round in
            try input.ingest(into: "\(scratch)/ledger-singles-\(round)")
        }
        try FileManager.default.removeItem(atPath: input.transfers)
        let directory = "\(scratch)/ledger-singles-\(comparison.round)"
        compare(comparison, "singles in process, durable", percent: 60)
        processor("singles", comparison.report)
        try rest("singles", comparison.report, directory, bytesGoal: 1_100)
        let audit = try Comparison.median(of: 3, limit: verifyingSingles) { _ in
            try Step.run(["audit", directory])
        }
        compare(audit, "audit of singles", percent: 80)
        auditMemory("singles", audit.report)
        gate("singles", comparison.report, statements: 2.1)
    }

    private mutating func compare(_ comparison: Comparison, _ name: String, percent: Int) {
        let rate = Double(comparison.report.entries) / comparison.report.seconds
        table.append(
            Figure(
                name: name,
                value: rate,
                unit: "entries/s",
                limit: comparison.limit,
                goal: "≥ \(percent) % of raw verify",
                isMet: rate * 100 >= Double(percent) * comparison.limit
            )
        )
    }

    private func verifyingSingles() throws -> Double {
        try RawLimits.verifications(bytes: 500, cores: cores, seconds: 0.5)
    }
}
