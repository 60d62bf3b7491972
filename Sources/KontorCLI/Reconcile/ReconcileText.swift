internal import Formats
internal import Money
internal import Settlement
internal import Signing

/// What a run tells on the terminal: a summary, the passes, what happened, and the first breaks.
struct ReconcileText {
    /// The most breaks that are told one by one.
    static let breakLimit = 25

    private let report: ReconciliationReport

    init(_ report: ReconciliationReport) {
        self.report = report
    }

    /// The text, without a final line end.
    var text: String {
        ([head, faults, passes] + (report.result.metrics.causes.isEmpty ? [] : [causes]) + [breaks])
            .filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private var result: Reconciliation { report.result }

    private var head: String {
        let window = report.window
        let with = report.counterparty.map { " with \($0)" } ?? ""
        let state = window.isClosed ? "" : ", still open"
        let rows =
            "\(report.comparedRowCount.grouped) rows of the ledger, "
            + "\(result.partner.rows.count.grouped) of \(report.partner), "
            + "\(result.matches.count.grouped) matches"
        let open = result.metrics.openBreaks
        var verdict = "To explain: \(open.grouped)"
        let value = result.metrics.ages.reduce(Int128(0)) { $0 + $1.valueAtRisk }
        if value > 0 { verdict += ", at risk \(money(value))" }
        if report.isClean { verdict = "Nothing to explain: the books agree." }
        return """
            \(report.partner)\(with), \(window.calendar)/\(window.number)\(state), \
            entries \(window.start) to \(window.end), as of \(day(result.asOf))
            \(rows)
            \(verdict)
            """
    }

    private var passes: String {
        var table = Table([
            ("pass", .left), ("matched by", .left), ("matches", .right), ("ledger rows", .right),
            ("value", .right),
        ])
        for pass in result.metrics.passes where pass.pass != .text {
            table.add([
                pass.pass.code, pass.pass.title, pass.matches.grouped, pass.ledgerRows.grouped,
                money(pass.value),
            ])
        }
        return table.text
    }

    private var causes: String {
        var table = Table([
            ("difference", .left), ("probable cause", .left), ("found", .right), ("open", .right),
            ("overdue", .right), ("at risk", .right),
        ])
        for line in result.metrics.causes {
            table.add([
                line.type.title, line.cause.title, line.breaks.grouped,
                (line.breaks - line.closed).grouped, line.overdue.grouped,
                money(line.valueAtRisk),
            ])
        }
        return table.text
    }

    private var breaks: String {
        let open = result.breaks.lazy.enumerated()
            .filter { $0.element.isOpen && $0.element.fault == nil }.prefix(Self.breakLimit)
        let lines = open.map { number, found in "\(number)  \(report.sentence(found))" }
        let rest = result.metrics.openBreaks - result.partner.faults.count - lines.count
        return (lines + (rest > 0 ? ["and \(rest.grouped) more in breaks.csv"] : []))
            .joined(separator: "\n")
    }

    /// What is wrong with the files: it comes first, since all else may follow from it.
    private var faults: String {
        let all = result.partner.faults
        let lines = all.prefix(Self.breakLimit).map(report.sentence)
        let rest = all.count - lines.count
        return (lines + (rest > 0 ? ["and \(rest.grouped) more in metrics.json"] : []))
            .joined(separator: "\n")
    }

    private func money(_ amount: Int128) -> String {
        guard let currency = Currency(result.terms.currency) else { return String(amount) }
        return "\(currency.format(minorUnits: amount)) \(currency)"
    }

    private func day(_ day: Int32) -> String { CivilDate(days: Int(day)).description }
}
