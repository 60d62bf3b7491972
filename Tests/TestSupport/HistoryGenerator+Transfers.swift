import Signing

extension HistoryGenerator {
    mutating func transfers() -> [UInt8] {
        guard let agreement = random.pick(agreements) else {
            return network.policy(feePerItem: nil)
        }
        let terms = agreement.terms
        let debtor = terms.text("debtor")
        let known = members[NaiveLedger.pair(debtor, terms.text("creditor"))] ?? []
        let count = Int(random.chance(60) ? 1 : random.number(2...4))
        let items = (0..<count).map { _ in
            let member =
                random.chance(97) ? random.pick(known) ?? network.pseudonym() : network.pseudonym()
            return item(member, agreement)
        }
        return network.transfers(from: signer(debtor), terms: agreement.hash, items: items)
    }

    /// An item with the numbers that the twin expects now, sometimes spoiled.
    private mutating func item(
        _ member: String,
        _ agreement: (hash: Digest, terms: JSONValue)
    ) -> JSONValue {
        let amount = self.amount(agreement.terms)
        var item: JSONValue = ["member": .string(member), "amount": .integer(amount)]
        let groups = agreement.terms.list("groups").map { $0.text("group") }
        let counters = groups.filter { _ in random.chance(95) }.map {
            (group: $0, token: random.pick(tokens) ?? "")
        }
        if !counters.isEmpty { item = item.with("counters", Network.counters(counters)) }
        if random.chance(90) {
            let tier = random.chance(50) ? "gold" : "silver"
            item = item.with(
                "facts",
                ["tier": .string(tier), "product": .string(random.chance(70) ? "card" : "shop")]
            )
        }
        if agreement.terms.flag("uniqueRef"), random.chance(95) {
            item = item.with("ref", .string("r-\(random.number(0...60))"))
        }
        let numbers = twin.expectation(item, agreement.hash.base64URL, at: network.now)
        let wrong = random.chance(4) ? random.number(0...2) : -1
        return item.with("debit", .integer(numbers.debit + (wrong == 0 ? 1 : 0)))
            .with("credit", .integer(numbers.credit + (wrong == 1 ? 1 : 0)))
            .with("bonus", .integer(numbers.bonus + (wrong == 2 ? 1 : 0)))
    }

    private mutating func amount(_ terms: JSONValue) -> Int64 {
        let conversion = terms["conversion"] ?? [:]
        let increment = conversion.number("increment") ?? 1
        let least = conversion.number("minimum") ?? increment
        if random.chance(8) { return random.number(0...500) }
        let cleanly = conversion["ratio"]?["fixed"]?.number("denominator") ?? 1
        let step = conversion.text("rounding") == "exact" ? increment * cleanly : increment
        if conversion["steps"] != nil, random.chance(70) { return random.number(1...4) * 100 }
        return (least + random.number(0...40) * step + step - 1) / step * step
    }

    mutating func settle() -> [UInt8] {
        let waiting = twin.lines.filter(\.isHeld)
        guard let first = random.pick(waiting) else { return transfers() }
        var items = waiting.filter {
            $0.entry == first.entry && ($0.item == first.item || random.chance(60))
        }
        if random.chance(20) { items.reverse() }
        let creditor = signer(first.creditor)
        if random.chance(25) {
            return network.void(first.entry, items.map { Int64($0.item) }, by: creditor)
        }
        let stated = items.map { line in
            let bonus = twin.bonusAtCommit(line, at: network.now)
            let wrong: Int64 = random.chance(5) ? 1 : 0
            return (Int64(line.item), line.credit, bonus + wrong)
        }
        return network.commit(first.entry, stated, by: creditor)
    }

    mutating func reverse() -> [UInt8] {
        let posted = twin.lines.filter { $0.postedEntry != nil }
        guard let line = random.pick(posted), let entry = line.postedEntry else {
            return transfers()
        }
        let isWhole = random.chance(50) || line.amount < 2
        let remaining = isWhole ? 0 : random.number(1...max(1, line.amount))
        let rest = remaining == 0 ? (debit: 0, credit: 0, bonus: 0) : twin.rest(of: line, remaining)
        let wrong: Int64 = random.chance(5) ? 1 : 0
        let item = Network.reversal(
            Int64(line.item),
            remaining: remaining,
            debit: max(0, line.debit - rest.debit + wrong),
            credit: max(0, line.credit - rest.credit),
            bonus: max(0, line.bonus - rest.bonus)
        )
        return network.reverse(entry, [item], by: signer(line.creditor))
    }
}

/// What the twin holds right, for those who ask before they sign.
extension NaiveLedger {
    func expectation(
        _ item: JSONValue,
        _ hash: String,
        at time: Timestamp
    ) -> (debit: Int64, credit: Int64, bonus: Int64) {
        guard let agreement = agreements[hash] else { return (1, 1, 0) }
        var line = Self.line(item, [:], 0, agreement, Place(index: 0, time: time))
        guard let result = try? Self.convert(agreement.terms, line.amount) else { return (1, 1, 0) }
        (line.debit, line.credit) = result
        var later = self
        later.expireHolds(at: time)
        line.grants = later.grants(line, posted: time...(line.expiry ?? time), now: time)
        return (line.debit, line.credit, line.bonus)
    }

    func bonusAtCommit(_ line: Line, at time: Timestamp) -> Int64 {
        let bonuses = line.terms.list("bonuses")
        return line.grants.filter { grant in
            let bonus = bonuses[grant.bonus]
            guard bonus.text("basis") == "posted" else { return true }
            return (bonus.time("validFrom") ?? time) <= time
                && time < (bonus.time("validTo") ?? .latest)
        }.reduce(0) { $0 + $1.units }
    }

    func rest(of line: Line, _ remaining: Int64) -> (debit: Int64, credit: Int64, bonus: Int64) {
        var after = line
        after.amount = remaining
        guard let posted = line.posted, let result = try? Self.convert(line.terms, remaining) else {
            return (0, 0, 0)
        }
        (after.debit, after.credit) = result
        after.grants =
            Self.dependsOnHistory(line.terms)
            ? [] : grants(after, posted: posted...posted, now: posted)
        return (after.debit, after.credit, after.bonus)
    }
}
