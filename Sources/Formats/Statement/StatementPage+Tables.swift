internal import Money
internal import Settlement
internal import Signing

extension StatementPage {
    mutating func writeDebts() {
        writer.raw("<section>\n<h2>By agreement</h2>\n")
        guard !statement.debts.isEmpty else {
            writer.raw("<p>Nothing is owed or due in this window.</p>\n</section>\n")
            return
        }
        let page = self
        writer.table(
            "What each agreement comes to; positive is owed to \(statement.partner)",
            ["#No.", "Counterparty", "For", "#Units", "#Exact", "#Rate", "#Amount"]
        ) { writer in
            for (index, debt) in page.statement.debts.enumerated() {
                page.writeRow(index, debt, to: &writer)
            }
        }
        writer.raw("</section>\n")
    }

    private func writeRow(_ index: Int, _ debt: PartnerStatement.Debt, to writer: inout PageWriter)
    {
        let count = debt.units.debit + debt.units.credit + debt.units.bonus
        writer.raw("<tr id=\"d\(index + 1)\">")
        writer.element("td", String(index + 1), "class=\"n\"")
        writer.raw("<td>")
        writer.text(statement.counterparty(of: debt))
        if !debt.agreement.isEmpty {
            writer.raw("<br>")
            writer.element("span", debt.agreement, "class=\"hash\"")
        }
        writer.raw("</td>")
        writer.element("td", Self.words(debt.purpose))
        writer.element("td", count == 0 ? "" : units(count), "class=\"n\"")
        let isOwed = debt.creditor.hasSameBytes(as: statement.partner)
        let signed = Self.exact(isOwed ? debt.exact : debt.exact.negated, debt.priceCurrency)
        let exact = "\(signed) \(debt.priceCurrency)"
        writer.element("td", exact, "class=\"n exact\"")
        writer.element("td", rate(debt.quote, of: debt.priceCurrency), "class=\"n exact\"")
        writer.element("td", money(statement.signedAmount(of: debt)), "class=\"n\"")
        writer.raw("</tr>\n")
    }

    static func words(_ purpose: DebtPurpose) -> String {
        switch purpose {
        case .units: "units"
        case .funding: "funded bonus"
        case .fee: "fee"
        case .networkFee: "network fee"
        case .adjustment: "adjustment"
        case .trueUp: "true-up"
        }
    }

    mutating func writeTaxes() {
        let taxes = statement.debts.enumerated().flatMap { index, debt in
            debt.taxes.map { (index: index, tax: $0) }
        }
        guard !taxes.isEmpty else { return }
        let page = self
        writer.raw("<section>\n<h2>Tax</h2>\n")
        writer.table(
            "By agreement and category",
            ["#No.", "Category", "Document", "Invoicer", "#Net", "#Tax", "#Gross"]
        ) { writer in
            for (index, tax) in taxes {
                let rate = PlainDecimal.text(Int128(tax.ratePermille), scale: 1)
                writer.row([
                    (String(index + 1), true),
                    ("\(tax.country) \(tax.category) \(rate) %, prices \(tax.basis)", false),
                    (tax.document, false), (tax.invoicer, false), (page.money(tax.net), true),
                    (page.money(tax.tax), true), (page.money(tax.gross), true),
                ])
            }
        }
        writer.raw("</section>\n")
    }

    mutating func writePayments() {
        let page = self
        writer.raw("<section>\n<h2>Payments</h2>\n")
        if statement.payments.isEmpty {
            writer.raw("<p>No payment is due.</p>\n")
        } else {
            writer.table(
                "What is paid, with the reference that the bank's entry carries",
                ["Payer", "Payee", "Reference", "#Amount"]
            ) { writer in
                for payment in page.statement.payments {
                    writer.row([
                        (payment.payer, false), (payment.payee, false), (payment.endToEndID, false),
                        (page.money(payment.amount), true),
                    ])
                }
            }
        }
        writer.raw("</section>\n")
    }

    mutating func writeTrueUps() {
        guard !statement.trueUps.isEmpty else { return }
        let page = self
        writer.raw("<section>\n<h2>True-ups of earlier settlements</h2>\n")
        writer.table(
            "Final less provisional rates; positive is owed to \(statement.partner)",
            ["Settlement", "Debtor", "Creditor", "#Provisional", "#Final", "#Difference"]
        ) { writer in
            for line in page.statement.trueUps {
                let isOwed = line.creditor.hasSameBytes(as: page.statement.partner)
                writer.row([
                    (line.settlement, false), (line.debtor, false), (line.creditor, false),
                    (page.money(line.provisional), true), (page.money(line.final), true),
                    (page.money(isOwed ? line.amount : -line.amount), true),
                ])
            }
        }
        writer.raw("</section>\n")
    }

