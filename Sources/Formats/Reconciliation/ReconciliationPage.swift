internal import Money
internal import Settlement
internal import Signing

/// A run of reconciliation as one page of HTML to read and print: no script, nothing fetched from
/// elsewhere.
struct ReconciliationPage {
    let report: ReconciliationReport
    var writer = PageWriter()

    /// The page of a report.
    init(_ report: ReconciliationReport) {
        self.report = report
    }

    var result: Reconciliation { report.result }

    /// The whole page.
    mutating func render() -> [UInt8] {
        let window = "\(report.window.calendar) no. \(report.window.number)"
        writer.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        writer.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        writer.element("title", "Reconciliation of \(report.partner), window \(window)")
        writer.raw("\n<style>\n\(StatementPage.style)\(Self.style)</style>\n</head>\n<body>\n")
        writer.raw("<main>\n")
        writeHead(window)
        writeTotals()
        writePictures()
        writeCauses()
        writeBreaks()
        writeSuggestions()
        writeAdjustments()
        writeFaults()
        writeInputs()
        writer.raw("</main>\n</body>\n</html>\n")
        return writer.bytes
    }

    /// An amount of the settlement currency as people read it, with a true minus.
    func money(_ amount: Int128) -> String {
        let text = self.amount(amount)
        return report.currency == nil ? text : "\(text) \(result.terms.currency)"
    }

    /// The same without the currency.
    func amount(_ amount: Int128) -> String {
        let text = report.currency?.format(minorUnits: amount) ?? String(amount)
        return text.hasPrefix("-") ? "\u{2212}" + text.dropFirst() : text
    }

    func count(_ number: some BinaryInteger) -> String { ReconciliationReport.grouped(number) }

    /// A share as percent with two places, rounded down: `99.98 %`.
    static func percent(_ share: ReconciliationMetrics.Share) -> String {
        let hundredths = share.partsPerMillion / 100
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) %"
    }

    private mutating func writeHead(_ window: String) {
        let range = report.window
        let last = range.end > range.start ? "\(range.start) to \(range.end - 1)" : "none"
        writer.raw("<header>\n")
        writer.element("p", "Reconciliation", "class=\"kind\"")
        writer.element("h1", report.partner)
        writer.raw("\n<dl class=\"facts\">\n")
        var facts = [
            ("Window", range.isClosed ? window : "\(window), still open"), ("Entries", last),
            ("As of", ReconciliationReport.day(result.asOf)),
            ("Programs", report.programs.joined(separator: ", ")),
            ("Rules", Reconciliation.rules),
        ]
        if let counterparty = report.counterparty {
            facts.insert(("With", counterparty), at: 1)
        }
        for (name, value) in facts {
            writer.raw("<div>")
            writer.element("dt", name)
            writer.element("dd", value)
            writer.raw("</div>\n")
        }
        writer.raw("</dl>\n</header>\n")
    }

    private mutating func writeTotals() {
        let figures = result.metrics
        let value = figures.ages.reduce(Int128(0)) { $0 + $1.valueAtRisk }
        let open = figures.openBreaks
        writer.raw("<section class=\"totals\" aria-label=\"Totals\">\n")
        for (name, amount, mark) in [
            ("Rows matched", Self.percent(figures.rows), figures.rows.isWhole ? " get" : ""),
            ("Nobody had to look", Self.percent(figures.automaticRows), ""),
            ("To explain", open == 0 ? "nothing" : count(open), open == 0 ? " get" : " pay"),
            ("Value at risk", money(value), value == 0 ? "" : " pay"),
        ] {
            writer.raw("<div class=\"total\(mark)\">")
            writer.element("span", name, "class=\"name\"")
            writer.element("span", amount, "class=\"amount\"")
            writer.raw("</div>\n")
        }
        writer.raw("</section>\n")
        writer.element("p", summary, "class=\"lead\"")
        writer.raw("\n")
    }

    /// The run in one sentence.
    private var summary: String {
        let ledger = count(report.comparedRowCount)
        let partner = count(result.partner.rows.count)
        let matches = count(result.matches.count)
        var text =
            "\(ledger) rows of the ledger were compared with \(partner) of \(report.partner); "
            + "\(matches) matches were found."
        if report.isClean { text += " The books agree." }
        let unread = result.partner.faults.count
        if unread > 0 {
            text +=
                " \(count(unread)) \(unread == 1 ? "fault of a file was" : "faults of files were")"
            text += " found; what cannot be read counts as unmatched."
        }
        return text
    }
}

extension ReconciliationMetrics.Share {
    /// Whether nothing is missing.
    var isWhole: Bool { part == whole }
}

extension ReconciliationReport {
    /// The run as one page of HTML to read and print, with pictures of ages, passes and value at
    /// risk (R-30).
    ///
    /// It shows at most `FormatLimits.pageLineCount` breaks and says so.
    ///
    /// Complexity: O(shown breaks).
    public func page() -> [UInt8] {
        var page = ReconciliationPage(self)
        return page.render()
    }
}
