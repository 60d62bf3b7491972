internal import Foundation

/// A part of a benchmark that runs in a process of its own, so that its peak memory is its own.
enum Step {
    /// Runs this program again with the words of a step, and returns what it reports.
    static func run(_ words: [String]) throws -> StepReport {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["step"] + words
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchmarkError("the step \(words.joined(separator: " ")) failed")
        }
        return try JSONDecoder().decode(StepReport.self, from: data)
    }

    /// Runs the step that some words name, in this process.
    static func perform(_ words: [String]) throws -> StepReport {
        switch (words.first, words.count) {
        case ("prepare", 6):
            guard let members = Int(words[1]), let items = Int(words[4]), let per = Int(words[5])
            else { break }
            let input = try PresignedInput(members: members)
            if words[2] != "-" { try input.writeFounding(to: words[2]) }
            if items > 0 { try input.writeTransfers(items: items, perEntry: per, to: words[3]) }
            return StepReport()
        case ("ingest", 5):
            guard let perEntry = Int(words[4]) else { break }
            return try IngestStep.run(
                directory: words[1],
                founding: words[2],
                transfers: words[3],
                perEntry: perEntry
            )
        case ("night", 3):
            guard let items = Int(words[2]) else { break }
            return try NightStep.run(directory: words[1], items: items)
        case ("statements", 4):
            return try NightStep.write(directory: words[1], out: words[2], kontor: words[3])
        case ("audit", 2): return try AuditStep.run(directory: words[1])
        case ("reconcile", 3):
            guard let world = BookWorld(rawValue: words[1]), let rows = Int(words[2]) else { break }
            return try ReconciliationStep.run(world, rows: rows)
        case ("write-books", 3):
            guard let rows = Int(words[2]) else { break }
            return try BookFiles(directory: words[1]).write(rows)
        case ("reconcile-books", 2): return try ReconciliationStep.run(directory: words[1])
        case ("open", 2): return try IngestStep.open(directory: words[1])
        default: break
        }
        throw BenchmarkError("no such step: \(words.joined(separator: " "))")
    }
}
