internal import Money
public import Settlement
internal import Signing

extension ReconciliationReport {
    /// A break in one sentence for people: who says what, and what explains it (R-21).
    public func sentence(_ found: Break) -> String {
        if let fault = found.fault { return sentence(result.partner.faults[fault]) }
        let facts = facts(found)
        let reason = reason(found)
        let closed = found.isOpen ? "" : " Within the tolerance that both signed."
        return (reason.isEmpty ? facts : "\(facts) \(reason)") + closed
    }

    /// A fault of a file in one sentence, with its place.
    public func sentence(_ fault: BookFault) -> String {
        let file =
            result.partner.files.indices.contains(Int(fault.file))
            ? result.partner.files[Int(fault.file)].name : "file \(fault.file)"
        var place = file
        if fault.line > 0 { place += ", line \(fault.line)" }
        if fault.column > 0 { place += ", column \(fault.column)" }
        return "\(place): \(fault.reason)"
    }

    /// Who says what.
    private func facts(_ found: Break) -> String {
        switch found.type {
        case .missingAtPartner:
            return "The ledger has \(ledgerRows(found.ledgerRows)), "
                + "\(partner) has not."
        case .missingInLedger:
            return "\(partner) has \(partnerRows(found.partnerRows)), "
                + "the ledger has not."
        case .duplicate:
            return "\(partner) has it \(found.partnerRows.count > 1 ? "more than once" : "again"): "
                + "\(partnerRows(found.partnerRows))."
        case .lateAfterCut,
            .date where found.field == .window:
            let window = found.ledgerRows.first.map { result.ledger.rows[$0].window }
            return "\(partner) has \(partnerRows(found.partnerRows)) in this window, the ledger in "
                + "the one \(window == .earlier ? "before" : "after the cut")."
        case .ambiguous:
            return "\(found.ledgerRows.count) rows of the ledger and \(found.partnerRows.count) of "
                + "\(partner) fit each other equally well; nothing decides between them."
        case .memberNotLinked where found.field == .account:
            return
                "The member whom line \(found.partnerRows.map(partnerName).joined(separator: ", ")) "
                + "names is not the one of the ledger."
        default: break
        }
        guard let expected = found.expected, let stated = found.found else {
            let names =
                found.ledgerRows.map { "entry \(ledgerName($0))" }
                + found.partnerRows.map { "line \(partnerName($0))" }
            return "\(found.type.title): \(names.joined(separator: ", "))."
        }
        return
            "The ledger states \(Self.text(expected)), \(partner) \(Self.text(stated, after: expected))."
    }

    /// What explains it, or an empty text.
    private func reason(_ found: Break) -> String {
        let detail = found.ledgerRows.first.map { result.details[$0] }
        switch found.cause {
        case .unknown: return ""
        case .bonusMissing:
            return "The difference is exactly the bonus of \(Self.grouped(detail?.bonus ?? 0))."
        case .bonusTwice:
            return "The bonus of \(Self.grouped(detail?.bonus ?? 0)) was counted twice."
        case .oldRate: return oldRate(found, detail)
        case .rounding: return "It is one unit of rounding."
        case .cutOff: return cutOff(found)
        case .sign: return "The sign is turned."
        case .scale: return "The figures differ by a power of ten: a decimal point moved."
        case .transposedDigits: return "Two neighbouring digits changed places."
        case .feeOmitted: return "The fee was left out."
        case .feeDoubled: return "The fee was counted twice."
        case .feeInUnits: return "The difference is the figure of the fee."
        case .feeNetted: return "The fee was taken off what is owed."
        case .duplicatePosting: return "It was booked again."
        case .reversalMissing: return "The reversal was booked on one side alone."
        case .pending: return "On one side it still waits."
        case .voided: return "On one side it was called off."
        case .memberUnknown: return "The ledger knows no such member of these partners."
        case .otherMember: return "It is booked for another member."
        case .otherProgram: return "It is booked for another program."
        case .otherCurrency: return "It is booked in another currency."
        case .equalRows: return ""
        case .unreadable, .controlTotal, .statementMissing, .fileTwice: return ""
        case .charge: return "A bank kept a charge."
        case .late: return "It came after the deadline."
        }
    }

