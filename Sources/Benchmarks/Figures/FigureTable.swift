internal import Foundation

/// Prints figures as one table, or as JSON.
struct FigureTable {
    private(set) var figures: [Figure] = []

    mutating func append(_ figure: Figure) {
        figures.append(figure)
    }

    /// Whether every count is within its gate.
    var gatesHold: Bool { !figures.contains { $0.isGate && $0.isMet == false } }

    /// The table as text.
    var text: String {
        let rows = [["figure", "ours", "limit", "ratio", "goal", ""]] + figures.map(row)
        let widths = (0..<6).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, cell in
                let gap = String(repeating: " ", count: widths[column] - cell.count)
                return (1...3).contains(column) ? gap + cell : cell + gap
            }.joined(separator: "  ").trimmingCharacters(in: [" "])
        }.joined(separator: "\n")
    }

    /// The figures as JSON.
    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            return String(decoding: try encoder.encode(figures), as: UTF8.self)
        }
    }

    private func row(_ figure: Figure) -> [String] {
        [
            figure.name,
            "\(Self.format(figure.value)) \(figure.unit)",
            figure.limit.map(Self.format) ?? "",
            figure.ratio.map { String(format: "%.2f", $0) } ?? "",
            figure.goal,
            figure.isMet.map { $0 ? "met" : figure.isGate ? "GATE FAILS" : "missed" } ?? "",
        ]
    }

    private static func format(_ value: Double) -> String {
        if value < 20 { return String(format: "%.2f", value) }
        var digits = String(Int(value.rounded()))
        var place = digits.count - 3
        while place > 0 {
            digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
            place -= 3
        }
        return digits
    }
}
