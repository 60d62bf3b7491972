internal import Money
internal import Settlement
internal import Signing

/// An explanation as tables for people.
struct ExplainText {
    private let settlement: SettlementCase
    private let explanation: Explanation
    private var currency: Currency { settlement.currency }
    private var rounds: [Explanation.Round] { explanation.rounds }

    init(_ settlement: SettlementCase, _ explanation: Explanation) {
        self.settlement = settlement
        self.explanation = explanation
    }

    /// The whole text, without a final line end.
    var text: String {
        ([obligations] + lines + [nets, figures, carried, payments].compactMap { $0 })
            .joined(separator: "\n\n")
    }

    /// How a round is called in a head.
    private func name(_ round: Int) -> String {
        rounds.count == 1 ? currency.code : round == 0 ? "provisional" : "final"
    }

    private var names: [(String, Table.Alignment)] {
        rounds.indices.map { (name($0), .right) }
    }

    private var obligations: String {
        let changes: [(String, Table.Alignment)] = rounds.count == 2 ? [("true-up", .right)] : []
        var table = Table(
            [
                ("#", .right), ("debtor", .left), ("creditor", .left), ("owes exactly", .right),
                ("in", .left),
            ] + names + changes + [("agreement", .left)]
        )
        for (place, entry) in settlement.debts.enumerated() {
            let debt = entry.debt
            let settled = rounds.map { $0.debts[place] }
            var row = [
                "\(place)", debt.debtor, debt.creditor, debt.amount.text(in: debt.currency),
                debt.currency.code,
            ]
            row += settled.map { amount($0.outcome) }
            if rounds.count == 2 { row.append(change(settled)) }
            table.add(row + [debt.agreement])
        }
        let sheets = rounds.compactMap(\.sheet).map {
            "\($0.source) of \(CivilDate(days: Int($0.day)))"
        }
        let by = sheets.isEmpty ? "" : ", by \(sheets.joined(separator: ", then "))"
        return "Obligations, settled in \(currency.code)\(by)\n\n" + table.text
    }

    private func amount(_ outcome: Explanation.Debt.Outcome) -> String {
        switch outcome {
        case .settled(let debt): currency.format(minorUnits: debt.minorUnits)
        case .unrated(.notQuoted(let missing)): "unrated (no \(missing.code))"
        case .unrated: "unrated (no sheet)"
        }
    }

    private func change(_ debts: [Explanation.Debt]) -> String {
        guard let before = debts.first?.settled, let after = debts.last?.settled else { return "" }
        return currency.format(minorUnits: after.minorUnits - before.minorUnits)
    }

    /// A table for each debt with lines.
    private var lines: [String] {
        settlement.debts.enumerated().compactMap { place, entry in
            guard !entry.lines.isEmpty else { return nil }
            var table = Table([("entry", .right), ("item", .right), ("units", .right)] + names)
            for (number, line) in entry.lines.enumerated() {
                let amounts = rounds.map { round in
                    let lines = round.debts[place].lines
                    return lines.isEmpty ? "" : currency.format(minorUnits: lines[number])
                }
                table.add(
                    ["\(line.key.index)", "\(line.key.item)", line.units.grouped] + amounts
                )
            }
            return "Lines of obligation \(place)\n\n" + table.text
        }
    }

    private var nets: String {
        let changes: [(String, Table.Alignment)] = rounds.count == 2 ? [("change", .right)] : []
        var table = Table(
            [("participant", .left), ("receivable", .right), ("payable", .right)]
                + rounds.indices.map { (rounds.count == 1 ? "net" : "net \(name($0))", .right) }
                + changes
        )
        let figures = rounds.map(\.netting.figures)
        let all = Set(figures.flatMap { $0.participants.map(\.name) }).sorted()
        var sums = Array(repeating: Int128(0), count: rounds.count)
        for name in all {
            let found = figures.map { figure in figure.participants.first { $0.name == name } }
            let nets = found.map { $0?.net ?? 0 }
            for (round, net) in nets.enumerated() { sums[round] += net }
            let first = found.first ?? nil
            table.add(
                [
                    name, currency.format(minorUnits: first?.receivable ?? 0),
                    currency.format(minorUnits: first?.payable ?? 0),
                ] + row(nets)
            )
        }
        table.add(["sum", "", ""] + row(sums))
        return "Nets (what is received, negative what is paid)\n\n" + table.text
    }

    /// Amounts, and the last less the first where there are two.
    private func row(_ amounts: [Int128]) -> [String] {
        let cells = amounts.map { currency.format(minorUnits: $0) }
        guard amounts.count == 2 else { return cells }
        return cells + [currency.format(minorUnits: amounts[1] - amounts[0])]
    }

    private var figures: String {
        var table = Table([
            ("sheet", .left), ("gross", .right), ("bilateral", .right), ("multilateral", .right),
            ("saved", .right),
        ])
        for (place, round) in rounds.enumerated() {
            let figures = round.netting.figures
            let ratio = figures.nettingRatioPermille
            table.add(
                [name(place)]
                    + [figures.gross, figures.bilateral, figures.multilateral].map {
                        currency.format(minorUnits: $0)
                    } + ["\(ratio / 10).\(ratio % 10) %"]
            )
        }
        return "What is paid in each model\n\n" + table.text
    }

    private var carried: String? {
        let carries = rounds.first?.netting.carriedOut ?? []
        guard !carries.isEmpty, let netting = rounds.first?.netting else { return nil }
        var table = Table([("participant", .left), ("against", .left), ("carried", .right)])
        for carry in carries {
            table.add([
                carry.participant, carry.counterparty ?? "all",
                currency.format(minorUnits: carry.minorUnits),
            ])
        }
        if settlement.model == .multilateral {
            let float = currency.format(minorUnits: netting.floatCarriedOut)
            table.add([PaymentPlan.floatAccount, "", float])
        }
        return "Below the minimum payment, carried to the next window\n\n" + table.text
    }

    private var payments: String {
        let plan = rounds.first?.plan.payments ?? []
        var table = Table([("from", .left), ("to", .left), ("amount", .right)])
        for payment in plan {
            table.add([
                payment.payer, payment.payee, currency.format(minorUnits: payment.minorUnits),
            ])
        }
        let kind =
            settlement.model == .multilateral
            ? "\(settlement.model.rawValue), \(settlement.mode.rawValue)"
            : settlement.model.rawValue
        let after =
            rounds.count == 2
            ? "\n\nThese are the payments of the provisional sheet; true-ups are owed in the window"
                + " that is open when the final sheet comes." : ""
        return "Payments (\(kind)): \(plan.count)" + (plan.isEmpty ? "" : "\n\n" + table.text)
            + after
    }
}
