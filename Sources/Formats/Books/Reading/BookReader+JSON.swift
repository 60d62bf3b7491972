internal import Settlement
internal import Signing

extension BookReader {
    /// The paths of the columns, by slots.
    private var rowTree: JSONPathTree {
        JSONPathTree(
            builder.plan.columns.map { column in
                guard case .name(let text) = column, let path = JSONPath(text) else {
                    Invariant.failed("a mapping of JSON has paths alone")
                }
                return path
            }
        )
    }

    /// Reads what is whole of NDJSON; the answer is how many bytes are done with.
    mutating func readLines(_ bytes: [UInt8], isLast: Bool) throws(FormatError) -> Int {
        let tree = rowTree
        var taken = JSONWalk.Taken(slotCount: builder.plan.columns.count)
        var offset = 0
        if phase == .start {
            if bytes.starts(with: [0xef, 0xbb, 0xbf]) { offset = 3 }
            phase = .rows
        }
        while offset < bytes.count {
            let end: Int
            if let found = bytes[offset...].firstIndex(of: 0x0a) {
                end = found
            } else if isLast {
                end = bytes.count
            } else {
                return offset
            }
            try readLine(bytes, offset, end, tree, &taken)
            scanner.line += 1
            offset = min(end + 1, bytes.count)
        }
        return offset
    }

    private mutating func readLine(
        _ bytes: [UInt8],
        _ start: Int,
        _ end: Int,
        _ tree: JSONPathTree,
        _ taken: inout JSONWalk.Taken
    ) throws(FormatError) {
        let row = (start: start, line: scanner.line)
        try requireUTF8(bytes, row, end)
        var walk = JSONWalk(from: start, to: end)
        walk.skipSpace(bytes)
        guard walk.offset < end else { return }
        lineCount += 1
        taken.clear()
        do throws(JSONWalk.Fault) {
            guard bytes[walk.offset] == 0x7b else { throw walk.fault("an object is due") }
            try walk.value(bytes, tree, 0, &taken)
            try walk.finish(bytes)
        } catch {
            let place = place(bytes, row, error.offset)
            let fault = CellFault(kind: .json(error.reason))
            note(fault, bytes, [], line: place.line, column: place.column)
            let first = builder.table.rows.count
            record([], [], line: row.line, after: first, fault: faults.last?.reason)
            return
        }
        add(taken, bytes, row)
    }

    private func requireUTF8(
        _ bytes: [UInt8],
        _ row: (start: Int, line: Int),
        _ end: Int
    ) throws(FormatError) {
        guard let finding = encoding.finding(bytes, row.start, end) else { return }
        throw fault(
            .encoding,
            bytes,
            row: row,
            at: finding.offset,
            finding.reason,
            wayOut: "have the file saved as UTF-8, the one encoding of JSON"
        )
    }

    private mutating func add(
        _ taken: JSONWalk.Taken,
        _ bytes: [UInt8],
        _ row: (start: Int, line: Int)
    ) {
        let first = builder.table.rows.count
        var isRead = true
        do throws(CellFault) {
            try builder.add(taken.bytes, taken.cells, line: row.line)
        } catch {
            let origin = error.slot >= 0 ? taken.origins[error.slot] : -1
            let place = origin < 0 ? (row.line, 0) : place(bytes, row, origin)
            note(error, taken.bytes, taken.cells, line: place.0, column: place.1)
            isRead = false
        }
        if recordLimit > 0 {
            let reason = isRead ? nil : faults.last?.reason
            record(taken.bytes, taken.cells, line: row.line, after: first, fault: reason)
        }
        if builder.balanceBreak != nil { noteBalanceBreak(line: row.line) }
    }

    /// Reads a JSON document whose rows are the elements of an array.
    mutating func readJSON(_ bytes: [UInt8], _ rows: String) throws(FormatError) -> BookSummary {
        let start = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
        try requireUTF8(bytes, (start: start, line: 1), bytes.count)
        let places = mapping.control.places.compactMap { place -> JSONPath? in
            if case .pointer(let text) = place { JSONPath(text) } else { nil }
        }
        let tree = JSONPathTree(places, rows: JSONPath(rows))
        var taken = JSONWalk.Taken(slotCount: places.count)
        do throws(JSONWalk.Fault) {
            var walk = JSONWalk(from: start, to: bytes.count)
            walk.skipSpace(bytes)
            try walk.value(bytes, tree, 0, &taken)
            try walk.finish(bytes)
            guard let offset = taken.rowsOffset else {
                throw JSONWalk.Fault(reason: "there is nothing at \(rows)", offset: start)
            }
            try readElements(bytes, from: offset)
        } catch {
            throw fault(
                .json,
                bytes,
                row: (start: start, line: 1),
                at: error.offset,
                error.reason,
                wayOut: "give the whole file as strict JSON, or correct `rows` of the mapping"
            )
        }
        let texts = taken.cells.map {
            String(decoding: taken.bytes[$0.start..<$0.end], as: UTF8.self)
        }
        return try close { place in
            guard case .pointer(let text) = place, let path = JSONPath(text),
                let index = places.firstIndex(of: path)
            else { return nil }
            return (texts[index], taken.cells[index].mark == .number)
        }
    }

    private mutating func readElements(
        _ bytes: [UInt8],
        from start: Int
    ) throws(JSONWalk.Fault) {
        let tree = rowTree
        var taken = JSONWalk.Taken(slotCount: builder.plan.columns.count)
        var lines = LineCount()
        var walk = JSONWalk(from: start, to: bytes.count)
        let count = bytes.count
        try walk.elements(bytes) { walk, _ throws(JSONWalk.Fault) in
            lines.move(to: walk.offset, in: bytes)
            lineCount += 1
            taken.clear()
            let row = (start: lines.start, line: lines.line)
            let before = walk
            do throws(JSONWalk.Fault) {
                guard walk.offset < count, bytes[walk.offset] == 0x7b else {
                    throw walk.fault("an object is due")
                }
                try walk.value(bytes, tree, 0, &taken)
            } catch {
                // The document was walked through before: only what a row must be can be wrong.
                let place = place(bytes, row, error.offset)
                let fault = CellFault(kind: .json(error.reason))
                note(fault, bytes, [], line: place.line, column: place.column)
                let first = builder.table.rows.count
                record([], [], line: row.line, after: first, fault: faults.last?.reason)
                walk = before
                try walk.value(bytes, tree, nil, &taken)
                return
            }
            add(taken, bytes, row)
        }
    }
}

extension BookControl {
    /// Every place of which a text is read.
    var places: [BookPlace] {
        var places = marks.map(\.place) + sums.map(\.place)
        places += [count, statement, sequence].compactMap(\.self)
        for balance in balances { places += [balance.opening, balance.closing].compactMap(\.self) }
        return places
    }
}
