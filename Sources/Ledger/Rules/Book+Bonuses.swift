internal import Money
internal import Signing

/// Which bonuses an item gets, and whose units they are (spec/10 §2, §3).
extension Book {
    /// The bonuses of an item, one grant for each that counts.
    func grants(
        _ terms: Terms,
        _ plan: Plan,
        _ place: Int32,
        _ now: Bonus.Circumstances,
        token: (Int32) -> UInt128?
    ) throws(Fault) -> [Grant] {
        var grants: [Grant] = []
        var exclusive: Grant?
        for (index, bonus) in terms.bonuses.enumerated() where bonus.applies(now) {
            guard isOpen(bonus, plan.bonuses[index], now.requested, token: token) else { continue }
            let units = try bonus.units(now)
            guard units > 0, let funded = funding(bonus, index, units, terms, place) else {
                continue
            }
            let grant = Grant(bonus: Int32(index), units: units, funded: funded)
            if bonus.stack == .additive {
                grants.append(grant)
            } else if units > exclusive?.units ?? 0 {
                exclusive = grant
            }
        }
        if let exclusive { grants.append(exclusive) }
        grants.sort { $0.bonus < $1.bonus }
        return grants
    }

    /// Whether the bearer of the token may still have it.
    private func isOpen(
        _ bonus: Bonus,
        _ plan: Plan.BonusPlan,
        _ now: Timestamp,
        token: (Int32) -> UInt128?
    ) -> Bool {
        guard let group = plan.group else { return true }
        guard let token = token(group) else { return false }
        for case let kind? in [plan.onceKind, plan.placesKind]
        where counters.kinds[Int(kind)].end <= now { return false }
        if let kind = plan.onceKind, counters.used(token, kind: kind, period: 0, now: now) > 0 {
            return false
        }
        guard let limit = bonus.memberCount, let kind = plan.placesKind,
            let total = plan.placesTotal
        else { return true }
        return counters.used(token, kind: kind, period: 0, now: now) > 0
            || counters.used(0, kind: total, period: 0, now: now) < limit
    }

    /// The units of each funder, or nil when a budget that stops is used up.
    private func funding(
        _ bonus: Bonus,
        _ index: Int,
        _ units: Int64,
        _ terms: Terms,
        _ place: Int32
    ) -> [Int64]? {
        guard !bonus.funding.isEmpty else { return [] }
        let first = Self.firstFunder(of: index, in: terms)
        let used = totals.indices.contains(Int(place)) ? totals[Int(place)].funded : []
        var funded: [Int64] = []
        for (number, share) in bonus.funding.enumerated() {
            let due = share.share.floor(of: units)
            let taken = used.isEmpty ? 0 : used[first + number]
            let left = max(0, share.budget - taken)
            if due > left, share.exhausted == .stop { return nil }
            funded.append(min(due, left))
        }
        return funded
    }

    /// The place of a bonus's first funder among all funders of the terms.
    static func firstFunder(of bonus: Int, in terms: Terms) -> Int {
        terms.bonuses[..<bonus].reduce(0) { $0 + $1.funding.count }
    }

    /// Counter uses that grants bring about: once-bonuses and places of limited bonuses.
    func uses(of grants: [Grant], _ plan: Plan, token: (Int32) -> UInt128?) -> [CounterUse] {
        var uses: [CounterUse] = []
        for grant in grants {
            let bonus = plan.bonuses[Int(grant.bonus)]
            guard let group = bonus.group, let token = token(group) else { continue }
            if let kind = bonus.onceKind {
                uses.append(CounterUse(token: token, kind: kind, period: 0, amount: 1))
            }
            guard let kind = bonus.placesKind else { continue }
            uses.append(CounterUse(token: token, kind: kind, period: 0, amount: 1))
        }
        return uses
    }
}