    /// Which rate the ledger applied, and which earlier one gives the partner's figure.
    private func oldRate(_ found: Break, _ detail: LedgerDetail?) -> String {
        guard let detail, result.terms.agreements.indices.contains(Int(detail.agreement)) else {
            return "An earlier rate gives it."
        }
        let facts = result.terms.agreements[Int(detail.agreement)]
        if case .units(let units, _)? = found.found, detail.amount != 0, let rate = facts.rate {
            let used = facts.earlierRates.first { earlier in
                let base = earlier.floor(of: detail.amount)
                return [base, base + Int128(detail.bonus)].contains(Int128(units.magnitude))
            }
            if let used {
                return "The earlier rate \(Self.text(used)) gives it; agreed is "
                    + "\(Self.text(rate)) since then."
            }
        }
        if let price = facts.price, case .money? = found.found {
            return "An earlier price gives it; agreed is \(Self.text(price)) a unit."
        }
        return "An earlier rate gives it."
    }

    private func cutOff(_ found: Break) -> String {
        if found.field == .window { return "" }
        guard let row = found.ledgerRows.first else {
            return "It may belong to another window."
        }
        switch result.ledger.rows[row].window {
        case .earlier: return "In the ledger it is of the window before."
        case .later: return "In the ledger it came after the cut, in the window after."
        case .compared: return "It was booked about the cut: look for it in the other window."
        }
    }

    private func ledgerRows(_ rows: [Int]) -> String {
        guard let first = rows.first else { return "nothing" }
        return text(rows, result.ledger, "entry \(ledgerName(first))")
    }

    private func partnerRows(_ rows: [Int]) -> String {
        guard let first = rows.first else { return "nothing" }
        return text(rows, result.partner, lineName(first))
    }

    /// The line of a row, with the name of its file where there are several.
    func lineName(_ row: Int) -> String {
        let found = result.partner.rows[row]
        let line = "line \(found.place)"
        guard result.partner.files.count > 1 else { return line }
        return "\(result.partner.files[Int(found.file)].name), \(line)"
    }

    /// The units and the place of the first row, and how many there are besides.
    private func text(_ rows: [Int], _ table: BookTable, _ place: String) -> String {
        let row = table.rows[rows[0]]
        let units = "\(Self.grouped(row.units)) \(table.names[Int(row.unit)])"
        let day = row.day == BookRow.noDay ? "" : " of \(Self.day(row.day))"
        let more = rows.count > 1 ? " and \(rows.count - 1) more" : ""
        return "\(units)\(day) (\(place))\(more)"
    }

    /// A rate as people read it: `2 : 5`.
    static func text(_ rate: Rate) -> String { "\(rate.numerator) : \(rate.denominator)" }

    /// A figure as people read it.
    public static func text(_ figure: Figure) -> String {
        switch figure {
        case .units(let units, let program): "\(grouped(units)) \(program)"
        case .money(let amount, let currency):
            "\(Currency(currency)?.format(minorUnits: Int128(amount)) ?? String(amount)) \(currency)"
        case .window(.earlier): "the window before"
        case .window(.compared): "this window"
        case .window(.later): "the window after"
        default: plain(figure)
        }
    }

    /// A figure behind another one, without its program or currency if that is the same.
    private static func text(_ figure: Figure, after other: Figure) -> String {
        switch (figure, other) {
        case (.units(let units, let one), .units(_, let two)) where one == two: grouped(units)
        case (.money(let amount, let one), .money(_, let two)) where one == two:
            Currency(one)?.format(minorUnits: Int128(amount)) ?? String(amount)
        default: text(figure)
        }
    }

    /// A number with a comma between every three digits and a true minus.
    static func grouped(_ number: some BinaryInteger) -> String {
        var text = ""
        let digits = String(number.magnitude)
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return number < 0 ? "\u{2212}" + text : text
    }
}
