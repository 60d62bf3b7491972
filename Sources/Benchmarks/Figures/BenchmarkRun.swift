internal import Foundation

/// One run of the benchmarks: prepares input, runs the steps, and collects the figures.
struct BenchmarkRun {
    let options: Options
    var table = FigureTable()
    let scratch: String
    let cores = ProcessInfo.processInfo.activeProcessorCount

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
        case .http: try http()
        case .settlement: try settlement()
        case .night: try night(items: options.transfers ?? 1_000_000)
        case .arbitrage: arbitrage()
        case .books: try books()
        case .reconciliation: try reconciliation()
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

    /// Signs transfers into a file, and the founding of their network where it is not there yet.
    func prepare(items: Int, members: Int, perEntry: Int) throws -> Input {
        let founding = "\(scratch)/founding-\(members)"
        let transfers = "\(scratch)/transfers-\(perEntry)"
        let isFounded = FileManager.default.fileExists(atPath: founding)
        let count = items / perEntry * perEntry
        _ = try Step.run(
            [
                "prepare", "\(members)", isFounded ? "-" : founding, transfers, "\(count)",
                "\(perEntry)",
            ]
        )
        return Input(founding: founding, transfers: transfers, perEntry: perEntry)
    }

    /// Files of pre-signed submissions.
    struct Input {
        let founding: String
        let transfers: String
        let perEntry: Int

        /// Submits them to a new ledger in a directory.
        func ingest(into directory: String) throws -> StepReport {
            try Step.run(["ingest", directory, founding, transfers, "\(perEntry)"])
        }
    }
}
