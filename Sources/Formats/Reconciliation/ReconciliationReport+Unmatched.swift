internal import Settlement
internal import Signing

extension ReconciliationReport {
    /// A row that no match has, and the breaks that name it.
    private struct OpenRow {
        let isLedger: Bool
        let row: Int
        let breaks: [Int]
    }

    /// Writes the rows that are in no match, with the breaks that name them, as JSON: those of the
    /// ledger first.
    ///
    /// Rows of other windows are context and not listed. Complexity: O(rows + breaks).
    public func writeUnmatched<Failure: Error>(
        json sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let open = openRows()
        try writeList("rows", count: open.count, to: sink) { pen, number in
            let found = open[number]
            pen.open("{")
            pen.member("side", found.isLedger ? "ledger" : "partner")
            pen.member("row", found.isLedger ? ledgerName(found.row) : partnerName(found.row))
            write(
                found.isLedger
                    ? result.ledger.rows[found.row] : result.partner.rows[found.row],
                found.isLedger ? result.ledger : result.partner,
                to: &pen
            )
            pen.name("breaks")
            pen.open("[")
            for number in found.breaks { pen.integer(number) }
            pen.close("]")
            pen.close("}")
        }
    }

    /// Writes the rows that are in no match as CSV.
    ///
    /// Complexity: O(rows + breaks).
    public func writeUnmatched<Failure: Error>(
        csv sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let open = openRows()
        let columns = [
            "side", "row", "transfer", "item", "event", "program", "units", "money", "currency",
            "fee", "day", "status", "reference", "other_reference", "breaks",
        ]
        try writeRows(columns, count: open.count, to: sink) { pen, number in
            let found = open[number]
            let table = found.isLedger ? result.ledger : result.partner
            let row = table.rows[found.row]
            let currency =
                row.currency == BookRow.noName ? "" : table.names[Int(row.currency)]
            func text(_ span: TextSpan) -> String {
                String(decoding: table.bytes(span), as: UTF8.self)
            }
            pen.row([
                found.isLedger ? "ledger" : "partner",
                found.isLedger ? ledgerName(found.row) : partnerName(found.row),
                row.transfer == 0 ? "" : Self.transferName(row.transfer),
                row.item == BookRow.noItem ? "" : String(row.item), "\(row.event)",
                table.names[Int(row.unit)], String(row.units), Self.money(row.money, currency),
                currency, Self.money(row.fee, currency), Self.day(row.day), "\(row.status)",
                text(row.reference), text(row.otherReference),
                found.breaks.map { String($0) }.joined(separator: " "),
            ])
        }
    }

    /// The rows that no match has: what is context in the ledger is left out.
    private func openRows() -> [OpenRow] {
        var isLedgerMatched = [Bool](repeating: false, count: result.ledger.rows.count)
        var isPartnerMatched = [Bool](repeating: false, count: result.partner.rows.count)
        for match in result.matches {
            for row in match.ledgerRows { isLedgerMatched[row] = true }
            for row in match.partnerRows { isPartnerMatched[row] = true }
        }
        var ledgerBreaks: [(row: Int, number: Int)] = []
        var partnerBreaks: [(row: Int, number: Int)] = []
        for (number, found) in result.breaks.enumerated() {
            ledgerBreaks += found.ledgerRows.map { ($0, number) }
            partnerBreaks += found.partnerRows.map { ($0, number) }
        }
        ledgerBreaks.sort { $0 < $1 }
        partnerBreaks.sort { $0 < $1 }
        let ledger = result.ledger.rows.indices.filter {
            !isLedgerMatched[$0] && result.ledger.rows[$0].window == .compared
        }
        let partner = result.partner.rows.indices.filter { !isPartnerMatched[$0] }
        return Self.joined(ledger, ledgerBreaks, isLedger: true)
            + Self.joined(partner, partnerBreaks, isLedger: false)
    }

    /// Rows with the numbers of the breaks beside them; both lists rise.
    private static func joined(
        _ rows: [Int],
        _ breaks: [(row: Int, number: Int)],
        isLedger: Bool
    ) -> [OpenRow] {
        var next = 0
        return rows.map { row in
            while next < breaks.count, breaks[next].row < row { next += 1 }
            var numbers: [Int] = []
            var place = next
            while place < breaks.count, breaks[place].row == row {
                numbers.append(breaks[place].number)
                place += 1
            }
            return OpenRow(isLedger: isLedger, row: row, breaks: numbers)
        }
    }

    /// Writes what a row states as members; the names of members of a program stay out, the line
    /// leads to them.
    func write(_ row: BookRow, _ table: BookTable, to pen: inout JSONPen) {
        if row.transfer != 0 { pen.member("transfer", Self.transferName(row.transfer)) }
        if row.item != BookRow.noItem { pen.member("item", integer: row.item) }
        pen.member("event", "\(row.event)")
        pen.member("program", table.names[Int(row.unit)])
        pen.member("units", integer: row.units)
        if row.money != BookRow.noMoney { pen.member("money", amount: Int128(row.money)) }
        if row.fee != BookRow.noMoney { pen.member("fee", amount: Int128(row.fee)) }
        if row.currency != BookRow.noName {
            pen.member("currency", table.names[Int(row.currency)])
        }
        if row.day != BookRow.noDay { pen.member("day", Self.day(row.day)) }
        pen.member("status", "\(row.status)")
        for (name, span) in [
            ("reference", row.reference), ("otherReference", row.otherReference),
        ] where !span.isEmpty {
            pen.member(name, String(decoding: table.bytes(span), as: UTF8.self))
        }
    }
}
