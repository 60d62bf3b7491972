internal import Foundation

extension BenchmarkRun {
    /// A million rows against a million: from files, in memory, and by SQL.
    mutating func reconciliation() throws {
        let rows = options.transfers ?? 1_000_000
        _ = try Step.run(["write-books", scratch, "\(rows)"])
        let files = BookFiles(directory: scratch)
        let report = try Step.run(["reconcile-books", scratch])
        guard report.items == rows, report.entries == 0 else {
            throw BenchmarkError("\(report.items) matches and \(report.entries) breaks")
        }
        let reading = report.tenths.first ?? 0
        add("\(rows) rows on each side, from CSV", report.seconds, goal: 6)
        add("of that, reading both", reading)
        let join = report.seconds - reading
        add("of that, all passes", join)
        add("peak memory", bytes: report.peakMemory)
        for world in BookWorld.allCases {
            let report = try Step.run(["reconcile", world.rawValue, "\(rows)"])
            add("in memory, \(world.title)", report.seconds, goal: 6)
            add("peak memory, \(world.title)", bytes: report.peakMemory)
        }
        try peers(files, join: join, all: report.seconds)
    }

    private mutating func add(_ name: String, _ seconds: Double, goal: Double? = nil) {
        var figure = Figure(name: name, value: seconds, unit: "s")
        if let goal {
            figure.goal = "≤ \(Int(goal))"
            figure.isMet = seconds <= goal
        }
        table.append(figure)
    }

    private mutating func add(_ name: String, bytes: Int) {
        let megabytes = Double(bytes) / 1e6
        table.append(
            Figure(
                name: name,
                value: megabytes,
                unit: "MB",
                goal: "≤ 700",
                isMet: megabytes <= 700
            )
        )
    }

    /// What SQL engines made of the same two files.
    private struct Peer: Decodable {
        let read: Double
        let join: Double
        let matched: Int
        let missingAtPartner: Int
        let missingInLedger: Int
        let different: Int
    }

    /// The same join by SQL: times, with ours as the ratio to theirs.
    private mutating func peers(_ files: BookFiles, join: Double, all: Double) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "scripts/join-peers")
        process.arguments = [files.path(isLedger: true), files.path(isLedger: false)]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchmarkError("scripts/join-peers failed; it needs python3 and PyPI once")
        }
        let peers = try JSONDecoder().decode([String: Peer].self, from: data)
        for name in ["duckdb", "sqlite"] {
            guard let peer = peers[name] else { continue }
            guard peer.missingAtPartner == 0, peer.missingInLedger == 0, peer.different == 0 else {
                throw BenchmarkError("\(name) finds differences where there are none")
            }
            table.append(
                Figure(
                    name: "all passes, against a full join in \(name)",
                    value: join,
                    unit: "s",
                    limit: peer.join
                )
            )
            table.append(
                Figure(
                    name: "with reading, against \(name)",
                    value: all,
                    unit: "s",
                    limit: peer.read + peer.join
                )
            )
        }
    }
}
