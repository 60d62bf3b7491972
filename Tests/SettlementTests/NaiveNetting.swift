import Settlement

/// The rules of S-22 and S-24 read out loud, over lists of everything with everything.
struct NaiveNetting {
    /// What a key is due, carries on, and since when; keys are `p`, `p+q` and `p>q`.
    struct Outcome: Hashable {
        let key: String
        let due: Int128
        let carried: Int128
        let since: Int64?
    }

    let outcomes: [Outcome]
    let gross: Int128
    let bilateral: Int128
    let multilateral: Int128

    init(_ window: RandomWindow, _ model: SettlementModel) {
        let names = Set(
            window.obligations.flatMap { [$0.debtor, $0.creditor] }
                + window.carriedIn.flatMap {
                    [$0.participant] + ($0.counterparty.map { [$0] } ?? [])
                }
        )
        .sorted()
        func owes(_ one: String, _ other: String) -> Int128 {
            window.obligations.filter { $0.debtor == one && $0.creditor == other }
                .reduce(0) { $0 + $1.minorUnits }
        }
        func net(_ name: String) -> Int128 {
            names.reduce(0) { $0 + owes($1, name) - owes(name, $1) }
        }
        var gross: Int128 = 0
        var bilateral: Int128 = 0
        for one in names {
            for other in names where one != other {
                gross += abs(owes(one, other))
                if one < other { bilateral += abs(owes(one, other) - owes(other, one)) }
            }
        }
        self.gross = gross
        self.bilateral = bilateral
        multilateral = names.reduce(0) { $0 + max(0, net($1)) }
        var outcomes: [Outcome] = []
        func settle(_ key: String, _ value: Int128, _ carries: [(Int128, Int64)], _ closed: Bool) {
            let balance = value + carries.reduce(0) { $0 + $1.0 }
            let since = carries.first { $0.0 != 0 }?.1 ?? window.policy.cutoff
            let age = window.policy.cutoff - since
            let pays =
                abs(balance) >= window.policy.minimumPayment || closed
                || age >= Int64(window.policy.carryMaxDays) * RandomWindow.day
            if balance == 0 { return }
            outcomes.append(
                pays
                    ? Outcome(key: key, due: balance, carried: 0, since: nil)
                    : Outcome(key: key, due: 0, carried: balance, since: since)
            )
        }
        switch model {
        case .multilateral:
            for name in names {
                let carries = window.carriedIn.filter { $0.participant == name }
                    .map { ($0.minorUnits, $0.since) }
                settle(name, net(name), carries, window.closed.contains(name))
            }
        case .bilateral, .gross:
            for one in names {
                for other in names where model == .gross ? one != other : one < other {
                    let isGross = model == .gross
                    let value = (isGross ? 0 : owes(other, one)) - owes(one, other)
                    let same = window.carriedIn.filter {
                        $0.participant == one && $0.counterparty == other
                    }
                    let turned = window.carriedIn.filter {
                        !isGross && $0.participant == other && $0.counterparty == one
                    }
                    settle(
                        one + (isGross ? ">" : "+") + other,
                        value,
                        same.map { ($0.minorUnits, $0.since) }
                            + turned.map { (-$0.minorUnits, $0.since) },
                        window.closed.contains(one) || window.closed.contains(other)
                    )
                }
            }
        }
        self.outcomes = outcomes.sorted { $0.key < $1.key }
    }

    /// The lines of a netting in the same words.
    static func outcomes(of netting: Netting) -> [Outcome] {
        netting.lines.compactMap { line in
            let sign = netting.model == .gross ? ">" : "+"
            let key = line.participant + (line.counterparty.map { sign + $0 } ?? "")
            guard line.due != 0 || line.carriedOut != 0 else { return nil }
            return Outcome(
                key: key,
                due: line.due,
                carried: line.carriedOut,
                since: line.waitingSince
            )
        }
        .sorted { $0.key < $1.key }
    }
}
