internal import Money
internal import Settlement
internal import Signing

extension PartnerStatement {
    /// What the first member of a statement in JSON says.
    static let format = "kontor-statement/1"

    /// The statement in JSON (spec/22 §5).
    ///
    /// Complexity: O(n).
    public var json: [UInt8] {
        var text: [UInt8] = []
        writeJSON(lines: lines) { text += $0 }
        return text
    }

    /// Writes the statement in JSON with lines that come from anywhere, piece by piece.
    ///
    /// Members stand in a fixed order, lines last; the text is the shortest. No more than about
    /// `FormatLimits.pieceByteCount` of lines is held.
    ///
    /// Complexity: O(n).
    public func writeJSON<Failure: Error>(
        lines: some Sequence<Line>,
        to sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        var pen = JSONPen()
        pen.open("{")
        writeHead(to: &pen)
        pen.list("debts", debts, Self.write)
        for (name, amount) in totals { pen.member(name, amount: amount) }
        pen.list("payments", payments, Self.write)
        pen.list("trueUps", trueUps, Self.write)
        pen.list("exposures", exposures) { pen, exposure in
            pen.member("participant", exposure.participant)
            pen.member("atMost", amount: exposure.atMost)
        }
        pen.list("trails", trails, Self.write)
        write(proof, to: &pen)
        pen.name("lines")
        pen.open("[")
        for line in lines {
            Self.write(line, to: &pen)
            guard pen.bytes.count >= FormatLimits.pieceByteCount else { continue }
            try sink(pen.bytes)
            pen.bytes.removeAll(keepingCapacity: true)
        }
        pen.close("]")
        pen.close("}")
        try sink(pen.bytes)
    }

    /// The four totals by their names, in their order.
    var totals: [(name: String, amount: Int128)] {
        [("openingCarry", openingCarry), ("net", net), ("due", due), ("carried", carried)]
    }

    private func writeHead(to pen: inout JSONPen) {
        pen.member("format", Self.format)
        pen.member("ledger", ledger.base64URL)
        pen.member("settlement", settlement)
        pen.member("partner", partner)
        pen.member("calendar", calendar)
        pen.member("window", integer: window)
        pen.member("firstEntry", integer: firstEntry)
        pen.member("endEntry", integer: endEntry)
        pen.member("cutOff", cutOff.description)
        pen.member("model", model.rawValue)
        pen.member("currency", currency.code)
        pen.member("attempt", integer: attempt)
        pen.member("sheet", sheet.base64URL)
    }

    private static func write(_ pen: inout JSONPen, _ debt: Debt) {
        pen.member("agreement", debt.agreement)
        pen.member("debtor", debt.debtor)
        pen.member("creditor", debt.creditor)
        pen.member("purpose", debt.purpose.rawValue)
        pen.member("priceCurrency", debt.priceCurrency.code)
        pen.member("debit", amount: debt.units.debit)
        pen.member("credit", amount: debt.units.credit)
        pen.member("bonus", amount: debt.units.bonus)
        pen.member("exact", debt.exact.description)
        pen.member("quote", debt.quote.description)
        pen.member("rounding", debt.rounding.rawValue)
        pen.member("amount", amount: debt.amount)
        pen.list("taxes", debt.taxes) { pen, tax in
            pen.member("country", tax.country)
            pen.member("category", tax.category)
            pen.member("ratePermille", integer: tax.ratePermille)
            pen.member("basis", tax.basis)
            pen.member("invoicer", tax.invoicer)
            pen.member("document", tax.document)
            pen.member("net", amount: tax.net)
            pen.member("tax", amount: tax.tax)
        }
    }

    private static func write(_ pen: inout JSONPen, _ payment: Payment) {
        pen.member("payer", payment.payer)
        pen.member("payee", payment.payee)
        pen.member("amount", amount: payment.amount)
        pen.member("endToEndId", payment.endToEndID)
    }

    private static func write(_ pen: inout JSONPen, _ line: TrueUpLine) {
        pen.member("settlement", line.settlement)
        pen.member("agreement", line.agreement)
        pen.member("debtor", line.debtor)
        pen.member("creditor", line.creditor)
        pen.member("provisionalSheet", line.provisionalSheet.base64URL)
        pen.member("finalSheet", line.finalSheet.base64URL)
        pen.member("provisional", amount: line.provisional)
        pen.member("final", amount: line.final)
    }

    private static func write(_ pen: inout JSONPen, _ trail: Trail) {
        pen.member("agreement", trail.agreement)
        pen.member("window", integer: trail.window)
        pen.name("entries")
        pen.open("[")
        for entry in trail.entries { pen.integer(entry) }
        pen.close("]")
    }

    private func write(_ proof: Proof?, to pen: inout JSONPen) {
        pen.name("proof")
        guard let proof else {
            pen.null()
            return
        }
        pen.open("{")
        pen.member("leaf", proof.leaf)
        pen.member("position", integer: proof.position)
        pen.member("count", integer: proof.count)
        pen.name("path")
        pen.open("[")
        for hash in proof.path { pen.string(hash.base64URL) }
        pen.close("]")
        pen.member("root", proof.root.base64URL)
        pen.member("entry", integer: proof.entry)
        pen.close("}")
    }

    private static func write(_ line: Line, to pen: inout JSONPen) {
        pen.open("{")
        pen.member("index", integer: line.index)
        pen.member("item", integer: line.item)
        pen.member("name", line.name)
        pen.member("debt", integer: line.debt)
        pen.member("debit", integer: line.debit)
        pen.member("credit", integer: line.credit)
        pen.member("bonus", integer: line.bonus)
        pen.member("exact", line.exact.description)
        pen.member("amount", amount: line.amount)
        pen.close("}")
    }
}
