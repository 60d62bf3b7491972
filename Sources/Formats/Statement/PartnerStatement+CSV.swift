internal import Money
internal import Settlement
internal import Signing

extension PartnerStatement {
    private static let columns = [
        "record", "settlement", "window", "partner", "index", "item", "transfer", "agreement",
        "debtor", "creditor", "purpose", "debit", "credit", "bonus", "price_currency", "exact",
        "quote", "amount", "currency", "reference",
    ]

    /// The statement as comma-separated text (spec/22 §6).
    ///
    /// Complexity: O(n).
    public var csv: [UInt8] {
        var text: [UInt8] = []
        writeCSV(lines: lines) { text += $0 }
        return text
    }

    /// Writes the statement as comma-separated text, piece by piece: a header, then rows of records
    /// `debt`, `tax`, `trueUp`, `payment`, the four totals, and `line` last.
    ///
    /// Amounts are plain decimals of the settlement currency, exact values quotients. Unlike in
    /// JSON, each amount is signed as the partner sees it.
    ///
    /// Complexity: O(n).
    public func writeCSV<Failure: Error>(
        lines: some Sequence<Line>,
        to sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        var pen = CSVPen()
        pen.row(Self.columns)
        for debt in debts { writeRows(debt, to: &pen) }
        for line in trueUps {
            let sign: Int128 = line.creditor.hasSameBytes(as: partner) ? 1 : -1
            pen.row(
                row("trueUp", sign * line.amount) {
                    $0[7] = line.agreement
                    $0[8] = line.debtor
                    $0[9] = line.creditor
                    $0[10] = "trueUp"
                    $0[19] = line.settlement
                }
            )
        }
        for payment in payments {
            let sign: Int128 = payment.payee.hasSameBytes(as: partner) ? 1 : -1
            pen.row(
                row("payment", sign * payment.amount) {
                    $0[8] = payment.payer
                    $0[9] = payment.payee
                    $0[19] = payment.endToEndID
                }
            )
        }
        for (name, amount) in totals { pen.row(row(name, amount) { _ in }) }
        let rows = LineRows(self)
        for line in lines {
            rows.write(line, to: &pen)
            guard pen.bytes.count >= FormatLimits.pieceByteCount else { continue }
            try sink(pen.bytes)
            pen.bytes.removeAll(keepingCapacity: true)
        }
        try sink(pen.bytes)
    }

    private func writeRows(_ debt: Debt, to pen: inout CSVPen) {
        let sign: Int128 = debt.creditor.hasSameBytes(as: partner) ? 1 : -1
        pen.row(
            row("debt", sign * debt.amount) {
                fill(&$0, debt)
                $0[11] = String(debt.units.debit)
                $0[12] = String(debt.units.credit)
                $0[13] = String(debt.units.bonus)
                $0[15] = debt.exact.description
                $0[16] = debt.quote.description
            }
        )
        for tax in debt.taxes {
            pen.row(
                row("tax", sign * tax.tax) {
                    fill(&$0, debt)
                    $0[10] = "\(tax.country) \(tax.category) \(tax.ratePermille)/1000 \(tax.basis)"
                    $0[19] = tax.document
                }
            )
        }
    }

    private func row(
        _ record: String,
        _ amount: Int128,
        _ fill: (inout [String]) -> Void
    ) -> [String] {
        var cells = [String](repeating: "", count: Self.columns.count)
        cells[0] = record
        cells[1] = settlement
        cells[2] = String(window)
        cells[3] = partner
        cells[17] = PlainDecimal.text(amount, scale: currency.scale)
        cells[18] = currency.code
        fill(&cells)
        return cells
    }

    private func fill(_ cells: inout [String], _ debt: Debt) {
        cells[7] = debt.agreement
        cells[8] = debt.debtor
        cells[9] = debt.creditor
        cells[10] = debt.purpose.rawValue
        cells[14] = debt.priceCurrency.code
    }
}

/// Rows of lines: there may be millions, so what all lines of a debt share is written once.
private struct LineRows {
    /// Cells of one debt.
    private struct Cells {
        /// Agreement to purpose.
        var names: [UInt8] = Array(",,,,".utf8)
        /// The currency of the price.
        var currency: [UInt8] = Array(",".utf8)
        var isOwed = true
    }

    private let head: [UInt8]
    private let debts: [Cells]
    private let tail: [UInt8]
    private let scale: Int

    init(_ statement: PartnerStatement) {
        head = Self.cells(
            ["line", statement.settlement, String(statement.window), statement.partner]
        )
        debts = statement.debts.map { debt in
            Cells(
                names: Self.cells([
                    debt.agreement, debt.debtor, debt.creditor, debt.purpose.rawValue,
                ]),
                currency: Self.cells([debt.priceCurrency.code]),
                isOwed: debt.creditor.hasSameBytes(as: statement.partner)
            )
        }
        tail = Self.cells([statement.currency.code]) + [0x0d, 0x0a]
        scale = statement.currency.scale
    }

    func write(_ line: PartnerStatement.Line, to pen: inout CSVPen) {
        let debt = debts.indices.contains(line.debt) ? debts[line.debt] : Cells()
        pen.bytes += head
        pen.cell(String(line.index))
        pen.cell(String(line.item))
        pen.cell(line.name)
        pen.bytes += debt.names
        pen.cell(String(line.debit))
        pen.cell(String(line.credit))
        pen.cell(String(line.bonus))
        pen.bytes += debt.currency
        pen.cell(line.exact.description)
        pen.cell("")
        pen.cell(PlainDecimal.text(debt.isOwed ? line.amount : -line.amount, scale: scale))
        pen.bytes += tail
    }

    /// Cells with a comma behind each.
    private static func cells(_ texts: [String]) -> [UInt8] {
        var pen = CSVPen()
        for text in texts { pen.cell(text) }
        return pen.bytes
    }
}