    mutating func writeExposures() {
        guard !statement.exposures.isEmpty else { return }
        let page = self
        writer.raw("<section>\n<h2>If a participant fails tonight</h2>\n")
        writer.table(
            "The most that \(statement.partner) could lose",
            ["Participant", "#At most"]
        ) { writer in
            for exposure in page.statement.exposures {
                writer.row([(exposure.participant, false), (page.money(exposure.atMost), true)])
            }
        }
        writer.raw("</section>\n")
    }

    mutating func writeLines() {
        let page = self
        let shown = statement.lines.prefix(FormatLimits.pageLineCount)
        writer.raw("<section>\n<h2>Lines</h2>\n")
        if shown.count < lineCount {
            let counts = "\(units(shown.count)) of \(units(lineCount))"
            writer.raw("<p class=\"note\">The first \(counts) lines are shown; the JSON and CSV ")
            writer.raw("files of this statement hold all.</p>\n")
        }
        if shown.isEmpty {
            writer.raw("<p>There are no lines.</p>\n")
        } else {
            writer.table(
                "Each line leads to the proof of its entry; No. is that of its agreement",
                [
                    "#Entry", "#Item", "Transfer", "#No.", "#Debited", "#Credited", "#Bonus",
                    "#Exact", "#Amount",
                ]
            ) { writer in
                for line in shown { page.writeRow(line, to: &writer) }
            }
        }
        writer.raw("</section>\n")
    }

    private func writeRow(_ line: PartnerStatement.Line, to writer: inout PageWriter) {
        let debt = statement.debts.indices.contains(line.debt) ? statement.debts[line.debt] : nil
        let isOwed = debt?.creditor.hasSameBytes(as: statement.partner) ?? true
        writer.raw("<tr><td class=\"n\">")
        writeLink(to: line.index, writer: &writer)
        writer.raw("</td>")
        writer.element("td", String(line.item), "class=\"n\"")
        writer.element("td", line.name, "class=\"hash\"")
        writer.raw("<td class=\"n\"><a href=\"#d\(line.debt + 1)\">\(line.debt + 1)</a></td>")
        for count in [line.debit, line.credit, line.bonus] {
            writer.element("td", count == 0 ? "" : units(count), "class=\"n\"")
        }
        let currency = debt?.priceCurrency ?? statement.currency
        let exact = Self.exact(isOwed ? line.exact : line.exact.negated, currency)
        writer.element("td", exact, "class=\"n exact\"")
        writer.element("td", money(isOwed ? line.amount : -line.amount), "class=\"n\"")
        writer.raw("</tr>\n")
    }

    /// A link to the proof of an entry, relative to the page.
    private func writeLink(to index: UInt64, writer: inout PageWriter) {
        writer.raw("<a href=\"./")
        writer.text(proofFolder)
        writer.raw("/\(index).json\" aria-label=\"Proof of entry \(index)\">\(index)</a>")
    }

    mutating func writeProof() {
        writer.raw("<section class=\"proof\">\n<h2>Proof</h2>\n<dl>\n")
        var facts = [
            ("Ledger", statement.ledger.base64URL), ("Rate sheet", statement.sheet.base64URL),
        ]
        if let proof = statement.proof {
            facts += [
                ("Leaf", proof.leaf), ("Position", "\(proof.position) of \(proof.count)"),
                ("Path", proof.path.map(\.base64URL).joined(separator: " ")),
                ("Root", proof.root.base64URL),
            ]
        }
        for (name, value) in facts {
            writer.element("dt", name)
            writer.element("dd", value, "class=\"hash\"")
            writer.raw("\n")
        }
        writer.raw("</dl>\n")
        if let proof = statement.proof {
            let page = self
            writer.raw("<p>The root stands in entry ")
            page.writeLink(to: proof.entry, writer: &writer)
            writer.raw(".</p>\n")
        } else {
            writer.raw("<p class=\"note\">This statement is not bound to the log yet.</p>\n")
        }
        writer.raw("\n<p>Anyone can check the JSON file of this statement, without the ledger: ")
        writer.raw("<code>kontor audit --statement FILE --vkey KEY</code></p>\n</section>\n")
    }
}
