internal import Money
internal import Signing

/// A chart of what flows between a partner and each counterparty: a bar to the left for what the
/// partner owes, one to the right for what it is owed.
struct FlowChart {
    /// The most counterparties that have bars of their own; the others share one.
    static let barLimit = 20

    /// What flows between the partner and one counterparty.
    struct Flow: Hashable {
        var name: String
        /// Minor units owed by the partner, 0 or more.
        var owes: Int128
        /// Minor units owed to the partner, 0 or more.
        var owed: Int128
    }

    let partner: String
    let currency: Currency
    /// The largest first.
    let flows: [Flow]

    /// The flows of a statement.
    init(_ statement: PartnerStatement) {
        partner = statement.partner
        currency = statement.currency
        let amounts = statement.debts.map { debt in
            (name: statement.counterparty(of: debt), amount: statement.signedAmount(of: debt))
        }
        var flows: [Flow] = []
        for (name, amount) in amounts.sorted(by: { $0.name < $1.name }) {
            if flows.last.map({ $0.name.hasSameBytes(as: name) }) != true {
                flows.append(Flow(name: name, owes: 0, owed: 0))
            }
            let last = flows.count - 1
            if amount < 0 { flows[last].owes -= amount } else { flows[last].owed += amount }
        }
        flows.sort { ($1.owes + $1.owed, $0.name) < ($0.owes + $0.owed, $1.name) }
        if flows.count > Self.barLimit {
            let rest = flows[(Self.barLimit - 1)...]
            let others = Flow(
                name: "\(rest.count) others",
                owes: rest.reduce(0) { $0 + $1.owes },
                owed: rest.reduce(0) { $0 + $1.owed }
            )
            flows.replaceSubrange((Self.barLimit - 1)..., with: [others])
        }
        self.flows = flows
    }

    /// Writes the chart as a table: each figure as text with a bar of its size beside it.
    func write(to writer: inout PageWriter) {
        guard !flows.isEmpty else {
            writer.raw("<p>Nothing flowed in this window.</p>\n")
            return
        }
        writer.raw("<table class=\"flows\">\n<thead><tr>")
        writer.element("th", "Counterparty", "scope=\"col\"")
        writer.element("th", "\(partner) owes", "scope=\"col\" class=\"owes\"")
        writer.element("th", "Owed to \(partner)", "scope=\"col\" class=\"owed\"")
        writer.raw("</tr></thead>\n<tbody>\n")
        for flow in flows {
            writer.raw("<tr>")
            writer.element("th", flow.name, "scope=\"row\"")
            writeCell(flow.owes, "owes", to: &writer)
            writeCell(flow.owed, "owed", to: &writer)
            writer.raw("</tr>\n")
        }
        writer.raw("</tbody>\n</table>\n")
    }

    /// Writes an amount with its bar, which grows from the line between the two columns; nothing
    /// for 0.
    private func writeCell(_ amount: Int128, _ side: String, to writer: inout PageWriter) {
        writer.raw("<td class=\"\(side)\">")
        if amount > 0 {
            let width = width(amount)
            let start = side == "owes" ? Self.barWidth - width : 0
            writer.raw("<div>")
            writer.element("span", currency.format(minorUnits: amount))
            writer.raw("<svg viewBox=\"0 0 \(Self.barWidth) 1\" preserveAspectRatio=\"none\" ")
            writer.raw("aria-hidden=\"true\"><rect x=\"\(start)\" width=\"\(width)\" ")
            writer.raw("height=\"1\"/></svg></div>")
        }
        writer.raw("</td>")
    }

    private static let barWidth = 1_000

    /// The width of a bar: at least 4, and the full one for the largest amount.
    private func width(_ amount: Int128) -> Int {
        let largest = flows.reduce(Int128(1)) { max($0, $1.owes, $1.owed) }
        return max(4, Int(amount * Int128(Self.barWidth) / largest))
    }
}
