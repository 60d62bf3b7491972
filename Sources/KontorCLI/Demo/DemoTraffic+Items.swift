internal import Ledger
internal import Signing

/// Items that the terms allow, with the result that they give.
extension DemoTraffic {
    /// A transfer of a random member and a usual amount, or nil if the terms or the member's caps
    /// allow none.
    mutating func item(_ place: Int) -> DemoItem? {
        for _ in 0..<12 {
            guard let member = random.element(of: agreements[place].members) else { return nil }
            let amount = usualAmount(agreements[place])
            let used = agreements[place].usedByMember[member, default: 0]
            if let cap = agreements[place].caps.map(\.amount).min(), used + amount > cap {
                continue
            }
            guard var item = quote(place, member: member, amount: amount) else { continue }
            if !agreements[place].caps.isEmpty {
                agreements[place].usedByMember[member] = used + amount
            }
            if let once = agreements[place].once, amount >= once.threshold {
                agreements[place].onceMembers.insert(member)
            }
            count(item.bonus, place)
            if agreements[place].needsReference || random.permille(40) {
                item.reference = reference()
            }
            if random.permille(60) { item.to = random.element(of: agreements[place].members) }
            return item
        }
        return nil
    }

    /// The item that the terms make of an amount, or nil if they refuse it.
    func quote(_ place: Int, member: UInt128, amount: Int64) -> DemoItem? {
        let agreement = agreements[place]
        let request = QuoteRequest(
            amount: amount,
            facts: facts(of: agreement),
            channel: agreement.channel
        )
        let rates = agreement.fixed?.now
        let quotation = agreement.terms.quote(request, at: ledger.now, rates: rates)
        guard quotation.converts, quotation.faults.isEmpty else { return nil }
        var item = DemoItem(
            member: member,
            amount: amount,
            debit: quotation.debit,
            credit: quotation.credit,
            bonus: quotation.bonus
        )
        let hadOnce = agreement.onceMembers.contains(member)
        for group in agreement.groups {
            if hadOnce, group == agreement.once?.group { continue }
            item.tokens.append((group, Self.token(member, group)))
        }
        // A quote of the terms is one for a member who has used nothing.
        if hadOnce, let once = agreement.once, amount >= once.threshold { item.bonus -= once.units }
        return item
    }

    /// The issuer's token of a member in a group.
    private static func token(_ member: UInt128, _ group: String) -> UInt128 {
        var mixed = group.utf8.reduce(UInt64(truncatingIfNeeded: member)) {
            ($0 &* 1_099_511_628_211) ^ UInt64($1)
        }
        mixed ^= UInt64(truncatingIfNeeded: member >> 64)
        var random = DemoRandom(seed: mixed)
        return random.identifier()
    }

    /// Counts bonus units; an agreement whose funder would soon stop paying is used no more.
    private mutating func count(_ bonus: Int64, _ place: Int) {
        guard let budget = agreements[place].bonusBudget else { return }
        agreements[place].bonusUnits += bonus
        if agreements[place].bonusUnits * 10 > budget * 9, agreements[place].weight > 0 {
            agreements[place].weight = 0
            weigh()
        }
    }

    mutating func reference() -> String {
        referenceCount += 1
        let number = String(referenceCount)
        return "ref-" + String(repeating: "0", count: max(0, 7 - number.count)) + number
    }

    /// Some hundreds to some tens of thousands of units, most of them few, on the agreement's
    /// increment.
    private mutating func usualAmount(_ agreement: DemoAgreement) -> Int64 {
        let steps = [500, 1_000, 1_000, 2_000, 2_500, 5_000, 5_000, 10_000, 20_000, 40_000]
        let step = steps[random.below(steps.count)]
        var target = Int64(step + random.below(step + 1))
        if let cap = agreement.caps.map(\.amount).min() { target = min(target, cap / 3) }
        let least = agreement.minimum
        guard target > least else { return least }
        guard let increment = agreement.increment else {
            return random.permille(500) ? target : target / 100 * 100
        }
        return least + (target - least) / increment * increment
    }
}
