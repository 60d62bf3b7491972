internal import ArgumentParser
internal import Foundation
internal import Ledger
internal import Signing

/// Expected conversions in a CSV, checked against the terms of a file row by row.
///
/// Columns by name: `terms_row, amount, result, base, bonus, unconsumed_source_units`. A row of
/// base 0 is to be refused as `BelowOneUnit`.
struct VectorCheck {
    let terms: String
    let vectors: String
    let json: Bool

    func run() throws {
        let file = try TermsFile(path: terms)
        let rows = try CSVRows(path: vectors)
        var failures: [String] = []
        var checked = 0
        for row in rows.rows {
            guard let number = Int64(row["terms_row"] ?? ""),
                let amount = Int64(row["amount"] ?? "")
            else {
                throw CommandError("\(vectors):\(row.line): terms_row and amount are integers")
            }
            checked += 1
            guard let line = file.lines.first(where: { $0.row == number }) else {
                failures.append("\(vectors):\(row.line): the terms have no row \(number)")
                continue
            }
            let request = QuoteRequest(amount: amount, facts: line.facts, channel: line.channel)
            let quotation = line.terms.quote(request, at: line.at ?? line.terms.start)
            if let failure = Self.compare(quotation, row) {
                failures.append("\(vectors):\(row.line): \(failure)")
            }
        }
        guard checked > 0 else { throw CommandError("\(vectors): there is no row to check") }
        try report(checked, failures)
    }

    private static func compare(_ quotation: Quotation, _ row: CSVRows.Row) -> String? {
        let expected: String
        switch row["result"] {
        case "reject:below_minimum": expected = "BelowMinimum"
        case "reject:not_on_increment": expected = "OffIncrement"
        default:
            expected =
                row["base"] == "0"
                ? "BelowOneUnit"
                : "base \(row["base"] ?? "") bonus \(row["bonus"] ?? "") rest \(row["unconsumed_source_units"] ?? "")"
        }
        let given =
            quotation.faults.first?.code
            ?? "base \(quotation.credit) bonus \(quotation.bonus) rest \(quotation.rest)"
        return given == expected ? nil : "\(given), expected \(expected)"
    }

    private func report(_ checked: Int, _ failures: [String]) throws {
        if json {
            let value: JSONValue = [
                "checked": .integer(Int64(checked)),
                "failures": .array(failures.map { .string($0) }),
            ]
            Console.print(value.text)
        } else {
            for failure in failures { Console.print(failure) }
            Console.print(
                "\((checked - failures.count).grouped) of \(checked.grouped) conversions are as expected"
            )
        }
        if !failures.isEmpty { throw ExitCode(1) }
    }
}

/// The rows of a small CSV file (RFC 4180) by the names of its head line.
struct CSVRows {
    /// One row, with the line on which it stands.
    struct Row {
        let line: Int
        private let values: [String: String]

        init(line: Int, values: [String: String]) {
            self.line = line
            self.values = values
        }

        subscript(name: String) -> String? { values[name] }
    }

    let rows: [Row]

    init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandError("\(path): there is no such file, or it may not be read")
        }
        let lines = data.split(separator: 0x0a, omittingEmptySubsequences: false).map { Array($0) }
        guard let head = lines.first.map(Self.cells) else {
            throw CommandError("\(path): the file is empty")
        }
        rows = lines.dropFirst().enumerated().compactMap { offset, line in
            let cells = Self.cells(line)
            guard !line.isEmpty else { return nil }
            return Row(
                line: offset + 2,
                values: Dictionary(zip(head, cells), uniquingKeysWith: { first, _ in first })
            )
        }
    }

    private static func cells(_ line: [UInt8]) -> [String] {
        var cells: [[UInt8]] = [[]]
        var isQuoted = false
        for byte in line where byte != 0x0d {
            switch byte {
            case 0x22: isQuoted.toggle()
            case 0x2c where !isQuoted: cells.append([])
            default: cells[cells.count - 1].append(byte)
            }
        }
        return cells.map { String(decoding: $0, as: UTF8.self) }
    }
}
