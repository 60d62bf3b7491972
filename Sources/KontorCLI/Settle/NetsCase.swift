internal import Money
internal import Settlement
internal import Signing

/// Plain nets, and the plans that pay them.
struct NetsCase {
    /// By name.
    let dues: [PaymentPlan.Due]
    /// The plan that is asked for; both if none is.
    let mode: PaymentPlan.Mode?
    let currency: Currency?

    /// The plans, by mode; an exact one only where there are few enough, unless it is asked for.
    func plans() throws(SettlementError) -> [(mode: PaymentPlan.Mode, plan: PaymentPlan)] {
        if let mode { return [(mode, try PaymentPlan(mode: mode, dues: dues))] }
        let direct = try PaymentPlan(mode: .direct, dues: dues)
        let count = dues.count { $0.minorUnits != 0 }
        guard count <= SettlementLimits.exactPlan else { return [(.direct, direct)] }
        return [(.direct, direct), (.exact, try PaymentPlan(mode: .exact, dues: dues))]
    }

    func text() throws(SettlementError) -> String {
        // The plans check the nets, so that sums below are of numbers in range.
        let plans = try plans()
        var nets = Table([("participant", .left), ("net", .right)])
        for due in dues { nets.add([due.participant, format(due.minorUnits)]) }
        nets.add(["sum", format(dues.reduce(0) { $0 + $1.minorUnits })])
        var parts = ["Nets\(currency.map { " in \($0.code)" } ?? "")\n\n" + nets.text]
        for (mode, plan) in plans {
            var table = Table([("from", .left), ("to", .left), ("amount", .right)])
            for payment in plan.payments {
                table.add([payment.payer, payment.payee, format(payment.minorUnits)])
            }
            let count = plan.payments.count
            parts.append(
                "Payments, \(mode.rawValue): \(count)" + (count == 0 ? "" : "\n\n" + table.text)
            )
        }
        if mode == nil, plans.count == 1 {
            parts.append(
                "An exact plan is made for at most \(SettlementLimits.exactPlan) participants."
            )
        }
        return parts.joined(separator: "\n\n")
    }

    func json() throws(SettlementError) -> JSONValue {
        let nets = dues.map { due -> JSONValue in
            ["participant": .string(due.participant), "net": .minorUnits(due.minorUnits)]
        }
        let plans = try plans().map { entry -> JSONValue in
            ["plan": .string(entry.mode.rawValue), "payments": entry.plan.json]
        }
        return ["nets": .array(nets), "sum": 0, "plans": .array(plans)]
    }

    private func format(_ amount: Int128) -> String {
        currency?.format(minorUnits: amount) ?? amount.grouped
    }
}
