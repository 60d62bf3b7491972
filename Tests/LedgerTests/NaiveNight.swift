import Settlement

/// Nights computed one by one, with small integers and no cleverness, beside the real ones.
///
/// Exact values are integers over 2,100, which all prices of these networks divide.
struct NaiveNight {
    /// What one deal owes for a window, or for a true-up.
    struct Debt {
        let deal: Int
        let window: UInt64
        /// Exact minor units × 2,100.
        var value: Int
        let isTrueUp: Bool
        /// Whose sheets hold for it.
        var sheets: UInt64
        var aside: Aside?
        var amount: Int?
        var isReleased = false
    }

    /// Debtor, creditor, model, and whether the price is in dollars.
    struct Deal {
        let debtor: String
        let creditor: String
        let model: SettlementModel
        let isDollar: Bool
    }

    /// Why a debt waits.
    enum Aside { case suspended, objected }

    static let scale = 2_100
    let deals: [Deal]
    let minimum: Int
    let carryMaxDays: Int
    var debts: [Debt] = []
    var carries: [SettlementModel: [String: (amount: Int, since: Int)]] = [:]
    var suspended: Set<String> = []
    /// Dollars for a euro, in hundredths, by window.
    var provisional: [UInt64: Int] = [:]
    var final: [UInt64: Int] = [:]

    /// Adds to what a deal owes in the open window.
    mutating func post(_ deal: Int, _ value: Int, window: UInt64) {
        if let place = debts.firstIndex(where: {
            $0.deal == deal && $0.window == window && !$0.isTrueUp
        }) {
            debts[place].value += value
        } else {
            debts.append(
                Debt(deal: deal, window: window, value: value, isTrueUp: false, sheets: window)
            )
        }
    }

    /// Half-even, by looking at twice the remainder.
    static func rounded(_ numerator: Int, _ denominator: Int) -> Int {
        var whole = numerator / denominator
        var rest = numerator % denominator
        if rest < 0 { (whole, rest) = (whole - 1, rest + denominator) }
        if rest * 2 > denominator || (rest * 2 == denominator && whole % 2 != 0) { whole += 1 }
        return whole
    }

    func amount(_ debt: Debt, final isFinal: Bool) -> Int {
        guard deals[debt.deal].isDollar, !debt.isTrueUp else {
            return Self.rounded(debt.value, Self.scale)
        }
        let rate = isFinal ? final[debt.sheets] : provisional[debt.sheets]
        return Self.rounded(debt.value * 100, Self.scale * (rate ?? 1))
    }

    /// The places of debts that a settlement takes; those of suspended partners are set aside.
    mutating func take(_ model: SettlementModel, until window: UInt64) -> [Int] {
        var taken: [Int] = []
        for place in debts.indices where isDue(debts[place], model, until: window) {
            let deal = deals[debts[place].deal]
            if suspended.contains(deal.debtor) || suspended.contains(deal.creditor) {
                debts[place].aside = .suspended
            } else {
                let isFinal = final[debts[place].sheets] != nil
                debts[place].amount = amount(debts[place], final: isFinal)
                taken.append(place)
            }
        }
        return taken
    }

    func hasWork(_ model: SettlementModel, until window: UInt64) -> Bool {
        debts.contains { isDue($0, model, until: window) } || carries[model]?.isEmpty == false
    }

    private func isDue(_ debt: Debt, _ model: SettlementModel, until window: UInt64) -> Bool {
        deals[debt.deal].model == model && debt.aside == nil && !debt.isReleased
            && debt.window <= window && debt.amount == nil
    }

    /// What each ordered pair pays, through the account where it is netted among all.
    func legs(_ taken: [Int], _ model: SettlementModel, window: UInt64) -> Outcome {
        var owes: [String: Int] = [:]
        for place in taken {
            let deal = deals[debts[place].deal]
            owes["\(deal.debtor)+\(deal.creditor)", default: 0] += debts[place].amount ?? 0
        }
        let sums = owes
        owes = sums.mapValues { max(0, $0) }
        for (key, sum) in sums where sum < 0 {
            let names = key.split(separator: "+")
            owes["\(names[1])+\(names[0])", default: 0] -= sum
        }
        var values: [String: Int] = [:]
        for (key, amount) in owes {
            let names = key.split(separator: "+").map(String.init)
            switch model {
            case .multilateral:
                values[names[0], default: 0] -= amount
                values[names[1], default: 0] += amount
            case .bilateral:
                let isFirst = names[0] < names[1]
                let pair = isFirst ? key : "\(names[1])+\(names[0])"
                values[pair, default: 0] += isFirst ? -amount : amount
            case .gross: values[key, default: 0] += amount
            }
        }
        var outcome = Outcome(gross: owes.values.reduce(0, +))
        let before = carries[model] ?? [:]
        for key in Set(values.keys).union(before.keys) {
            let value = (values[key] ?? 0) + (before[key]?.amount ?? 0)
            let since = before[key]?.since ?? Int(window)
            if value == 0 { continue }
            if abs(value) >= minimum || Int(window) - since >= carryMaxDays {
                outcome.pay(key, value, model)
            } else {
                outcome.carries[key] = (value, since)
            }
        }
        return outcome
    }

    /// Legs, and what is carried on.
    struct Outcome {
        var gross: Int
        var dues: [String: Int] = [:]
        var carries: [String: (amount: Int, since: Int)] = [:]

        init(gross: Int) { self.gross = gross }

        mutating func pay(_ key: String, _ value: Int, _ model: SettlementModel) {
            let names = key.split(separator: "+").map(String.init)
            switch model {
            case .multilateral: dues[key, default: 0] += value
            case .bilateral:
                dues[names[0], default: 0] += value
                dues[names[1], default: 0] -= value
            case .gross:
                dues[names[0], default: 0] -= value
                dues[names[1], default: 0] += value
            }
        }
    }

    /// What is owed by the books: exact values of all that is not released, × 2,100.
    var exposures: [String: Int] {
        var sums: [String: Int] = [:]
        for debt in debts where !debt.isReleased {
            let deal = deals[debt.deal]
            let currency = deal.isDollar && !debt.isTrueUp ? "USD" : "EUR"
            sums["\(deal.debtor)>\(deal.creditor) \(currency)", default: 0] += debt.value
        }
        return sums.filter { $0.value != 0 }
    }

    /// Finalises a window: books the differences into the open one.
    mutating func finalise(_ window: UInt64, rate: Int, open: UInt64) {
        final[window] = rate
        for debt in debts where debt.sheets == window && debt.amount != nil && !debt.isTrueUp {
            let difference = amount(debt, final: true) - (debt.amount ?? 0)
            guard deals[debt.deal].isDollar, difference != 0 else { continue }
            let value = difference * Self.scale
            if let place = debts.firstIndex(where: {
                $0.deal == debt.deal && $0.window == open && $0.isTrueUp
            }) {
                debts[place].value += value
            } else {
                debts.append(
                    Debt(
                        deal: debt.deal,
                        window: open,
                        value: value,
                        isTrueUp: true,
                        sheets: open
                    )
                )
            }
        }
    }
}
