internal import Foundation

/// One run of the benchmarks: prepares input, runs the steps, and collects the figures.
struct BenchmarkRun {
    let options: Options
    private(set) var table = FigureTable()
    private let scratch: String
    private let cores = ProcessInfo.processInfo.activeProcessorCount

    init(_ options: Options) throws {
        self.options = options
        scratch =
            NSTemporaryDirectory() + "kontor-bench-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
    }

    mutating func run() throws {
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        switch options.command {
        case .table:
            try limits()
            try batches(items: options.transfers ?? 2_000_000, members: 100_000)
            try singles(items: min(options.transfers ?? 300_000, 300_000), members: 100_000)
        case .ingest:
            try batches(items: options.transfers ?? 2_000_000, members: 100_000)
            try singles(items: min(options.transfers ?? 300_000, 300_000), members: 100_000)
        case .size:
            try batches(items: options.transfers ?? 1_000_000, members: 1_000_000)
            try singles(items: min(options.transfers ?? 300_000, 300_000), members: 1_000_000)
        }
    }

    private mutating func limits() throws {
        for (name, bytes, cores) in [
            ("Ed25519 verify, 500 B, one core", 500, 1),
            ("Ed25519 verify, 500 B, all cores", 500, cores),
            ("Ed25519 verify, 65 kB, all cores", 65_000, cores),
        ] {
            let rate = try RawLimits.verifications(bytes: bytes, cores: cores)
            table.append(Figure(name: name, value: rate, unit: "/s"))
        }
        table.append(
            Figure(name: "SHA-256, one core", value: RawLimits.hashing() / 1e6, unit: "MB/s")
        )
        let writing = try RawLimits.writing(to: "\(scratch)/written") / 1e6
        table.append(Figure(name: "sequential write, synced", value: writing, unit: "MB/s"))
    }

    private mutating func batches(items: Int, members: Int) throws {
        let perEntry = 200
        let before = try RawLimits.verifications(bytes: 46_000, cores: cores)
        let (report, directory) = try ingest(items: items, members: members, perEntry: perEntry)
        let after = try RawLimits.verifications(bytes: 46_000, cores: cores)
        let rate = Double(report.items) / report.seconds
        table.append(
            Figure(
                name: "batches of 200, durable, all rules",
                value: rate,
                unit: "transfers/s",
                limit: (before + after) / 2 * Double(perEntry),
                goal: "≥ 250,000",
                isMet: rate >= 250_000
            )
        )
        processor("batches of 200", report)
        try rest("batches of 200", report, directory, bytesGoal: 450)
        let audit = try audit("batches of 200", directory)
        let audited = Double(audit.items) / audit.seconds
        table.append(
            Figure(
                name: "audit of batches",
                value: audited,
                unit: "transfers/s",
                limit: (before + after) / 2 * Double(perEntry),
                goal: "≥ 800,000",
                isMet: audited >= 800_000
            )
        )
        gate("batches", report, statements: 2.6)
    }

    private mutating func singles(items: Int, members: Int) throws {
        let before = try RawLimits.verifications(bytes: 500, cores: cores)
        let (report, directory) = try ingest(items: items, members: members, perEntry: 1)
        let after = try RawLimits.verifications(bytes: 500, cores: cores)
        let rate = Double(report.items) / report.seconds
        let limit = (before + after) / 2
        table.append(
            Figure(
                name: "singles in process, durable",
                value: rate,
                unit: "entries/s",
                limit: limit,
                goal: "≥ 60 % of raw verify",
                isMet: rate >= 0.6 * limit
            )
        )
        processor("singles", report)
        try rest("singles", report, directory, bytesGoal: 1_100)
        let verifying = try RawLimits.verifications(bytes: 500, cores: cores)
        let audit = try audit("singles", directory)
        let audited = Double(audit.entries) / audit.seconds
        table.append(
            Figure(
                name: "audit of singles",
                value: audited,
                unit: "entries/s",
                limit: verifying,
                goal: "≥ 80 % of raw verify",
                isMet: audited >= 0.8 * verifying
            )
        )
        gate("singles", report, statements: 2.1)
    }

    private func ingest(items: Int, members: Int, perEntry: Int) throws -> (StepReport, String) {
        let founding = "\(scratch)/founding-\(members)"
        let transfers = "\(scratch)/transfers"
        let isFounded = FileManager.default.fileExists(atPath: founding)
        let count = items / perEntry * perEntry
        _ = try Step.run(
            [
                "prepare", "\(members)", isFounded ? "-" : founding, transfers, "\(count)",
                "\(perEntry)",
            ]
        )
        let directory = "\(scratch)/ledger-\(perEntry)"
        let report = try Step.run(["ingest", directory, founding, transfers, "\(perEntry)"])
        try FileManager.default.removeItem(atPath: transfers)
        return (report, directory)
    }

    private mutating func audit(_ name: String, _ directory: String) throws -> StepReport {
        let report = try Step.run(["audit", directory])
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
        return report
    }

    private mutating func processor(_ name: String, _ report: StepReport) {
        let microseconds = report.processorSeconds / Double(report.items) * 1e6
        table.append(
            Figure(name: "\(name): processor time", value: microseconds, unit: "µs/transfer")
        )
    }

    private mutating func rest(
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

    private mutating func gate(_ name: String, _ report: StepReport, statements goal: Double) {
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
