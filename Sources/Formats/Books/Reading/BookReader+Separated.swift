internal import Settlement

extension BookReader {
    /// Reads what is whole of separated values; the answer is how many bytes are done with.
    mutating func readSeparated(
        _ bytes: [UInt8],
        _ shape: SeparatedShape,
        isLast: Bool
    ) throws(FormatError) -> Int {
        var offset = scannedCount
        if phase == .start {
            offset = try readStart(bytes, shape)
        }
        if phase == .head {
            guard let next = try readHead(bytes, offset, shape, isLast) else { return 0 }
            offset = next
        }
        var cells: [BookCell] = []
        while offset < bytes.count {
            let line = scanner.line
            guard let next = try scan(bytes, offset, line, isLast, &cells) else { break }
            try take(bytes, &cells, (start: offset, line: line), shape)
            offset = next
        }
        let used = pending.first?.start ?? offset
        scannedCount = offset - used
        for index in pending.indices { pending[index].shift(by: used) }
        if isLast { takeFooter(bytes, from: used) }
        return isLast ? bytes.count : used
    }

    /// Passes the byte order mark.
    private mutating func readStart(
        _ bytes: [UInt8],
        _ shape: SeparatedShape
    ) throws(FormatError) -> Int {
        if let reason = encoding.startFinding(bytes) {
            throw fault(
                .encoding,
                line: 1,
                column: 1,
                reason,
                wayOut: "correct the encoding of the mapping, or have the file saved in it"
            )
        }
        phase = shape.skippedLineCount > 0 ? .head : shape.hasHeader ? .header : .rows
        return shape.encoding == .utf8Marked ? 3 : 0
    }

    /// Reads the lines before the header, which need not be separated values; nil if they are not
    /// whole.
    private mutating func readHead(
        _ bytes: [UInt8],
        _ start: Int,
        _ shape: SeparatedShape,
        _ isLast: Bool
    ) throws(FormatError) -> Int? {
        var lines: [[String]] = []
        var offset = start
        for number in 1...shape.skippedLineCount {
            guard let end = bytes[offset...].firstIndex(of: 0x0a) else {
                guard isLast else { return resetHead() }
                throw fault(
                    .columnMissing,
                    line: number,
                    "the file ends before its header",
                    wayOut: "give the whole file, or correct `skip` of the mapping"
                )
            }
            if let finding = encoding.finding(bytes, offset, end) {
                throw encodingFault(bytes, (start: offset, line: number), finding)
            }
            var text = bytes[offset..<end]
            if text.last == 0x0d { text.removeLast() }
            lines.append(
                text.split(separator: shape.delimiter, omittingEmptySubsequences: false).map {
                    Self.bare($0, shape)
                }
            )
            offset = end + 1
        }
        head = lines
        scanner.line = shape.skippedLineCount + 1
        phase = shape.hasHeader ? .header : .rows
        return offset
    }

    /// The head is read again when more of it came.
    private mutating func resetHead() -> Int? {
        phase = .start
        return nil
    }

    /// The text of a cell of a line around the rows, without spaces and quotes.
    private static func bare(_ cell: ArraySlice<UInt8>, _ shape: SeparatedShape) -> String {
        var cell = cell
        while let first = cell.first, first == 0x20 || first == 0x09 || first == shape.quote {
            cell.removeFirst()
        }
        while let last = cell.last, last == 0x20 || last == 0x09 || last == shape.quote {
            cell.removeLast()
        }
        return String(decoding: shape.encoding.utf8(cell), as: UTF8.self)
    }

    private mutating func scan(
        _ bytes: [UInt8],
        _ offset: Int,
        _ line: Int,
        _ isLast: Bool,
        _ cells: inout [BookCell]
    ) throws(FormatError) -> Int? {
        let next: Int?
        do throws(SeparatedScanner.Fault) {
            next = try scanner.scan(bytes, from: offset, isLast: isLast, into: &cells)
        } catch {
            throw structureFault(bytes, (start: offset, line: line), error)
        }
        guard let next else { return nil }
        if scanner.hasHighBytes, let finding = encoding.finding(bytes, offset, next) {
            throw encodingFault(bytes, (start: offset, line: line), finding)
        }
        return next
    }

    /// Takes a row: the header, a row of books, or one that may be of the footer.
    private mutating func take(
        _ bytes: [UInt8],
        _ cells: inout [BookCell],
        _ row: (start: Int, line: Int),
        _ shape: SeparatedShape
    ) throws(FormatError) {
        if cells.count == 1, isBlank(bytes, cells[0]) { return }
        if phase == .header {
            try readHeader(bytes, cells, row)
            phase = .rows
            return
        }
        guard shape.footerRowCount > 0 else {
            return try readRow(bytes, cells, row)
        }
        pending.append(Pending(cells: cells, start: row.start, line: row.line))
        guard pending.count > shape.footerRowCount else { return }
        let first = pending.removeFirst()
        try readRow(bytes, first.cells, (start: first.start, line: first.line))
    }

    private func isBlank(_ bytes: [UInt8], _ cell: BookCell) -> Bool {
        let cell = trimmed(bytes, cell)
        return cell.start == cell.end && cell.mark != .quoted
    }

    @inline(__always)
    private func trimmed(_ bytes: [UInt8], _ cell: BookCell) -> BookCell {
        var cell = cell
        while cell.start < cell.end, bytes[cell.start] == 0x20 || bytes[cell.start] == 0x09 {
            cell.start += 1
        }
        while cell.start < cell.end, bytes[cell.end - 1] == 0x20 || bytes[cell.end - 1] == 0x09 {
            cell.end -= 1
        }
        return cell
    }

