extension Reconciliation {
    /// The result as lines of text: two runs agree if and only if their texts do (spec/27 §10).
    ///
    /// Complexity: O(n).
    public var text: String {
        var text = "kontor/v1/reconciliation\n\(Self.rules)\nday \(asOf)\n"
        for (number, file) in ledger.files.enumerated() {
            text += "ledger \(number) \(file.rowCount) \(Self.word(file.digest)) \(file.name)\n"
        }
        for (number, file) in partner.files.enumerated() {
            text += "partner \(number) \(file.rowCount) \(Self.word(file.digest)) \(file.name)\n"
        }
        for match in matches { text += line(of: match) }
        for item in breaks { text += line(of: item) }
        for suggestion in suggestions { text += line(of: suggestion) }
        for adjustment in adjustments {
            text += "adjustment \(adjustment.match) \(adjustment.payer) \(adjustment.payee)"
            text += " \(adjustment.minorUnits) \(adjustment.currency)"
            text += " \(adjustment.isFee ? "fee" : "owed") \(adjustment.residual)\n"
        }
        return text + metrics.text
    }

    /// A match: pass, rows, fields compared, fields that differ.
    func line(of match: Match) -> String {
        "match \(match.pass.code) \(places(match.ledgerRows, ledger))"
            + " \(places(match.partnerRows, partner)) \(Self.codes(match.compared))"
            + " \(Self.codes(match.different))\n"
    }

    /// A break: type, cause, match, rows, what differs, value, age, what closes it.
    func line(of item: Break) -> String {
        let numbers = [item.match, item.fault].map { $0.map(String.init) ?? "-" }
        let figures = [item.expected, item.found].map { $0?.word ?? "-" }
        return "break \(item.type.rawValue) \(item.cause.rawValue) \(numbers[0]) \(numbers[1])"
            + " \(places(item.ledgerRows, ledger)) \(places(item.partnerRows, partner))"
            + " \(item.field?.code ?? "-") \(figures[0]) \(figures[1])"
            + " \(item.valueAtRisk.map(String.init) ?? "-") \(item.ageDays)"
            + " \(item.isOverdue ? "overdue" : "-")"
            + " \(item.adjustment.map(String.init) ?? "-")\n"
    }

    private func line(of suggestion: Suggestion) -> String {
        "suggestion \(suggestion.pass.code) \(suggestion.reason.rawValue)"
            + " \(places(suggestion.ledgerRows, ledger))"
            + " \(places(suggestion.partnerRows, partner)) \(suggestion.distance)\n"
    }

    /// Rows by file, place and program.
    private func places(_ rows: [Int], _ table: BookTable) -> String {
        if rows.isEmpty { return "-" }
        return rows.map { number in
            let row = table.rows[number]
            return "\(row.file).\(row.place):\(table.names[Int(row.unit)])"
        }
        .joined(separator: ",")
    }

    private static func codes(_ fields: BookFieldSet) -> String {
        fields.isEmpty ? "-" : fields.fields.map(\.code).joined(separator: ",")
    }

    private static func word(_ text: String) -> String { text.isEmpty ? "-" : text }
}

extension Figure {
    /// The figure as one word; texts of books by their bytes in hexadecimal.
    var word: String {
        switch self {
        case .units(let units, let program): "\(units):\(program)"
        case .money(let minorUnits, let currency): "\(minorUnits):\(currency)"
        case .day(let day): "\(day)"
        case .name(let name): name
        case .status(let status): "\(status)"
        case .identifier(let number): String(number, radix: 16)
        case .count(let count): "\(count)"
        case .text(let bytes):
            bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        case .window(let window): "\(window)"
        }
    }
}

extension ReconciliationMetrics {
    /// The figures as lines.
    var text: String {
        let shares = [
            ("rows", rows), ("automatic", automaticRows), ("units", units), ("value", value),
        ]
        var text = ""
        for (name, share) in shares { text += "share \(name) \(share.part) \(share.whole)\n" }
        text += "context \(contextMatches)\n"
        for pass in passes {
            text += "pass \(pass.pass.code) \(pass.matches) \(pass.ledgerRows) \(pass.partnerRows)"
            text += " \(pass.units) \(pass.value)\n"
        }
        for cause in causes {
            text += "cause \(cause.type.rawValue) \(cause.cause.rawValue) \(cause.breaks)"
            text += " \(cause.closed) \(cause.overdue) \(cause.valueAtRisk)\n"
        }
        for age in ages { text += "age \(age.age.rawValue) \(age.breaks) \(age.valueAtRisk)\n" }
        return text + "open \(openBreaks) \(ageDays)\n"
    }
}
