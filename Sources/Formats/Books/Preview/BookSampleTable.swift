internal import Signing

/// The beginning of a file, cut into columns as well as can be guessed.
struct BookSampleTable {
    private(set) var shape: BookFileShape
    private(set) var columns: [ColumnRoles.Column] = []
    private(set) var guesses: [MappingSuggestion.Guess] = []
    private(set) var questions: [String] = []

    private static let byteLimit = 1_048_576
    private static let lineLimit = 500

    /// Whether numbers have a style of their own, whatever the mapping says.
    var hasPlainNumbers: Bool {
        if case .csv = shape { return false }
        return shape == .camt
    }

    init(_ bytes: [UInt8]) throws(FormatError) {
        shape = .ndjson
        let start = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
        guard let first = bytes[start...].first(where: { $0 > 0x20 }) else {
            throw FormatError(
                .empty,
                in: "sample",
                "there is nothing",
                wayOut: "give the beginning of a file"
            )
        }
        switch first {
        case 0x3c: try readBank(bytes)
        case 0x7b, 0x5b: try readJSON(bytes, start)
        default: readSeparated(Array(bytes.prefix(Self.byteLimit)))
        }
    }

    private mutating func note(_ subject: String, _ value: String, _ reason: String) {
        guesses.append(
            MappingSuggestion.Guess(subject: subject, value: value, reason: reason)
        )
    }

    // MARK: Bank files

    private mutating func readBank(_ bytes: [UInt8]) throws(FormatError) {
        let file = try BankStatementFile(parsing: bytes)
        shape = .camt
        note("file.type", "camt", "it is a camt.053 or camt.054")
        var values = [[String]](repeating: [], count: BankRecord.names.count)
        for statement in file.statements {
            for entry in statement.entries.prefix(Self.lineLimit) {
                let details: [BankStatement.Detail?] = entry.details.isEmpty ? [nil] : entry.details
                for detail in details {
                    let record = BankRecord.cells(
                        of: detail,
                        in: entry,
                        statement: statement,
                        file: file
                    )
                    for (index, text) in record.enumerated() { values[index].append(text) }
                }
            }
        }
        columns = zip(BankRecord.names, values).map {
            ColumnRoles.Column(column: .name($0), title: $0, values: $1)
        }
    }

    // MARK: JSON

    private mutating func readJSON(_ bytes: [UInt8], _ start: Int) throws(FormatError) {
        var rows: [[(path: String, text: String)]] = []
        let lines = bytes[start...].split(separator: 0x0a).filter { line in
            line.contains { $0 > 0x20 }
        }
        let isLines =
            lines.count > 1
            && lines.prefix(Self.lineLimit).dropLast().allSatisfy { line in
                var walk = JSONWalk(from: line.startIndex, to: line.endIndex)
                return line.first == 0x7b && (try? walk.flattened(bytes)) != nil
            }
        if isLines {
            shape = .ndjson
            note("file.type", "ndjson", "each line is a JSON object")
            for line in lines.prefix(Self.lineLimit) {
                var walk = JSONWalk(from: line.startIndex, to: line.endIndex)
                if let row = try? walk.flattened(bytes) { rows.append(row) }
            }
        } else {
            rows = try readDocument(bytes, start)
        }
        var paths: [String] = []
        for row in rows {
            for cell in row where !cell.path.isEmpty && !paths.contains(cell.path) {
                paths.append(cell.path)
            }
        }
        columns = paths.prefix(BookLimits.mappingListCount).map { path in
            ColumnRoles.Column(
                column: .name(path),
                title: path,
                values: rows.map { row in row.first { $0.path == path }?.text ?? "" }
            )
        }
    }

    /// The rows of a document: those of the first array of objects in it.
    private mutating func readDocument(
        _ bytes: [UInt8],
        _ start: Int
    ) throws(FormatError) -> [[(path: String, text: String)]] {
        do throws(JSONWalk.Fault) {
            var walk = JSONWalk(from: start, to: bytes.count)
            walk.skipSpace(bytes)
            let cells = try walk.flattened(bytes)
            guard let path = JSONWalk.rowsPath(cells.map(\.path)) else {
                throw JSONWalk.Fault(reason: "there is no array of objects", offset: start)
            }
            shape = .json(rows: path)
            note("file.rows", path, "it is the first array of objects")
            return JSONWalk.rows(of: cells, at: path)
        } catch {
            let place = TextPlace(of: error.offset, in: bytes)
            throw FormatError(
                .json,
                in: "sample",
                line: place.line,
                column: place.column,
                error.reason,
                wayOut: "give a whole file as strict JSON"
            )
        }
    }

    // MARK: Separated values

    private mutating func readSeparated(_ bytes: [UInt8]) {
        let encoding = encoding(of: bytes)
        let delimiter = delimiter(of: bytes)
        var separated = SeparatedShape(encoding: encoding, delimiter: delimiter)
        let rows = Self.rows(bytes, separated)
        let width = Self.width(rows)
        let first = rows.firstIndex { $0.count == width } ?? 0
        separated.skippedLineCount = min(first, BookLimits.aroundRowCount)
        if first > 0 { note("file.skip", "\(first)", "the lines before have other columns") }
        var body = Array(rows[first...])
        if bytes.count < Self.byteLimit { separated.footerRowCount = takeFooter(&body, width) }
        separated.hasHeader = body.first.map { Self.isHeader($0) } ?? false
        note(
            "file.header",
            "\(separated.hasHeader)",
            separated.hasHeader
                ? "no cell of the first row is a number, day or id"
                : "the first row holds values"
        )
        let titles = separated.hasHeader ? body.removeFirst() : []
        columns = (0..<width).map { index in
            ColumnRoles.Column(
                column: separated.hasHeader ? .name(titles[index]) : .position(index + 1),
                title: separated.hasHeader ? titles[index] : "",
                values: body.filter { $0.count == width }.map { $0[index] }
            )
        }
        shape = .csv(separated)
    }

