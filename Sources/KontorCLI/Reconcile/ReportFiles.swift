internal import Foundation
internal import Formats

/// The files of a run: matched, unmatched, breaks, evidence and metrics as JSON and CSV, and the
/// page.
///
/// Each is written whole beside its name and then takes it, so that a reader sees the old file or
/// the new one.
struct ReportFiles {
    let directory: String

    /// Makes the directory.
    init(directory: String) throws {
        self.directory = directory
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: true
        )
    }

    /// Writes all files of a report.
    func write(_ report: ReconciliationReport) throws {
        try put("matched.json") { try report.writeMatched(json: $0) }
        try put("matched.csv") { try report.writeMatched(csv: $0) }
        try put("unmatched.json") { try report.writeUnmatched(json: $0) }
        try put("unmatched.csv") { try report.writeUnmatched(csv: $0) }
        try put("breaks.json") { try report.writeBreaks(json: $0) }
        try put("breaks.csv") { try report.writeBreaks(csv: $0) }
        try put("evidence.json") { try report.writeEvidence(json: $0) }
        try put("evidence.csv") { try report.writeEvidence(csv: $0) }
        try put("metrics.json") { try $0(report.metrics) }
        try put("metrics.csv") { try $0(report.metricsCSV) }
        try put("report.html") { try $0(report.page()) }
    }

    /// Writes one file piece by piece.
    func put(
        _ name: String,
        _ body: (([UInt8]) throws -> Void) throws -> Void
    ) throws {
        let path = "\(directory)/\(name)"
        let part = path + ".part"
        guard FileManager.default.createFile(atPath: part, contents: nil),
            let file = FileHandle(forWritingAtPath: part)
        else {
            throw CommandError("\(part): it cannot be written; look at its directory")
        }
        do {
            try body { try file.write(contentsOf: $0) }
            try file.close()
        } catch {
            try? file.close()
            try? FileManager.default.removeItem(atPath: part)
            throw error
        }
        guard rename(part, path) == 0 else {
            throw CommandError("\(path): it cannot be replaced; look at its directory")
        }
    }
}
