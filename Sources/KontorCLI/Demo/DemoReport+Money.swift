internal import Ledger
internal import Money
internal import Settlement

/// The part of the report that is about money: flows, positions, and what netting leaves of them.
extension DemoReport {
    var flowLines: [String] {
        var table = Table([
            ("from", .left), ("to", .left), ("debited", .right), ("credited", .right),
            ("value", .right), ("in", .left),
        ])
        for flow in flows.prefix(10) {
            table.add([
                flow.from.cut(to: 22), flow.to.cut(to: 22), flow.debit.grouped, flow.credit.grouped,
                flow.currency.format(minorUnits: flow.value), flow.currency.code,
            ])
        }
        return Self.heading("Largest flows, by units debited") + Self.lines(of: table)
    }

    var positionLines: [String] {
        var table = Table([
            ("in", .left), ("debtor", .left), ("creditor", .left), ("owes", .right),
            ("held", .right),
        ])
        for line in largestPositions(perCurrency: 3) {
            table.add([
                line.currency.code, line.debtor.cut(to: 26), line.creditor.cut(to: 26),
                line.currency.format(minorUnits: line.posted),
                line.currency.format(minorUnits: line.held),
            ])
        }
        return Self.heading(
            "Who owes whom: the largest of \(positions.count.grouped) positions, by currency"
        )
            + Self.lines(of: table)
    }

    var netLines: [String] {
        var totals = Table([
            ("in", .left), ("gross", .right), ("bilateral", .right), ("multilateral", .right),
            ("saved", .right),
        ])
        var extremes = Table([
            ("in", .left), ("pays most", .left), ("net", .right), ("receives most", .left),
            ("net", .right),
        ])
        for net in nets {
            let ratio = net.nettingRatioPermille
            totals.add([
                net.currency.code, net.currency.format(minorUnits: net.gross),
                net.currency.format(minorUnits: net.bilateral),
                net.currency.format(minorUnits: net.multilateral),
                "\(ratio / 10).\(ratio % 10) %",
            ])
            let sorted = net.participants.sorted { ($0.net, $0.name) < ($1.net, $1.name) }
            for (debtor, creditor) in zip(sorted, sorted.reversed()).prefix(2) {
                extremes.add([
                    net.currency.code, debtor.name.cut(to: 26),
                    net.currency.format(minorUnits: -debtor.net),
                    creditor.name.cut(to: 26), net.currency.format(minorUnits: creditor.net),
                ])
            }
        }
        return Self.heading("What netting would leave to pay") + Self.lines(of: totals) + [""]
            + Self.lines(of: extremes)
    }
}

extension String {
    /// The text, cut to a width.
    func cut(to width: Int) -> String {
        count <= width ? self : prefix(width - 1) + "…"
    }
}
