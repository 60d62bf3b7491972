/// Writes HTML piece by piece; every text that comes from outside is escaped.
struct PageWriter {
    /// What was written.
    var bytes: [UInt8] = []

    /// Writes markup of our own.
    mutating func raw(_ markup: String) {
        bytes.append(contentsOf: markup.utf8)
    }

    /// Writes a text of others.
    mutating func text(_ text: String) {
        XMLWriter.escape(text, to: &bytes)
    }

    /// Writes an element that holds a text; attributes are markup of our own.
    mutating func element(_ name: String, _ text: String, _ attributes: String = "") {
        raw("<\(name)\(attributes.isEmpty ? "" : " " + attributes)>")
        self.text(text)
        raw("</\(name)>")
    }

    /// Writes a table under a caption; columns whose name begins with `#` hold numbers.
    ///
    /// The table scrolls by itself where it is wider than the page; the caption does not.
    mutating func table(
        _ caption: String,
        _ columns: [String],
        _ body: (inout PageWriter) -> Void
    ) {
        raw("<figure>\n")
        element("figcaption", caption)
        raw("\n<div class=\"scroll\"><table>\n<thead><tr>")
        for column in columns {
            let isNumber = column.hasPrefix("#")
            let name = isNumber ? String(column.dropFirst()) : column
            element("th", name, isNumber ? "scope=\"col\" class=\"n\"" : "scope=\"col\"")
        }
        raw("</tr></thead>\n<tbody>\n")
        body(&self)
        raw("</tbody>\n</table></div>\n</figure>\n")
    }

    /// Writes a row; cells under a column whose name begins with `#` hold numbers.
    mutating func row(_ cells: [(text: String, isNumber: Bool)]) {
        raw("<tr>")
        for cell in cells { element("td", cell.text, cell.isNumber ? "class=\"n\"" : "") }
        raw("</tr>\n")
    }
}
