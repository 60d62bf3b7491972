internal import Money
internal import Settlement
internal import Signing

/// A statement as one page of HTML to read and print: no script, nothing fetched from elsewhere.
struct StatementPage {
    let statement: PartnerStatement
    /// The folder, relative to the page, with one file of proof for each entry.
    let proofFolder: String
    /// How many lines there are, though the statement may hold fewer.
    var lineCount: Int
    var writer = PageWriter()

    /// The page of a statement.
    init(_ statement: PartnerStatement, proofFolder: String) {
        self.statement = statement
        self.proofFolder = proofFolder
        lineCount = statement.lines.count
    }

    /// The whole page.
    mutating func render() -> [UInt8] {
        let title = "Statement of \(statement.partner), settlement \(statement.settlement)"
        writer.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        writer.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        writer.element("title", title)
        writer.raw("\n<style>\n\(Self.style)</style>\n</head>\n<body>\n<main>\n")
        writeHead()
        writeTotals()
        writer.raw("<section>\n<h2>Flows by counterparty</h2>\n")
        FlowChart(statement).write(to: &writer)
        writer.raw("</section>\n")
        writeDebts()
        writeTaxes()
        writePayments()
        writeTrueUps()
        writeExposures()
        writeLines()
        writeProof()
        writer.raw("</main>\n</body>\n</html>\n")
        return writer.bytes
    }

    private mutating func writeHead() {
        let last = statement.endEntry > statement.firstEntry ? statement.endEntry - 1 : nil
        let entries = last.map { "\(statement.firstEntry) to \($0)" } ?? "none"
        writer.raw("<header>\n")
        writer.element("p", "Statement of settlement", "class=\"kind\"")
        writer.element("h1", statement.partner)
        writer.raw("\n<dl class=\"facts\">\n")
        for (name, value) in [
            ("Settlement", statement.settlement),
            ("Window", "\(statement.calendar) no. \(statement.window)"),
            ("Entries", entries), ("Cut-off", moment(statement.cutOff)),
            ("Model", statement.model.rawValue), ("Currency", statement.currency.code),
            ("Attempt", String(statement.attempt)),
        ] {
            writer.raw("<div>")
            writer.element("dt", name)
            writer.element("dd", value)
            writer.raw("</div>\n")
        }
        writer.raw("</dl>\n</header>\n")
    }

    private mutating func writeTotals() {
        let due = statement.due
        let verdict =
            due == 0 ? "Nothing is paid now" : due > 0 ? "You receive" : "You pay"
        writer.raw("<section class=\"totals\" aria-label=\"Totals\">\n")
        for (name, amount, mark) in [
            ("Carried in", money(statement.openingCarry), ""),
            ("Net of this window", money(statement.net), ""),
            (verdict, money(due < 0 ? -due : due), due < 0 ? " pay" : due > 0 ? " get" : ""),
            ("Carried on", money(statement.carried), ""),
        ] {
            writer.raw("<div class=\"total\(mark)\">")
            writer.element("span", name, "class=\"name\"")
            writer.element("span", "\(amount) \(statement.currency.code)", "class=\"amount\"")
            writer.raw("</div>\n")
        }
        writer.raw("</section>\n")
    }
}

extension PartnerStatement {
    /// The statement as one page of HTML to read and print (S-21, spec/22 §7).
    ///
    /// It shows at most `FormatLimits.pageLineCount` lines and says so; each leads to
    /// `<proofFolder>/<entry>.json`, relative to the page.
    ///
    /// Complexity: O(debts + shown lines).
    /// Where the statement holds its first lines alone, their number is stated.
    public func page(proofFolder: String = "receipts", lineCount: Int? = nil) -> [UInt8] {
        var page = StatementPage(self, proofFolder: proofFolder)
        page.lineCount = lineCount ?? lines.count
        return page.render()
    }

    /// The entries whose proofs the page leads to, ascending.
    ///
    /// Complexity: O(n log n) of the shown lines.
    public var pageEntries: [UInt64] {
        let shown = lines.prefix(FormatLimits.pageLineCount).map(\.index)
        var entries: [UInt64] = []
        for index in (shown + (proof.map { [$0.entry] } ?? [])).sorted()
        where entries.last != index { entries.append(index) }
        return entries
    }
}
