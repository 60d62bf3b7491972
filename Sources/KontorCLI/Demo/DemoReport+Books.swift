internal import Formats
internal import Settlement
internal import Signing

/// The last night against the books of partners: what they got wrong, and what was found.
extension DemoReport {
    /// A table of the books, and some of what was found in words.
    func bookLines(_ directory: String) -> [String] {
        guard let books, !books.lines.isEmpty else { return [] }
        var table = Table([
            ("books of", .left), ("written as", .left), ("lines", .right), ("matched", .right),
            ("mistakes", .right), ("found", .right), ("at risk", .right),
        ])
        for line in books.lines {
            let result = line.report.result
            let value = result.metrics.ages.reduce(Int128(0)) { $0 + $1.valueAtRisk }
            let currency = result.terms.currency
            let faults = line.books.faults.count
            table.add([
                line.books.partner, line.books.dialect.title, line.books.lines.count.grouped,
                result.matches.count.grouped, "\(faults)", "\(faults - line.unexplained.count)",
                value == 0
                    ? ""
                    : "\(ReconciliationReport.text(.money(Int64(clamping: value), currency: currency)))",
            ])
        }
        let window = books.lines.first.map {
            "\($0.report.window.calendar)/\($0.report.window.number)"
        }
        return Self.heading("The night \(window ?? "") against the books of partners")
            + Self.lines(of: table) + [""] + examples
            + ["", "  Pages to print, and everything as JSON and CSV: \(directory)/books"]
            + agreementLines
    }

    /// One break of each cause, in words.
    private var examples: [String] {
        guard let books else { return [] }
        var causes: [BreakCause] = []
        var lines: [String] = []
        for line in books.lines {
            for found in line.report.result.breaks
            where found.cause != .unknown && !causes.contains(found.cause) {
                causes.append(found.cause)
                let text = "\(found.cause.title): \(line.report.sentence(found))"
                let parts = Self.wrap(text, to: Self.width - 4)
                lines += parts.enumerated().map { ($0 == 0 ? "  " : "    ") + $1 }
            }
        }
        return lines
    }
}

extension DemoReconciliation {
    /// The same for programs.
    var json: JSONValue {
        [
            "books": .array(lines.map(Self.json)), "resolution": resolution?.json ?? .null,
            "certificate": certificate?.json ?? .null, "ok": .boolean(holds),
        ]
    }

    private static func json(_ line: Line) -> JSONValue {
        [
            "partner": .string(line.books.partner),
            "dialect": .string(line.books.dialect.rawValue),
            "lines": .integer(Int64(line.books.lines.count)),
            "matches": .integer(Int64(line.report.result.matches.count)),
            "mistakes": .array(line.books.faults.map { .string($0.kind.rawValue) }),
            "unexplained": .array(line.unexplained.map { .string($0.kind.rawValue) }),
            "openBreaks": .integer(Int64(line.report.result.metrics.openBreaks)),
        ]
    }
}
