internal import Settlement
internal import Signing

extension ReconciliationPage {
    mutating func writeCauses() {
        let causes = result.metrics.causes
        guard !causes.isEmpty else { return }
        let page = self
        writer.raw("<section>\n<h2>What happened, and how often</h2>\n")
        writer.table(
            "Differences by type and probable cause",
            ["Type", "Probable cause", "#Found", "#Open", "#Late", "#At risk"]
        ) { writer in
            for line in causes {
                writer.row([
                    (line.type.title, false), (line.cause.title, false),
                    (page.count(line.breaks), true), (page.count(line.breaks - line.closed), true),
                    (page.count(line.overdue), true), (page.money(line.valueAtRisk), true),
                ])
            }
        }
        writer.raw("</section>\n")
    }

    mutating func writeBreaks() {
        let all = result.breaks
        writer.raw("<section>\n<h2>Each difference</h2>\n")
        if all.isEmpty {
            writer.raw("<p>There is none.</p>\n")
        }
        let shown = min(all.count, FormatLimits.pageLineCount)
        if shown < all.count {
            writer.raw("<p class=\"note\">The first \(count(shown)) of \(count(all.count)) are ")
            writer.raw("shown; breaks.json and breaks.csv hold all.</p>\n")
        }
        for number in 0..<shown { write(all[number], number) }
        writer.raw("</section>\n")
    }

    private mutating func write(_ found: Break, _ number: Int) {
        writer.raw(
            "<article class=\"break\(found.isOpen ? "" : " closed")\" id=\"b\(number)\">\n<h3>"
        )
        writer.element("span", "\(number + 1)", "class=\"no\"")
        writer.element("span", found.type.title)
        if found.cause != .unknown {
            writer.element("span", found.cause.title, "class=\"cause\"")
        }
        if let value = found.valueAtRisk {
            writer.element("span", money(Int128(value)), "class=\"worth\"")
        }
        writer.raw("</h3>\n")
        writer.element("p", report.sentence(found))
        writer.raw("\n<div class=\"where\">")
        var places = found.ledgerRows.prefix(4).map { "entry \(report.ledgerName($0))" }
        if found.ledgerRows.count > 4 { places.append("\u{2026}") }
        places += found.partnerRows.prefix(4).map(report.lineName)
        if found.partnerRows.count > 4 { places.append("\u{2026}") }
        if let match = found.match { places.append("by \(result.matches[match].pass.code)") }
        let days = found.ageDays == 1 ? "1 day old" : "\(found.ageDays) days old"
        places.append(days)
        writer.text(places.joined(separator: " · "))
        if found.isOverdue, found.isOpen { writer.raw(" · <span class=\"late\">overdue</span>") }
        writer.raw("</div>\n")
        writeChips(of: found)
        writer.raw("</article>\n")
    }

    /// What was compared: what agrees, and what does not.
    private mutating func writeChips(of found: Break) {
        let lines = report.comparisons(of: found)
        guard !lines.isEmpty else { return }
        writer.raw("<div>")
        for line in lines {
            let mark = line.agrees ? "= " : "\u{2260} "
            writer.element(
                "span",
                mark + line.field.code,
                "class=\"chip \(line.agrees ? "same" : "other")\""
            )
        }
        writer.raw("</div>\n")
    }

    mutating func writeSuggestions() {
        let all = result.suggestions
        guard !all.isEmpty else { return }
        let page = self
        writer.raw("<section>\n<h2>What may belong together</h2>\n")
        writer.table(
            "Nothing of this was matched: a person decides",
            ["Pass", "Why", "Ledger", "\(report.partner)"]
        ) { writer in
            for line in all.prefix(FormatLimits.pageLineCount) {
                writer.row([
                    (line.pass.code, false), (line.reason.title, false),
                    (ReconciliationReport.cell(line.ledgerRows, page.report.ledgerName), false),
                    (ReconciliationReport.cell(line.partnerRows, page.report.partnerName), false),
                ])
            }
        }
        writer.raw("</section>\n")
    }

    mutating func writeAdjustments() {
        let all = result.adjustments
        guard !all.isEmpty else { return }
        writer.raw("<section>\n<h2>Closed by tolerances</h2>\n")
        writer.table(
            "What both partners signed to let pass; the amounts become adjustments",
            ["Payer", "Payee", "#Amount", "#Match"]
        ) { writer in
            for line in all.prefix(FormatLimits.pageLineCount) {
                let amount = ReconciliationReport.money(line.minorUnits, line.currency)
                writer.row([
                    (line.payer, false), (line.payee, false), ("\(amount) \(line.currency)", true),
                    (String(line.match), true),
                ])
            }
        }
        writer.raw("</section>\n")
    }

    mutating func writeFaults() {
        let faults = result.partner.faults
        guard !faults.isEmpty else { return }
        let page = self
        writer.raw("<section>\n<h2>What could not be read</h2>\n")
        writer.table("Faults of files, by their place", ["#Line", "#Column", "Fault"]) { writer in
            for fault in faults.prefix(FormatLimits.pageLineCount) {
                writer.row([
                    (fault.line == 0 ? "" : String(fault.line), true),
                    (fault.column == 0 ? "" : String(fault.column), true),
                    (page.report.sentence(fault), false),
                ])
            }
        }
        writer.raw("</section>\n")
    }

    mutating func writeInputs() {
        let page = self
        writer.raw("<section>\n<h2>What it was made from</h2>\n")
        writer.table("Files by their SHA-256", ["File", "For", "#Rows", "SHA-256"]) { writer in
            for (number, file) in page.result.partner.files.enumerated() {
                page.writeFile(
                    "\(number)  \(file.name)",
                    "books",
                    page.count(file.rowCount),
                    file.digest,
                    to: &writer
                )
            }
            for input in page.report.inputs {
                page.writeFile(input.name, input.role, "", input.digest, to: &writer)
            }
        }
        writer.raw("<p class=\"hash\">Ledger ")
        writer.text(report.ledger.base64URL)
        writer.raw("</p>\n<p>The same files and the same window give the same page, byte for ")
        writer.raw("byte.</p>\n</section>\n")
    }

    private func writeFile(
        _ name: String,
        _ role: String,
        _ rows: String,
        _ digest: String,
        to writer: inout PageWriter
    ) {
        writer.raw("<tr>")
        writer.element("td", name)
        writer.element("td", role)
        writer.element("td", rows, "class=\"n\"")
        writer.element("td", digest, "class=\"hash\"")
        writer.raw("</tr>\n")
    }
}

extension Suggestion.Reason {
    /// Why it is only a suggestion, for people.
    var title: String {
        switch self {
        case .sameText: "references equal but for case and marks"
        case .similarText: "references differ in a letter or two"
        case .otherTransfer: "both name a transfer, not the same one"
        case .severalSums: "several sums fit"
        case .batchDiffers: "the batch agrees, its sum does not"
        }
    }
}
