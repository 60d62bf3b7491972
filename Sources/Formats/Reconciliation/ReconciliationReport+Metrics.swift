internal import Money
internal import Settlement
internal import Signing

extension ReconciliationReport {
    /// The figures of the run as JSON.
    public var metrics: [UInt8] {
        var pen = JSONPen()
        writeHead(to: &pen)
        let figures = result.metrics
        pen.member("ledgerRows", integer: comparedRowCount)
        pen.member("contextRows", integer: result.ledger.rows.count - comparedRowCount)
        pen.member("partnerRows", integer: result.partner.rows.count)
        pen.member("faults", integer: result.partner.faults.count)
        pen.member("matches", integer: result.matches.count)
        pen.member("breaks", integer: result.breaks.count)
        pen.member("openBreaks", integer: figures.openBreaks)
        pen.member("currency", result.terms.currency)
        for (name, share) in shares {
            pen.name(name)
            pen.open("{")
            pen.member("part", amount: share.part)
            pen.member("whole", amount: share.whole)
            pen.member("ppm", integer: share.partsPerMillion)
            pen.close("}")
        }
        pen.member("contextMatches", integer: figures.contextMatches)
        pen.member("openAgeDays", integer: figures.ageDays)
        pen.list("passes", figures.passes) { pen, pass in
            pen.member("pass", pass.pass.code)
            pen.member("matches", integer: pass.matches)
            pen.member("ledgerRows", integer: pass.ledgerRows)
            pen.member("partnerRows", integer: pass.partnerRows)
            pen.member("units", amount: pass.units)
            pen.member("value", amount: pass.value)
        }
        pen.list("causes", figures.causes) { pen, cause in
            pen.member("type", cause.type.rawValue)
            pen.member("cause", cause.cause.rawValue)
            pen.member("breaks", integer: cause.breaks)
            pen.member("closed", integer: cause.closed)
            pen.member("overdue", integer: cause.overdue)
            pen.member("valueAtRisk", amount: cause.valueAtRisk)
        }
        pen.list("ages", figures.ages) { pen, age in
            pen.member("age", age.age.rawValue)
            pen.member("breaks", integer: age.breaks)
            pen.member("valueAtRisk", amount: age.valueAtRisk)
        }
        pen.list("readingFaults", result.partner.faults) { pen, fault in
            pen.member("code", fault.code.rawValue)
            pen.member("file", integer: fault.file)
            pen.member("line", integer: fault.line)
            pen.member("column", integer: fault.column)
            pen.member("reason", fault.reason)
        }
        pen.close("}")
        return pen.bytes + [0x0a]
    }

    /// The figures of the run as CSV: a row for each, with what it is of.
    public var metricsCSV: [UInt8] {
        var pen = CSVPen()
        pen.row(["figure", "of", "count", "part", "whole", "value", "currency"])
        let currency = result.terms.currency
        func count(_ name: String, _ count: Int, of: String = "", _ value: Int128? = nil) {
            let amount = value.map { PlainDecimal.text($0, scale: self.currency?.scale ?? 0) }
            pen.row([
                name, of, String(count), "", "", amount ?? "", value == nil ? "" : currency,
            ])
        }
        count("ledger rows", comparedRowCount)
        count("partner rows", result.partner.rows.count)
        count("faults", result.partner.faults.count)
        count("matches", result.matches.count)
        count("breaks", result.breaks.count)
        count("open breaks", result.metrics.openBreaks)
        for (name, share) in shares {
            pen.row([name, "", "", String(share.part), String(share.whole), "", ""])
        }
        for pass in result.metrics.passes {
            count("matches of pass", pass.matches, of: pass.pass.code, pass.value)
        }
        for cause in result.metrics.causes {
            let of = "\(cause.type.rawValue)/\(cause.cause.rawValue)"
            count("breaks", cause.breaks, of: of, cause.valueAtRisk)
        }
        for age in result.metrics.ages {
            count("open breaks of age", age.breaks, of: age.age.rawValue, age.valueAtRisk)
        }
        return pen.bytes
    }

    /// The match rates with their names.
    private var shares: [(String, ReconciliationMetrics.Share)] {
        let figures = result.metrics
        return [
            ("rows", figures.rows), ("automaticRows", figures.automaticRows),
            ("units", figures.units), ("value", figures.value),
        ]
    }

    /// How many rows of the ledger are of the window that is compared.
    public var comparedRowCount: Int {
        result.ledger.rows.count { $0.window == .compared }
    }
}
