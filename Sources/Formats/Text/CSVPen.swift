/// Writes comma-separated text (RFC 4180): lines end with CR LF, and cells that hold a comma, a
/// quote or a line end stand in quotes.
struct CSVPen {
    /// What was written and not yet taken.
    var bytes: [UInt8] = []

    /// Writes a row.
    mutating func row(_ cells: [String]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(0x2c) }
            append(cell)
        }
        bytes.append(0x0d)
        bytes.append(0x0a)
    }

    /// Writes a cell and the comma behind it.
    mutating func cell(_ text: String) {
        append(text)
        bytes.append(0x2c)
    }

    private mutating func append(_ cell: String) {
        let needsQuotes = cell.utf8.contains { [0x22, 0x2c, 0x0a, 0x0d].contains($0) }
        guard needsQuotes else {
            bytes.append(contentsOf: cell.utf8)
            return
        }
        bytes.append(0x22)
        for byte in cell.utf8 {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }
}
