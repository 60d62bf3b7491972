internal import Settlement

extension BookReader {
    /// A fault of the file as a whole, or of a line and character.
    func fault(
        _ code: FormatError.Code,
        line: Int = 0,
        column: Int = 0,
        _ reason: String,
        wayOut: String
    ) -> FormatError {
        FormatError(code, in: name, line: line, column: column, reason, wayOut: wayOut)
    }

    /// A fault of the structure at an offset of a row that begins at another.
    func fault(
        _ code: FormatError.Code,
        _ bytes: [UInt8],
        row: (start: Int, line: Int),
        at offset: Int,
        _ reason: String,
        wayOut: String
    ) -> FormatError {
        let place = place(bytes, row, offset)
        return fault(code, line: place.line, column: place.column, reason, wayOut: wayOut)
    }

    /// The line and character of an offset in a row.
    func place(
        _ bytes: [UInt8],
        _ row: (start: Int, line: Int),
        _ offset: Int
    ) -> (line: Int, column: Int) {
        var line = row.line
        var column = 1
        let isUTF8 = encoding.encoding.isUTF8
        for index in row.start..<min(max(offset, row.start), bytes.count) {
            if bytes[index] == 0x0a {
                line += 1
                column = 1
            } else if !isUTF8 || bytes[index] & 0xc0 != 0x80 {
                column += 1
            }
        }
        return (line, column)
    }

    /// Notes that a line cannot be read.
    mutating func note(_ code: BookFault.Code, line: Int, column: Int, _ reason: String) {
        if code == .unparsable { unreadableCount += 1 }
        guard faults.count < BookLimits.listedFaultCount else { return }
        faults.append(BookFault(code, file: 0, line: line, column: column, reason))
    }

    /// Notes a fault of a row, whose cells stand in some bytes.
    mutating func note(
        _ error: CellFault,
        _ bytes: [UInt8],
        _ cells: [BookCell],
        line: Int,
        column: Int
    ) {
        builder.skip()
        guard faults.count < BookLimits.listedFaultCount else {
            unreadableCount += 1
            return
        }
        let reason = error.kind.reason(
            column: error.slot >= 0 ? "\(builder.plan.columns[error.slot])" : "",
            text: error.slot >= 0 ? Self.quote(bytes, cells[error.slot], encoding.encoding) : "",
            mark: error.offset >= 0 && error.offset < bytes.count
                ? Self.quote(
                    bytes,
                    BookCell(start: error.offset, end: error.offset + 1),
                    encoding.encoding
                ) : "",
            mapping: mapping
        )
        note(.unparsable, line: line, column: column, reason)
    }

    /// A short piece of a cell, for a reason.
    static func quote(_ bytes: [UInt8], _ cell: BookCell, _ encoding: BookEncoding) -> String {
        let slice = bytes[cell.start..<min(cell.end, cell.start + 40)]
        let text = String(decoding: encoding.utf8(slice), as: UTF8.self)
        return "\"\(text)\(cell.end > cell.start + 40 ? "…" : "")\""
    }
}

extension CellFault.Kind {
    /// What is wrong and what to do, of a cell with its text.
    func reason(column: String, text: String, mark: String, mapping: BookMapping) -> String {
        switch self {
        case .rowShort(let count, let due):
            "it has \(count) cells, the header has \(due); have the row written whole"
        case .rowLong(let count, let due):
            "it has \(count) cells, the header has \(due); a text with the delimiter needs quotes"
        case .quote:
            "column \(column): a quote stands inside of \(text); a text with quotes stands in "
                + "quotes, those inside doubled"
        case .transfer:
            "column \(column): \(text) is no id of a transfer; give a UUID of version 7, perhaps "
                + "with /n, or map another column"
        case .item: "column \(column): \(text) is no number of an item; give 0, 1, 2, …"
        case .itemTwice: "column \(column): item \(text) is not the one behind the transfer"
        case .member:
            "column \(column): \(text) is no pseudonym; give 22 characters of base64url, or map "
                + "the column as account"
        case .json(let reason): "\(reason); have the row written as strict JSON"
        case .word:
            "column \(column): the mapping has no meaning for \(text); add the word or correct the "
                + "row"
        case .empty: "column \(column) is empty, and what the line means depends on it"
        case .bothSides: "column \(column): the other side holds an amount too; give one of them"
        case .amountMissing: "column \(column): there is no amount; give one"
        case .tooLong:
            "column \(column): more than \(BookLimits.textByteCount) bytes; map a shorter column"
        case .tooMany: "column \(column): texts of more than 4 GiB; give the file in parts"
        default: numberReason(column: column, text: text, mark: mark, mapping: mapping)
        }
    }

    private func numberReason(
        column: String,
        text: String,
        mark: String,
        mapping: BookMapping
    ) -> String {
        let decimal = String(Unicode.Scalar(mapping.numbers.decimal))
        let thousands = mapping.numbers.thousands
        let style =
            "the mapping declares \"\(decimal)\" before decimals and "
            + (thousands.isEmpty ? "no mark" : "\"\(thousands)\"") + " between groups"
        let pattern = mapping.dates?.text ?? ""
        switch self {
        case .numberMark: return "column \(column): \(mark) has no place in \(text); \(style)"
        case .grouping:
            return "column \(column): the groups of \(text) are not of three digits; \(style)"
        case .finer:
            return "column \(column): \(text) is finer than the smallest unit; \(style)"
        case .range:
            return "column \(column): \(text) has more than \(BookLimits.digitCount) digits"
        case .date:
            return "column \(column): \(text) is not written \(pattern); have all days written so, "
                + "or correct the pattern"
        case .noDay: return "column \(column): \(text) by \(pattern) is no day"
        default: return "column \(column): \(text) is no number; \(style)"
        }
    }
}
