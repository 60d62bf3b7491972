internal import Money
internal import Signing

/// Reversal: a posted item then stands as if only the rest had been transferred (spec/11 §7).
extension Book {
    /// A posted item as its entries tell it.
    struct Original {
        /// The id of the transfers.
        let id: UUIDv7
        let transfers: Transfers
        let item: Transfers.Item
        let place: Int32
        let terms: Terms
        let plan: Plan
        /// The ratio, if it was a fixing.
        let ratio: Rate?
        /// The ledger time of the transfer.
        let requested: Timestamp
        /// The ledger time at which it was posted.
        let posted: Timestamp
    }

    mutating func reverse(
        _ entry: UInt64,
        _ items: [ReverseItem],
        signer: String,
        at position: Position,
        past: (UInt64) -> PastEntry?
    ) throws(Refusal) {
        var faults: [Fault] = []
        for (index, stated) in items.enumerated() {
            do throws(Fault) {
                let original = try find(entry, stated.item, past: past)
                guard original.terms.creditor == signer else {
                    throw Fault(
                        .wrongSigner,
                        at: "item",
                        "the creditor \(original.terms.creditor) signs this"
                    )
                }
                try reverse(
                    original,
                    stated,
                    PostingKey(entry: entry, item: Int32(stated.item)),
                    at: position
                )
            } catch {
                faults.append(error.under("items[\(index)]"))
            }
        }
        guard faults.isEmpty else { throw Refusal(faults) }
    }

    func find(
        _ entry: UInt64,
        _ number: Int,
        past: (UInt64) -> PastEntry?
    ) throws(Fault) -> Original {
        let unknown = Fault(.unknownTransfer, at: "item", "entry \(entry) posted no item \(number)")
        guard entry < size, let posting = past(entry) else { throw unknown }
        var requested = posting
        if case .transfersCommit(let hold, let items) = posting.statement.body {
            guard items.contains(where: { $0.item == number }), let earlier = past(hold) else {
                throw unknown
            }
            requested = earlier
        }
        guard case .transfers(let transfers) = requested.statement.body,
            transfers.items.indices.contains(number),
            let place = registry.agreementPlaces[transfers.terms],
            let plan = registry.agreements[Int(place)].plan
        else { throw unknown }
        let terms = registry.agreements[Int(place)].terms
        let isPosting = posting.statement.kind == .transfersCommit || terms.finality == .debtor
        guard isPosting else { throw unknown }
        let rates = rates(of: transfers.fixing, plan)
        return Original(
            id: requested.statement.id,
            transfers: transfers,
            item: transfers.items[number],
            place: place,
            terms: terms,
            plan: plan.at(rates, terms),
            ratio: rates?.ratio,
            requested: requested.time,
            posted: posting.time
        )
    }

    private mutating func reverse(
        _ original: Original,
        _ stated: ReverseItem,
        _ key: PostingKey,
        at position: Position
    ) throws(Fault) {
        let end = reversalEnd(original.terms, original.posted)
        guard position.time <= end else {
            throw Fault(.reversalTooLate, at: "item", "it could be reversed until \(end)")
        }
        var before = Outcome(amount: 0, debit: 0, credit: 0, grants: [], uses: [])
        if let posting = postings[key] {
            before = posting.outcome
        } else {
            before = try outcome(of: original, amount: original.item.amount)
        }
        guard stated.remaining < before.amount else {
            throw Fault(
                .reversalAmount,
                at: "remaining",
                "\(before.amount) stands; less must remain"
            )
        }
        var after = Outcome(amount: 0, debit: 0, credit: 0, grants: [], uses: [])
        if stated.remaining > 0 {
            guard !original.plan.keepsGrants || before.grants.isEmpty else {
                throw Fault(
                    .partialReversal,
                    at: "remaining",
                    "its bonus depends on what was granted before"
                )
            }
            do throws(Fault) {
                after = try outcome(of: original, amount: stated.remaining)
            } catch {
                throw Fault(.partialReversal, at: "remaining", error.reason)
            }
        }
        for (name, given, due) in [
            ("debit", stated.debit, before.debit - after.debit),
            ("credit", stated.credit, before.credit - after.credit),
            ("bonus", stated.bonus, before.bonus - after.bonus),
        ] where given != due {
            throw Fault(.reversalAmount, at: name, "it states \(given), the terms give back \(due)")
        }
        giveBack(original, before, after, at: position)
        let found = Posting.Earlier(reversedAt: position.index, outcome: before)
        let earlier = (postings[key]?.earlier ?? []) + [found]
        setPosting(key, Posting(outcome: after, until: end, earlier: earlier))
    }

    /// What the terms give for an amount at the original times, where no bonus depends on history.
    func outcome(of original: Original, amount: Int64) throws(Fault) -> Outcome {
        let facts = original.transfers.facts(of: original.item)
        let result = try original.terms.conversion.convert(amount, fixed: original.ratio)
        var outcome = Outcome(
            amount: amount,
            debit: result.debit,
            credit: result.credit,
            grants: [],
            uses: []
        )
        guard !original.plan.keepsGrants else { return outcome }
        let now = Bonus.Circumstances(
            amount: amount,
            base: result.credit,
            tier: facts?.tier,
            product: facts?.product,
            requested: original.requested,
            posted: original.posted...original.posted
        )
        outcome.grants = try grants(original.terms, original.plan, original.place, now) { _ in nil }
        return outcome
    }

    private mutating func giveBack(
        _ original: Original,
        _ before: Outcome,
        _ after: Outcome,
        at position: Position
    ) {
        let terms = original.terms
        let plan = original.plan
        for charge in charges(of: before, terms, plan, posted: true) {
            add(charge, held: false, sign: -1)
        }
        if after.amount > 0 {
            for charge in charges(of: after, terms, plan, posted: true) {
                add(charge, held: false, sign: 1)
            }
        }
        touch(original.place, terms, at: position.index)
        for use in usesGivenBack(original, before, after) {
            counters.count(use, sign: -1, now: position.time)
        }
        changeTotals(original.place) { totals in
            totals.post(before, sign: -1)
            totals.fund(before, terms, sign: -1)
            if after.amount > 0 {
                totals.post(after, sign: 1)
                totals.fund(after, terms, sign: 1)
            }
            totals.reversedItems += 1
        }
    }

    /// Caps give back in the period in which they were used; once-bonuses only with the whole item.
    private func usesGivenBack(
        _ original: Original,
        _ before: Outcome,
        _ after: Outcome
    ) -> [CounterUse] {
        let transfers = original.transfers
        func token(_ group: Int32) -> UInt128? {
            transfers.tokens(of: original.item).first { token in
                transfers.groups[Int(token.group)] == original.terms.groups[Int(group)].group
            }?.token
        }
        var uses: [CounterUse] = []
        for (index, cap) in original.terms.caps.enumerated() {
            guard let kind = original.plan.caps[index].kind,
                let group = original.plan.caps[index].group,
                let subject = try? Self.subject(
                    of: cap,
                    group: group,
                    transfers.facts(of: original.item),
                    token: token
                )
            else { continue }
            let target = before.credit + before.bonus - after.credit - after.bonus
            let amount = cap.unit == .source ? before.debit - after.debit : target
            let period = counters.kinds[Int(kind)].period(at: original.requested)
            uses.append(CounterUse(token: subject, kind: kind, period: period, amount: amount))
        }
        if after.amount == 0 {
            uses += before.uses.filter { use in
                let purpose = counters.kinds[Int(use.kind)].purpose
                return purpose == .once || purpose == .places
            }
        }
        return uses
    }
}
