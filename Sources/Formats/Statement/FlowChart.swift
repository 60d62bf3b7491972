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

    private static let rowHeight = 34
    private static let top = 40
    private static let center = 500
    private static let barWidth = 210

    /// Writes the chart as SVG, with its figures in words.
    func write(to writer: inout PageWriter) {
        guard !flows.isEmpty else {
            writer.raw("<p>Nothing flowed in this window.</p>\n")
            return
        }
        let height = Self.top + flows.count * Self.rowHeight + 8
        writer.raw("<svg viewBox=\"0 0 900 \(height)\" role=\"img\" aria-labelledby=\"ft fd\" ")
        writer.raw("font-family=\"Segoe UI, Helvetica Neue, DejaVu Sans, Arial, sans-serif\" ")
        writer.raw("font-size=\"13\">\n")
        writer.element("title", "Flows between \(partner) and its counterparties", "id=\"ft\"")
        writer.element("desc", description, "id=\"fd\"")
        let center = Self.center
        text(
            "\(partner) owes",
            at: center - 14,
            20,
            "text-anchor=\"end\" fill=\"#a8442c\"",
            &writer
        )
        text("owed to \(partner)", at: center + 14, 20, "fill=\"#1f6f5c\"", &writer)
        for (index, flow) in flows.enumerated() { write(flow, index, to: &writer) }
        writer.raw("<line x1=\"\(center)\" y1=\"30\" x2=\"\(center)\" y2=\"\(height - 4)\" ")
        writer.raw("stroke=\"#55636e\"/>\n</svg>\n")
    }

    private func write(_ flow: Flow, _ index: Int, to writer: inout PageWriter) {
        let top = Self.top + index * Self.rowHeight
        let baseline = top + 18
        let name = flow.name.count > 20 ? flow.name.prefix(19) + "\u{2026}" : flow.name[...]
        text(String(name), at: 4, baseline, "fill=\"#1d2a33\"", &writer)
        let left = width(flow.owes)
        let right = width(flow.owed)
        if flow.owes > 0 {
            bar(at: Self.center - left, top, left, "#a8442c", &writer)
            text(
                currency.format(minorUnits: flow.owes),
                at: Self.center - left - 6,
                baseline,
                "text-anchor=\"end\" fill=\"#55636e\"",
                &writer
            )
        }
        if flow.owed > 0 {
            bar(at: Self.center, top, right, "#1f6f5c", &writer)
            text(
                currency.format(minorUnits: flow.owed),
                at: Self.center + right + 6,
                baseline,
                "fill=\"#55636e\"",
                &writer
            )
        }
    }

    /// The width of a bar: at least 1, and the full one for the largest amount.
    private func width(_ amount: Int128) -> Int {
        let largest = flows.reduce(Int128(1)) { max($0, $1.owes, $1.owed) }
        return max(1, Int(amount * Int128(Self.barWidth) / largest))
    }

    private func bar(at x: Int, _ y: Int, _ width: Int, _ fill: String, _ writer: inout PageWriter)
    {
        writer.raw("<rect x=\"\(x)\" y=\"\(y + 4)\" width=\"\(width)\" height=\"20\" ")
        writer.raw("fill=\"\(fill)\"/>\n")
    }

    private func text(
        _ text: String,
        at x: Int,
        _ y: Int,
        _ attributes: String,
        _ writer: inout PageWriter
    ) {
        writer.element("text", text, "x=\"\(x)\" y=\"\(y)\" \(attributes)")
        writer.raw("\n")
    }

    private var description: String {
        flows.map { flow in
            "\(flow.name): owes \(currency.format(minorUnits: flow.owes)), "
                + "is owed \(currency.format(minorUnits: flow.owed))"
        }.joined(separator: "; ")
    }
}