    private mutating func readHeader(
        _ bytes: [UInt8],
        _ cells: [BookCell],
        _ row: (start: Int, line: Int)
    ) throws(FormatError) {
        cellCount = cells.count
        let names = cells.map { cell in
            let cell = trimmed(bytes, cell)
            return encoding.encoding.utf8(bytes[cell.start..<cell.end])
        }
        cellOfSlot = []
        for column in builder.plan.columns {
            guard case .name(let name) = column else {
                cellOfSlot.append(try position(of: column, row.line))
                continue
            }
            let found = names.indices.filter { names[$0].elementsEqual(name.utf8) }
            guard let first = found.first else {
                throw fault(
                    .columnMissing,
                    line: row.line,
                    "the header has no column \(column)",
                    wayOut: "check that the file is of \(mapping.partner) and of this form, or "
                        + "correct the mapping"
                )
            }
            guard found.count == 1 else {
                throw fault(
                    .columnDuplicate,
                    bytes,
                    row: row,
                    at: cells[found[1]].start,
                    "the header has column \(column) twice",
                    wayOut: "map the column by its position"
                )
            }
            cellOfSlot.append(first)
        }
    }

    /// The cell of a column by its position.
    private func position(of column: BookColumn, _ line: Int) throws(FormatError) -> Int {
        guard case .position(let position) = column, position <= cellCount ?? 0 else {
            throw fault(
                .columnMissing,
                line: line,
                "there is no column \(column): the row has \(cellCount ?? 0)",
                wayOut: "check the delimiter and the positions of the mapping"
            )
        }
        return position - 1
    }

    /// Reads a row of books.
    private mutating func readRow(
        _ bytes: [UInt8],
        _ cells: [BookCell],
        _ row: (start: Int, line: Int)
    ) throws(FormatError) {
        let due: Int
        if let cellCount {
            due = cellCount
        } else {
            due = cells.count
            cellCount = due
            cellOfSlot = []
            for column in builder.plan.columns {
                cellOfSlot.append(try position(of: column, row.line))
            }
        }
        lineCount += 1
        let first = builder.table.rows.count
        var isFilled = false
        var isRead = false
        do throws(CellFault) {
            try fillSlots(bytes, cells, due)
            isFilled = true
            try builder.add(bytes, slotCells, line: row.line)
            isRead = true
        } catch {
            var offset = error.offset
            if offset < 0 { offset = error.slot >= 0 ? slotCells[error.slot].start : -1 }
            let place = offset < 0 ? (row.line, 0) : place(bytes, row, offset)
            note(error, bytes, slotCells, line: place.0, column: place.1)
        }
        if recordLimit > 0 {
            let reason = isRead ? nil : faults.last?.reason
            let cells = isFilled ? slotCells : []
            record(bytes, cells, line: row.line, after: first, fault: reason)
        }
        if builder.balanceBreak != nil { noteBalanceBreak(line: row.line) }
    }

    private mutating func fillSlots(
        _ bytes: [UInt8],
        _ cells: [BookCell],
        _ due: Int
    ) throws(CellFault) {
        if cells.count != due {
            guard cells.count > due else {
                throw CellFault(kind: .rowShort(cells.count, due: due))
            }
            // A delimiter behind the last cell makes one more, which is empty.
            guard cells.count == due + 1, isBlank(bytes, cells[due]) else {
                throw CellFault(kind: .rowLong(cells.count, due: due), offset: cells[due].start)
            }
        }
        for slot in cellOfSlot.indices {
            let cell = trimmed(bytes, cells[cellOfSlot[slot]])
            slotCells[slot] = cell
            guard cell.mark != .stray else { throw CellFault(kind: .quote, slot: slot) }
        }
    }

    /// Keeps the texts of the footer.
    private mutating func takeFooter(_ bytes: [UInt8], from start: Int) {
        for row in pending {
            foot.append(
                row.cells.map { cell in
                    let cell = trimmed(
                        bytes,
                        BookCell(start: cell.start + start, end: cell.end + start)
                    )
                    return String(
                        decoding: encoding.encoding.utf8(bytes[cell.start..<cell.end]),
                        as: UTF8.self
                    )
                }
            )
            footLines.append(row.line)
        }
        pending = []
    }

    private func encodingFault(
        _ bytes: [UInt8],
        _ row: (start: Int, line: Int),
        _ finding: EncodingCheck.Finding
    ) -> FormatError {
        fault(
            .encoding,
            bytes,
            row: row,
            at: finding.offset,
            finding.reason,
            wayOut: "have the file saved in one encoding, and declare it in the mapping"
        )
    }

    private func structureFault(
        _ bytes: [UInt8],
        _ row: (start: Int, line: Int),
        _ error: SeparatedScanner.Fault
    ) -> FormatError {
        let (code, reason, wayOut): (FormatError.Code, String, String)
        switch error.kind {
        case .control(let byte):
            (code, reason, wayOut) = (
                .characters, "a control character, byte \(byte)",
                "have the file saved as text with lines that end with LF or CR LF"
            )
        case .quoteOpen:
            (code, reason, wayOut) = (
                .quote, "this quote is not closed",
                "give the whole file, or have quotes inside of a text doubled"
            )
        case .afterQuote:
            (code, reason, wayOut) = (
                .quote, "a text goes on behind its closing quote",
                "have quotes inside of a text doubled"
            )
        case .tooManyColumns:
            (code, reason, wayOut) = (
                .tooLarge, "a row has more than \(BookLimits.columnCount) cells",
                "check the delimiter of the mapping"
            )
        }
        return fault(code, bytes, row: row, at: error.offset, reason, wayOut: wayOut)
    }
}

extension BookReader.Pending {
    /// Moves the row to where its bytes go.
    mutating func shift(by count: Int) {
        start -= count
        for index in cells.indices {
            cells[index].start -= count
            cells[index].end -= count
        }
    }
}
