internal import Settlement
internal import Signing

extension BookReader {
    /// Compares what separated values say of themselves with their rows.
    mutating func close() throws(FormatError) -> BookSummary {
        if case .csv(let shape) = mapping.shape {
            guard phase == .rows else {
                throw fault(
                    .columnMissing,
                    "the file ends before its header",
                    wayOut: "give the whole file"
                )
            }
            guard foot.count == shape.footerRowCount else {
                throw fault(
                    .footerMissing,
                    line: scanner.line,
                    "the footer has \(foot.count) of \(shape.footerRowCount) rows",
                    wayOut: "give the whole file; it may have been cut off"
                )
            }
        }
        let (head, foot) = (head, foot)
        return try close { place in
            switch place {
            case .head(let line, let cell):
                let cells = line <= head.count ? head[line - 1] : []
                return cell <= cells.count ? (cells[cell - 1], false) : nil
            case .foot(let row, let cell):
                let cells = row <= foot.count ? foot[row - 1] : []
                return cell <= cells.count ? (cells[cell - 1], false) : nil
            case .pointer, .name: return nil
            }
        }
    }

    /// Compares what a file says of itself with its rows; the texts of its places are looked up.
    mutating func close(
        _ text: (BookPlace) -> (text: String, isPlain: Bool)?,
        rows: Range<Int>? = nil
    ) throws(FormatError) -> BookSummary {
        let rows = rows ?? builder.table.rows.indices
        let control = mapping.control
        for mark in control.marks {
            let found = text(mark.place)?.text ?? ""
            guard found.hasSameBytes(as: mark.text) else {
                throw placeFault(
                    mark.place,
                    "\"\(found.prefix(40))\" stands where \"\(mark.text)\" is due",
                    "check that the file is whole and of \(mapping.partner)"
                )
            }
        }
        if let place = control.count {
            let count = try number(place, 0, text(place))
            if count != Int64(lineCount) {
                note(total: place, "the file states \(count) rows, and has \(lineCount)")
            }
        }
        try compareSums(text)
        let statement = control.statement.flatMap { text($0)?.text } ?? ""
        var sequence: Int?
        if let place = control.sequence { sequence = Int(try number(place, 0, text(place))) }
        return BookSummary(
            statement: statement,
            sequence: sequence,
            account: "",
            balances: try balances(text, rows)
        )
    }

    private mutating func compareSums(
        _ text: (BookPlace) -> (text: String, isPlain: Bool)?
    ) throws(FormatError) {
        for (index, sum) in mapping.control.sums.enumerated() {
            let slot = builder.plan.sumSlots[index]
            // Money in a column of currencies has no one sum.
            guard let scale = builder.plan.scale(ofSlot: slot) else { continue }
            let stated = try number(sum.place, scale, text(sum.place))
            guard builder.sums[index] != Int128(stated) else { continue }
            let found = PlainDecimal.text(builder.sums[index], scale: scale)
            note(
                total: sum.place,
                "column \(sum.column): the file states a sum of "
                    + "\(PlainDecimal.text(Int128(stated), scale: scale)), its rows have \(found)"
            )
        }
    }

    /// The balances of the file; those that the rows do not lead to are noted.
    private mutating func balances(
        _ text: (BookPlace) -> (text: String, isPlain: Bool)?,
        _ rows: Range<Int>
    ) throws(FormatError) -> [BookSummary.Balance] {
        var balances: [BookSummary.Balance] = []
        for balance in mapping.control.balances {
            guard let unit = builder.table.number(of: balance.program) else { continue }
            let scale = builder.plan.scale(of: unit)
            var opening: Int64?
            var closing: Int64?
            if let place = balance.opening {
                opening = try number(place, scale, text(place))
            }
            if let place = balance.closing {
                closing = try number(place, scale, text(place))
            }
            if let running = builder.plan.running.firstIndex(where: { $0.name == unit }) {
                opening = opening ?? builder.openings[running]
                closing = closing ?? builder.balances[running]
            }
            noteRoll(balance.program, unit, scale, rows, opening, closing)
            balances.append(
                BookSummary.Balance(program: balance.program, opening: opening, closing: closing)
            )
        }
        return balances
    }

    /// Notes that opening balance and rows do not make the closing balance.
    private mutating func noteRoll(
        _ program: String,
        _ unit: UInt16,
        _ scale: Int,
        _ rows: Range<Int>,
        _ opening: Int64?,
        _ closing: Int64?
    ) {
        guard let opening, let closing else { return }
        var due = Int128(opening)
        for row in builder.table.rows[rows] where row.unit == unit { due += Int128(row.units) }
        guard due != Int128(closing) else { return }
        let text = { (units: Int128) in PlainDecimal.text(units, scale: scale) }
        note(
            .balanceRoll,
            line: 0,
            column: 0,
            "\(program): the balance before is \(text(Int128(opening))), the rows lead to "
                + "\(text(due)), the file states \(text(Int128(closing))); a row is missing, or "
                + "one too many or wrong"
        )
    }

    /// Notes that the balance after a row does not follow from the one before.
    mutating func noteBalanceBreak(line: Int) {
        guard let broken = builder.balanceBreak else { return }
        let running = builder.plan.running[broken.running]
        let text = { (units: Int64) in PlainDecimal.text(Int128(units), scale: running.scale) }
        note(
            .balanceRoll,
            line: line,
            column: 0,
            "\(builder.plan.names[Int(running.name)]): the row leads to \(text(broken.due)), and "
                + "states \(text(broken.stated)); a row is missing, or one too many or wrong"
        )
    }

    private mutating func note(total place: BookPlace, _ reason: String) {
        let line = line(of: place)
        note(.controlTotal, line: line, column: 0, "\(reason); give the whole file")
    }

    private func line(of place: BookPlace) -> Int {
        switch place {
        case .head(let line, _): line
        case .foot(let row, _): row <= footLines.count ? footLines[row - 1] : 0
        case .pointer, .name: 0
        }
    }

    /// The number that stands at a place of the file.
    private func number(
        _ place: BookPlace,
        _ scale: Int,
        _ found: (text: String, isPlain: Bool)?
    ) throws(FormatError) -> Int64 {
        let bytes = encoding.encoding.bytes(found?.text ?? "") ?? []
        let reading = found?.isPlain == true ? NumberReading.plain : builder.plan.numbers
        do throws(CellFault) {
            guard !bytes.isEmpty else { throw CellFault(kind: .number) }
            return try reading.units(bytes, 0, bytes.count, scale: scale)
        } catch {
            throw placeFault(
                place,
                "\"\(found?.text.prefix(40) ?? "")\" stands where a number is due",
                "check that the file is whole, and the places in `control` of the mapping"
            )
        }
    }

    private func placeFault(
        _ place: BookPlace,
        _ reason: String,
        _ wayOut: String
    ) -> FormatError {
        let isFoot = if case .foot = place { true } else { false }
        return fault(
            isFoot ? .footerMissing : .markMismatch,
            line: line(of: place),
            reason,
            wayOut: wayOut
        )
    }
}
