internal import Money
internal import Settlement
internal import Signing

extension ReconciliationReport {
    /// Writes what breaks rest on as JSON: the rows of each, what was compared field by
    /// field, suggestions, and the adjustments of tolerances.
    ///
    /// Matches without any difference are told in full by `matched`. Complexity: O(breaks).
    public func writeEvidence<Failure: Error>(
        json sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let breaks = result.breaks
        let suggestions = result.suggestions
        let adjustments = result.adjustments
        let count = breaks.count + suggestions.count + adjustments.count
        try writeList("evidence", count: count, to: sink) { pen, number in
            pen.open("{")
            if number < breaks.count {
                write(breaks[number], number, to: &pen)
            } else if number < breaks.count + suggestions.count {
                let place = number - breaks.count
                write(suggestions[place], place, to: &pen)
            } else {
                let place = number - breaks.count - suggestions.count
                write(adjustments[place], place, to: &pen)
            }
            pen.close("}")
        }
    }

    /// Writes the compared fields of each break's match as CSV, one row a field.
    ///
    /// Complexity: O(breaks).
    public func writeEvidence<Failure: Error>(
        csv sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let breaks = result.breaks
        let columns = [
            "break", "type", "cause", "match", "pass", "field", "ledger", "partner", "agrees",
        ]
        try writeRows(columns, count: breaks.count, to: sink) { pen, number in
            let found = breaks[number]
            for line in comparisons(of: found) {
                let isPrivate = line.field == .account
                pen.row([
                    String(number), found.type.rawValue, found.cause.rawValue,
                    found.match.map { String($0) } ?? "",
                    found.match.map { result.matches[$0].pass.code } ?? "", line.field.code,
                    isPrivate ? "" : Self.plain(line.ledger),
                    isPrivate ? "" : Self.plain(line.partner), line.agrees ? "yes" : "no",
                ])
            }
        }
    }

    /// What was compared of a break's match, field by field; nothing if it has none.
    func comparisons(of found: Break) -> [Comparison] {
        found.match.map { result.evidence(of: result.matches[$0]) } ?? []
    }

    private func write(_ found: Break, _ number: Int, to pen: inout JSONPen) {
        pen.member("break", integer: number)
        pen.member("type", found.type.rawValue)
        pen.member("cause", found.cause.rawValue)
        if let match = found.match {
            pen.member("match", integer: match)
            pen.member("pass", result.matches[match].pass.code)
        }
        pen.list("compared", comparisons(of: found)) { pen, line in
            pen.member("field", line.field.code)
            if line.field != .account {
                pen.member("ledger", figure: line.ledger)
                pen.member("partner", figure: line.partner)
            }
            pen.member("agrees", boolean: line.agrees)
        }
        pen.list("ledger", found.ledgerRows) { pen, row in
            pen.member("row", ledgerName(row))
            write(result.ledger.rows[row], result.ledger, to: &pen)
            pen.member("window", "\(result.ledger.rows[row].window)")
            write(result.details[row], to: &pen)
        }
        pen.list("partner", found.partnerRows) { pen, row in
            pen.member("row", partnerName(row))
            write(result.partner.rows[row], result.partner, to: &pen)
        }
        pen.name("suggestions")
        pen.open("[")
        for number in found.suggestions { pen.integer(number) }
        pen.close("]")
    }

    private func write(_ detail: LedgerDetail, to pen: inout JSONPen) {
        guard result.terms.agreements.indices.contains(Int(detail.agreement)) else { return }
        let facts = result.terms.agreements[Int(detail.agreement)]
        pen.member("agreement", facts.name)
        if detail.amount != 0 { pen.member("amount", integer: detail.amount) }
        pen.member("base", integer: detail.base)
        pen.member("bonus", integer: detail.bonus)
        if let rate = facts.rate { pen.member("rate", "\(rate.numerator)/\(rate.denominator)") }
        if let price = facts.price {
            pen.member("price", "\(price.numerator)/\(price.denominator)")
        }
    }

    private func write(_ suggestion: Suggestion, _ number: Int, to pen: inout JSONPen) {
        pen.member("suggestion", integer: number)
        pen.member("pass", suggestion.pass.code)
        pen.member("reason", suggestion.reason.rawValue)
        pen.member("distance", integer: suggestion.distance)
        pen.member("ledger", rows: suggestion.ledgerRows, ledgerName)
        pen.member("partner", rows: suggestion.partnerRows, partnerName)
    }

    private func write(_ adjustment: ToleranceAdjustment, _ number: Int, to pen: inout JSONPen) {
        pen.member("adjustment", integer: number)
        pen.member("match", integer: adjustment.match)
        if result.terms.agreements.indices.contains(adjustment.agreement) {
            pen.member("agreement", result.terms.agreements[adjustment.agreement].name)
        }
        pen.member("payer", adjustment.payer)
        pen.member("payee", adjustment.payee)
        pen.member("amount", amount: Int128(adjustment.minorUnits))
        pen.member("currency", adjustment.currency)
        pen.member("for", adjustment.isFee ? "fee" : "owed")
        pen.member("residual", amount: Int128(adjustment.residual))
    }
}