    private mutating func encoding(of bytes: [UInt8]) -> BookEncoding {
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) {
            note("file.encoding", "UTF-8-BOM", "it begins with the byte order mark of UTF-8")
            return .utf8Marked
        }
        guard bytes.contains(where: { $0 >= 0x80 }) else {
            note("file.encoding", "UTF-8", "it is plain ASCII so far")
            return .utf8
        }
        // A character may be cut at the end of the sample.
        let check = EncodingCheck(encoding: .utf8)
        let finding = check.finding(bytes, 0, bytes.count)
        if finding == nil || finding.map({ $0.offset > bytes.count - 4 }) == true {
            note("file.encoding", "UTF-8", "every character from 0x80 is UTF-8")
            return .utf8
        }
        if bytes.contains(where: { (0x80...0x9f).contains($0) }) {
            note("file.encoding", "Windows-1252", "bytes 0x80 to 0x9f are characters there alone")
            return .windows1252
        }
        let hasEuro = bytes.contains(0xa4)
        note(
            "file.encoding",
            hasEuro ? "ISO-8859-15" : "ISO-8859-1",
            hasEuro ? "byte 0xa4 is the euro sign there" : "it is not UTF-8, and nothing tells more"
        )
        questions.append("In which encoding is the file saved? It is not UTF-8.")
        return hasEuro ? .latin9 : .latin1
    }

    private mutating func delimiter(of bytes: [UInt8]) -> UInt8 {
        var best: (delimiter: UInt8, score: Int) = (0x2c, 0)
        for delimiter: UInt8 in [0x3b, 0x2c, 0x09, 0x7c] {
            let rows = Self.rows(bytes, SeparatedShape(delimiter: delimiter))
            let width = Self.width(rows)
            let score = width < 2 ? 0 : rows.filter { $0.count == width }.count * min(width, 8)
            if score > best.score { best = (delimiter, score) }
        }
        let name = best.delimiter == 0x09 ? "tab" : String(Unicode.Scalar(best.delimiter))
        note("file.delimiter", name, "it gives most rows one number of cells")
        return best.delimiter
    }

    /// Takes rows from the end that are no rows of the table.
    private mutating func takeFooter(_ body: inout [[String]], _ width: Int) -> Int {
        let words = ["summe", "total", "totals", "somme", "zeilen", "rows", "trailer", "anzahl"]
        var count = 0
        while body.count > 1, let last = body.last, count < BookLimits.aroundRowCount {
            let first = (last.first ?? "").lowercased()
            guard last.count != width || words.contains(where: { first.hasPrefix($0) }) else {
                break
            }
            body.removeLast()
            count += 1
        }
        if count > 0 { note("file.footer", "\(count)", "the last rows are no rows of the table") }
        return count
    }

    /// The first rows, cut leniently.
    private static func rows(_ bytes: [UInt8], _ shape: SeparatedShape) -> [[String]] {
        var scanner = SeparatedScanner(shape)
        var rows: [[String]] = []
        var cells: [BookCell] = []
        var offset = shape.encoding == .utf8Marked ? 3 : 0
        while offset < bytes.count, rows.count < lineLimit {
            let next = try? scanner.scan(bytes, from: offset, isLast: true, into: &cells)
            let end = bytes[offset...].firstIndex(of: 0x0a).map { $0 + 1 } ?? bytes.count
            if next == nil {
                // A line that cannot be cut, such as one before the header.
                cells = [BookCell(start: offset, end: end)]
            }
            let row = cells.map { cell in text(bytes[cell.start..<cell.end], shape.encoding) }
            if row != [""] { rows.append(row) }
            offset = (next ?? nil) ?? end
        }
        return rows
    }

    private static func text(_ bytes: ArraySlice<UInt8>, _ encoding: BookEncoding) -> String {
        var bytes = bytes
        while let last = bytes.last, last == 0x20 || last == 0x09 || last == 0x0d {
            bytes.removeLast()
        }
        while let first = bytes.first, first == 0x20 || first == 0x09 { bytes.removeFirst() }
        return String(decoding: encoding.utf8(bytes), as: UTF8.self)
    }

    /// The number of cells that most rows have.
    private static func width(_ rows: [[String]]) -> Int {
        var best = (width: 0, count: 0)
        for row in rows {
            let count = rows.filter { $0.count == row.count }.count
            if count > best.count { best = (row.count, count) }
        }
        return best.width
    }

    private static func isHeader(_ row: [String]) -> Bool {
        row.allSatisfy { cell in
            let bytes = Array(cell.utf8)
            return !cell.isEmpty && !NumberGuess([cell]).isNumber && !DateGuess([cell]).isDate
                && TransferName(bytes, 0, bytes.count) == nil
        } && Set(row).count == row.count
    }
}
