internal import Money
internal import Signing

/// What becomes of holds: commit, void, expiry (spec/11 §5, §6).
extension Book {
    /// Releases every hold that is over, before the rules of an entry run.
    ///
    /// No entry is written for it.
    mutating func releaseExpiredHolds(at time: Timestamp) {
        guard holds.hasExpired(at: time) else { return }
        while let group = holds.popExpired(at: time) {
            for item in group.items { release(item, group, at: time) }
        }
    }

    mutating func void(
        _ entry: UInt64,
        _ items: [Int],
        signer: String,
        at position: Position
    ) throws(Refusal) {
        var faults: [Fault] = []
        for (index, number) in items.enumerated() {
            do throws(Fault) {
                let (group, item) = try heldItem(number, of: entry, signer: signer)
                holds.remove(item: item.item, of: entry)
                release(item, group, at: position.time)
            } catch {
                faults.append(error.under("items[\(index)]"))
            }
        }
        guard faults.isEmpty else { throw Refusal(faults) }
    }

    mutating func commit(
        _ entry: UInt64,
        _ items: [CommitItem],
        signer: String,
        at position: Position
    ) throws(Refusal) {
        var faults: [Fault] = []
        for (index, stated) in items.enumerated() {
            do throws(Fault) {
                let (group, item) = try heldItem(stated.item, of: entry, signer: signer)
                try post(item, stated, group, at: position)
            } catch {
                faults.append(error.under("items[\(index)]"))
            }
        }
        guard faults.isEmpty else { throw Refusal(faults) }
    }

    private func heldItem(
        _ number: Int,
        of entry: UInt64,
        signer: String
    ) throws(Fault) -> (HoldGroup, HeldItem) {
        guard let group = holds.group(of: entry) else {
            throw Fault(.unknownHold, at: "item", "entry \(entry) has no item that waits")
        }
        let terms = registry.agreements[Int(group.agreement)].terms
        guard terms.creditor == signer else {
            throw Fault(.wrongSigner, at: "item", "the creditor \(terms.creditor) signs this")
        }
        guard let item = group.items.first(where: { $0.item == number }) else {
            throw Fault(.holdReleased, at: "item", "item \(number) of entry \(entry) does not wait")
        }
        return (group, item)
    }

    /// Posts a held item with the bonuses that still hold at the time of the commit.
    private mutating func post(
        _ item: HeldItem,
        _ stated: CommitItem,
        _ group: HoldGroup,
        at position: Position
    ) throws(Fault) {
        let version = registry.agreements[Int(group.agreement)]
        guard let bound = version.plan else { return }
        let terms = version.terms
        let plan = bound.at(rates(of: group.fixing, bound), terms)
        var outcome = item.outcome
        outcome.grants.removeAll { !terms.bonuses[Int($0.bonus)].holds(atCommit: position.time) }
        guard stated.credit == outcome.credit else {
            throw Fault(
                .wrongCredit,
                at: "credit",
                "it states \(stated.credit), the hold gives \(outcome.credit)"
            )
        }
        guard stated.bonus == outcome.bonus else {
            throw Fault(
                .wrongBonus,
                at: "bonus",
                "it states \(stated.bonus), the terms give \(outcome.bonus) now"
            )
        }
        holds.remove(item: item.item, of: group.entry)
        release(item, group, at: position.time)
        outcome.uses = Self.remainingUses(item.outcome, outcome, terms, plan)
        for use in outcome.uses { counters.count(use, sign: 1, now: position.time) }
        for charge in charges(of: outcome, terms, plan, posted: true) {
            add(charge, held: false, sign: 1)
        }
        addNetworkFee(terms, plan, group.agreement)
        touch(group.agreement, terms, at: position.index)
        let posted = outcome
        changeTotals(group.agreement) { totals in
            totals.post(posted, sign: 1)
            totals.fund(posted, terms, sign: 1)
        }
        if outcome.grants != item.outcome.grants || plan.keepsGrants && !outcome.grants.isEmpty {
            let key = PostingKey(entry: position.index, item: item.item)
            setPosting(key, Posting(outcome: outcome, until: reversalEnd(terms, position.time)))
        }
    }

    /// The uses that stand after some bonuses lapsed: theirs are gone, and caps in target units
    /// count less.
    private static func remainingUses(
        _ held: Outcome,
        _ posted: Outcome,
        _ terms: Terms,
        _ plan: Plan
    ) -> [CounterUse] {
        let lapsed = held.bonus - posted.bonus
        guard lapsed > 0 else { return held.uses }
        var uses = held.uses
        for grant in held.grants where !posted.grants.contains(grant) {
            let bonus = plan.bonuses[Int(grant.bonus)]
            for kind in [bonus.onceKind, bonus.placesKind] {
                if let place = uses.firstIndex(where: { $0.kind == kind }) {
                    uses.remove(at: place)
                }
            }
        }
        let targetKinds = terms.caps.indices.filter { terms.caps[$0].unit == .target }.compactMap {
            plan.caps[$0].kind
        }
        for place in uses.indices where targetKinds.contains(uses[place].kind) {
            uses[place].amount -= lapsed
        }
        return uses
    }

    /// Gives back what a hold reserved.
    private mutating func release(_ item: HeldItem, _ group: HoldGroup, at time: Timestamp) {
        let version = registry.agreements[Int(group.agreement)]
        guard let bound = version.plan else { return }
        let plan = bound.at(rates(of: group.fixing, bound), version.terms)
        for charge in charges(of: item.outcome, version.terms, plan, posted: false) {
            add(charge, held: true, sign: -1)
        }
        for use in item.outcome.uses { counters.count(use, sign: -1, now: time) }
        changeTotals(group.agreement) { totals in
            totals.hold(item.outcome, sign: -1)
            totals.fund(item.outcome, version.terms, sign: -1)
        }
    }
}

extension Bonus {
    /// Whether a granted bonus still stands when its item is posted.
    func holds(atCommit time: Timestamp) -> Bool {
        guard basis == .posted else { return true }
        if let validFrom, time < validFrom { return false }
        if let validTo, time >= validTo { return false }
        return true
    }
}
