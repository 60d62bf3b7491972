/// Columns beside each other with a figure above and a name below: a picture of ages.
struct ColumnChart {
    /// One column.
    struct Column {
        /// What it is of.
        let name: String
        /// How high it is.
        let amount: Int128
        /// The figure above it.
        let figure: String
        /// A second figure, below the name.
        let note: String
        /// Its colour.
        let fill: String
    }

    /// What the picture shows.
    let title: String
    /// The id of its title and description, unique in the page.
    let id: String
    /// The columns from left to right.
    let columns: [Column]

    private static let width = 340
    private static let top = 22
    private static let columnHeight = 150

    /// Writes the picture as SVG, with its figures in words.
    func write(to writer: inout PageWriter) {
        let base = Self.top + Self.columnHeight
        writer.openPicture(id, width: Self.width, height: base + 44, title, description)
        let slot = Self.width / max(1, columns.count)
        for (index, column) in columns.enumerated() {
            let middle = index * slot + slot / 2
            let height = height(column.amount)
            if height > 0 {
                writer.raw("<rect x=\"\(middle - slot * 3 / 10)\" y=\"\(base - height)\" ")
                writer.raw("width=\"\(slot * 6 / 10)\" height=\"\(height)\" rx=\"2\" ")
                writer.raw("fill=\"\(column.fill)\"/>\n")
            }
            let anchor = "text-anchor=\"middle\""
            writer.picture(
                column.figure,
                at: middle,
                base - height - 6,
                "\(anchor) fill=\"#1d2a33\" font-weight=\"600\""
            )
            writer.picture(column.name, at: middle, base + 18, "\(anchor) fill=\"#1d2a33\"")
            writer.picture(
                column.note,
                at: middle,
                base + 36,
                "\(anchor) fill=\"#55636e\" font-size=\"10.5\""
            )
        }
        writer.raw("<line x1=\"0\" y1=\"\(base)\" x2=\"\(Self.width)\" y2=\"\(base)\" ")
        writer.raw("stroke=\"#55636e\"/>\n</svg>\n")
    }

    /// The height of a column: at least 2 if it is of anything.
    private func height(_ amount: Int128) -> Int {
        guard amount > 0 else { return 0 }
        let full = max(1, columns.reduce(0) { max($0, $1.amount) })
        return max(2, Int(amount * Int128(Self.columnHeight) / full))
    }

    private var description: String {
        columns.map { "\($0.name): \($0.figure), \($0.note)" }.joined(separator: "; ")
    }
}
