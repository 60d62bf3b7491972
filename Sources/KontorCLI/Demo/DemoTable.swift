/// Rows of text under each other, numbers flush right.
struct DemoTable {
    /// On which side of its column a cell stands.
    enum Side { case left, right }

    private let sides: [Side]
    private var rows: [[String]]

    /// A table with a row of headings.
    init(_ headings: [(String, Side)]) {
        sides = headings.map(\.1)
        rows = [headings.map(\.0)]
    }

    mutating func add(_ row: String...) {
        rows.append(row)
    }

    /// The lines, indented by two.
    var lines: [String] {
        let widths = sides.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            var line = " "
            for (column, cell) in row.enumerated() {
                let gap = String(repeating: " ", count: max(0, widths[column] - cell.count))
                line += " " + (sides[column] == .left ? cell + gap : gap + cell)
                line += " "
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}

extension String {
    /// The text, cut to a width.
    func cut(to width: Int) -> String {
        count <= width ? self : prefix(width - 1) + "…"
    }
}
