/// Horizontal bars with a name to the left and a figure behind each: a picture of shares.
struct BarChart {
    /// One bar.
    struct Bar {
        /// What it is of.
        let name: String
        /// How long it is.
        let amount: Int128
        /// The figure behind it.
        let figure: String
        /// Its colour.
        let fill: String
    }

    /// What the picture shows.
    let title: String
    /// The id of its title and description, unique in the page.
    let id: String
    /// The bars from top to bottom.
    let bars: [Bar]
    /// What the whole width stands for; the longest bar if 0.
    var whole: Int128 = 0

    private static let rowHeight = 40
    private static let width = 340
    private static let barWidth = 236

    /// Writes the picture as SVG, with its figures in words.
    func write(to writer: inout PageWriter) {
        let height = max(1, bars.count) * Self.rowHeight + 6
        writer.openPicture(id, width: Self.width, height: height, title, description)
        for (index, bar) in bars.enumerated() {
            let top = index * Self.rowHeight
            writer.picture(bar.name, at: 0, top + 13, "fill=\"#1d2a33\"")
            writer.raw("<rect x=\"0\" y=\"\(top + 19)\" width=\"\(Self.barWidth)\" height=\"13\" ")
            writer.raw("rx=\"2\" fill=\"#eef1f3\"/>\n")
            let length = length(bar.amount)
            if length > 0 {
                writer.raw("<rect x=\"0\" y=\"\(top + 19)\" width=\"\(length)\" height=\"13\" ")
                writer.raw("rx=\"2\" fill=\"\(bar.fill)\"/>\n")
            }
            writer.picture(
                bar.figure,
                at: Self.width,
                top + 30,
                "text-anchor=\"end\" fill=\"#1d2a33\""
            )
        }
        writer.raw("</svg>\n")
    }

    /// The length of a bar: at least 2 if it is of anything.
    private func length(_ amount: Int128) -> Int {
        guard amount > 0 else { return 0 }
        let full = max(1, whole == 0 ? bars.reduce(0) { max($0, $1.amount) } : whole)
        return max(2, Int(min(amount, full) * Int128(Self.barWidth) / full))
    }

    private var description: String {
        bars.map { "\($0.name): \($0.figure)" }.joined(separator: "; ")
    }
}

extension PageWriter {
    /// Opens a picture with its title and its figures in words.
    mutating func openPicture(
        _ id: String,
        width: Int,
        height: Int,
        _ title: String,
        _ description: String
    ) {
        raw("<svg viewBox=\"0 0 \(width) \(height)\" role=\"img\" ")
        raw("aria-labelledby=\"\(id)-t \(id)-d\" font-size=\"13\" ")
        raw("font-family=\"Segoe UI, Helvetica Neue, DejaVu Sans, Arial, sans-serif\">\n")
        element("title", title, "id=\"\(id)-t\"")
        element("desc", description, "id=\"\(id)-d\"")
        raw("\n")
    }

    /// Writes a text of a picture.
    mutating func picture(_ text: String, at x: Int, _ y: Int, _ attributes: String) {
        element("text", text, "x=\"\(x)\" y=\"\(y)\" \(attributes)")
        raw("\n")
    }
}
