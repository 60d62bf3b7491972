internal import Settlement

extension ReconciliationPage {
    private static let good = "#1f6f5c"
    private static let bad = "#a8442c"

    mutating func writePictures() {
        writer.raw("<section class=\"pictures\">\n")
        figure("Matched by pass", passes) { $0.write(to: &$1) }
        figure("Open, by age in days", ages) { $0.write(to: &$1) }
        let risks = risks
        if !risks.bars.isEmpty { figure("Value at risk", risks) { $0.write(to: &$1) } }
        writer.raw("</section>\n")
    }

    private mutating func figure<Picture>(
        _ title: String,
        _ picture: Picture,
        _ write: (Picture, inout PageWriter) -> Void
    ) {
        writer.raw("<figure>\n")
        writer.element("h2", title)
        writer.raw("\n")
        write(picture, &writer)
        writer.raw("</figure>\n")
    }

    /// Rows of the ledger by the pass that matched them, and those that none did.
    private var passes: BarChart {
        let all = report.comparedRowCount
        let passes = result.metrics.passes.filter { $0.pass != .text }
        let matched = passes.reduce(0) { $0 + $1.ledgerRows }
        var bars = passes.map { pass in
            BarChart.Bar(
                name: "\(pass.pass.code)  \(pass.pass.title)",
                amount: Int128(pass.ledgerRows),
                figure: count(pass.ledgerRows),
                fill: Self.good
            )
        }
        let rest = max(0, all - matched)
        bars.append(
            BarChart.Bar(
                name: "in no match",
                amount: Int128(rest),
                figure: count(rest),
                fill: Self.bad
            )
        )
        return BarChart(
            title: "Rows of the ledger by the pass that matched them",
            id: "passes",
            bars: bars,
            whole: Int128(all)
        )
    }

    /// Open breaks by age, with what they are worth.
    private var ages: ColumnChart {
        let fills = ["#c9b458", "#c98f42", "#bd6a38", "#a8442c", "#7c2a1d"]
        let columns = zip(AgeBucket.allCases, fills).map { bucket, fill in
            let found = result.metrics.ages.first { $0.age == bucket }
            return ColumnChart.Column(
                name: bucket.title,
                amount: Int128(found?.breaks ?? 0),
                figure: count(found?.breaks ?? 0),
                note: found.map { $0.valueAtRisk > 0 ? amount($0.valueAtRisk) : "" } ?? "",
                fill: fill
            )
        }
        return ColumnChart(title: "Open breaks by age in days", id: "ages", columns: columns)
    }

    /// What open breaks are worth, by type, the largest first.
    private var risks: BarChart {
        let types = BreakType.allCases.enumerated().map { order, type in
            let value = result.metrics.causes.reduce(Int128(0)) {
                $1.type == type ? $0 + $1.valueAtRisk : $0
            }
            return (order: order, type: type, value: value)
        }
        let sorted = types.filter { $0.value > 0 }.sorted {
            ($1.value, $0.order) < ($0.value, $1.order)
        }
        return BarChart(
            title: "Value at risk of open breaks by type",
            id: "risks",
            bars: sorted.prefix(8).map { line in
                BarChart.Bar(
                    name: line.type.title,
                    amount: line.value,
                    figure: money(line.value),
                    fill: Self.bad
                )
            }
        )
    }
}
