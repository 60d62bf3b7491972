internal import Money
internal import Signing

extension RateFileReading {
    /// A cell without the spaces around it, and where it begins.
    private struct Cell {
        var text: ArraySlice<UInt8>
        /// The character of the line from 1.
        var column: Int
    }

    /// Reads comma-separated text: a header `Date,USD,JPY,…,` and a row a day (S-41).
    ///
    /// Columns are found by their names. A trailing comma, spaces, and lines that end with CR LF
    /// are read; `N/A` is no rate that day. Quotes do not occur.
    init(csv bytes: [UInt8]) throws(FormatError) {
        var text = bytes[...]
        if text.starts(with: [0xef, 0xbb, 0xbf]) { text = text.dropFirst(3) }
        try Self.requireASCII(text)
        var line = 0
        var currencies: [Currency]?
        for var row in text.split(separator: 0x0a, omittingEmptySubsequences: false) {
            line += 1
            if row.last == 0x0d { row = row.dropLast() }
            guard row.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { continue }
            let cells = try Self.cells(of: row, line)
            if let currencies {
                try append(cells, currencies, line)
            } else {
                currencies = try Self.header(cells, line)
            }
        }
        guard let currencies else {
            throw Self.fault(.empty, 1, 0, "there is no header", "give the file as published")
        }
        guard !days.isEmpty else {
            throw Self.fault(
                .empty,
                line,
                0,
                "there is no day below the header",
                "give the file as published"
            )
        }
        self.currencies = currencies
    }

    private static func requireASCII(_ text: ArraySlice<UInt8>) throws(FormatError) {
        guard
            let offset = text.firstIndex(where: {
                $0 >= 0x80 || $0 < 0x20 && $0 != 0x09 && $0 != 0x0a && $0 != 0x0d
            })
        else { return }
        let place = TextPlace(of: offset - text.startIndex, in: Array(text))
        throw fault(
            .encoding,
            place.line,
            place.column,
            "byte \(text[offset]) is none of plain ASCII text",
            "save the file as ASCII or UTF-8 text, or give it as published"
        )
    }

    private static func cells(
        of row: ArraySlice<UInt8>,
        _ line: Int
    ) throws(FormatError) -> [Cell] {
        var cells: [Cell] = []
        for cell in row.split(separator: 0x2c, omittingEmptySubsequences: false) {
            var text = cell
            while let first = text.first, first == 0x20 || first == 0x09 { text.removeFirst() }
            while let last = text.last, last == 0x20 || last == 0x09 { text.removeLast() }
            cells.append(Cell(text: text, column: text.startIndex - row.startIndex + 1))
            guard cells.count <= FormatLimits.columnCount + 1 else {
                throw fault(.tooLarge, line, 0, "too many cells", "give the file as published")
            }
        }
        // The comma behind the last column.
        if cells.count > 1, cells.last?.text.isEmpty == true { cells.removeLast() }
        return cells
    }

    private static func header(_ cells: [Cell], _ line: Int) throws(FormatError) -> [Currency] {
        guard let first = cells.first, "Date".utf8.elementsEqual(first.text) else {
            throw fault(
                .columnMissing,
                line,
                1,
                "the first column is not Date",
                "give a rate file of the European Central Bank"
            )
        }
        var currencies: [Currency] = []
        for cell in cells.dropFirst() {
            guard let currency = Currency(String(decoding: cell.text, as: UTF8.self)) else {
                throw fault(
                    .columnUnknown,
                    line,
                    cell.column,
                    "column \(quote(cell.text)) is no currency",
                    "give a rate file of the European Central Bank"
                )
            }
            guard !currencies.contains(currency) else {
                throw fault(
                    .columnDuplicate,
                    line,
                    cell.column,
                    "\(currency) has two columns",
                    "fetch the file again from its publisher"
                )
            }
            currencies.append(currency)
        }
        guard !currencies.isEmpty else {
            throw fault(
                .columnMissing,
                line,
                0,
                "there is no currency",
                "give a rate file of the European Central Bank"
            )
        }
        return currencies
    }

    private mutating func append(
        _ cells: [Cell],
        _ currencies: [Currency],
        _ line: Int
    ) throws(FormatError) {
        guard cells.count == currencies.count + 1 else {
            throw Self.fault(
                cells.count < currencies.count + 1 ? .rowShort : .rowLong,
                line,
                0,
                "it has \(cells.count) cells, the header has \(currencies.count + 1)",
                "fetch the file again from its publisher"
            )
        }
        guard let date = Self.date(cells[0].text) else {
            throw Self.fault(
                .date,
                line,
                cells[0].column,
                "\(Self.quote(cells[0].text)) is no day like 2025-04-25 or 25 April 2025",
                "fetch the file again from its publisher"
            )
        }
        var rates: [RateFile.Quotation] = []
        rates.reserveCapacity(currencies.count)
        for (currency, cell) in zip(currencies, cells.dropFirst()) {
            if "N/A".utf8.elementsEqual(cell.text) { continue }
            let rate = try Self.rate(cell.text, of: currency) {
                Self.fault($0, line, cell.column, $1, $2)
            }
            rates.append(RateFile.Quotation(currency: currency, rate: rate))
        }
        try append(date, rates) { Self.fault($0, line, 1, $1, $2) }
    }

    private static func fault(
        _ code: FormatError.Code,
        _ line: Int,
        _ column: Int,
        _ reason: String,
        _ wayOut: String
    ) -> FormatError {
        FormatError(code, in: "csv", line: line, column: column, reason, wayOut: wayOut)
    }
}
