internal import Settlement
internal import Signing

extension ReconciliationReport {
    /// Writes the breaks as JSON: type, cause, figures, rows, value, age, and a sentence (R-20 to
    ///
    ///
    /// Complexity: O(rows of the breaks).
    public func writeBreaks<Failure: Error>(
        json sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let breaks = result.breaks
        try writeList("breaks", count: breaks.count, to: sink) { pen, number in
            let found = breaks[number]
            pen.open("{")
            pen.member("break", integer: number)
            pen.member("type", found.type.rawValue)
            pen.member("cause", found.cause.rawValue)
            if let match = found.match { pen.member("match", integer: match) }
            pen.member("ledger", rows: found.ledgerRows, ledgerName)
            pen.member("partner", rows: found.partnerRows, partnerName)
            if let field = found.field { pen.member("field", field.code) }
            if found.field != .account {
                pen.member("expected", figure: found.expected)
                pen.member("found", figure: found.found)
            }
            if let fault = found.fault {
                let fault = result.partner.faults[fault]
                pen.member("fault", fault.code.rawValue)
                pen.member("place", "\(fault.file):\(fault.line):\(fault.column)")
            }
            pen.name("valueAtRisk")
            if let value = found.valueAtRisk { pen.string(String(value)) } else { pen.null() }
            pen.member("currency", result.terms.currency)
            pen.member("ageDays", integer: found.ageDays)
            pen.member("age", found.age.rawValue)
            pen.member("overdue", boolean: found.isOverdue)
            pen.member("open", boolean: found.isOpen)
            if let adjustment = found.adjustment { pen.member("adjustment", integer: adjustment) }
            pen.member("text", sentence(found))
            writeSubject(of: found, to: &pen)
            pen.close("}")
        }
    }

    /// Writes the breaks as CSV.
    ///
    /// Complexity: O(rows of the breaks).
    public func writeBreaks<Failure: Error>(
        csv sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let breaks = result.breaks
        let columns = [
            "break", "type", "cause", "match", "ledger", "partner", "field", "expected", "found",
            "value_at_risk", "currency", "age_days", "age", "overdue", "open", "text",
        ]
        try writeRows(columns, count: breaks.count, to: sink) { pen, number in
            let found = breaks[number]
            let isPrivate = found.field == .account
            pen.row([
                String(number), found.type.rawValue, found.cause.rawValue,
                found.match.map { String($0) } ?? "",
                Self.cell(found.ledgerRows, ledgerName), Self.cell(found.partnerRows, partnerName),
                found.field?.code ?? "", isPrivate ? "" : Self.plain(found.expected),
                isPrivate ? "" : Self.plain(found.found),
                found.valueAtRisk.map { Self.money($0, result.terms.currency) } ?? "",
                result.terms.currency, String(found.ageDays), found.age.rawValue,
                found.isOverdue ? "yes" : "no", found.isOpen ? "yes" : "no", sentence(found),
            ])
        }
    }
}
