internal import Money
internal import Signing

/// The rules of `transfers`: each item in its order, all or nothing (spec/11 §3, §4).
extension Book {
    /// What all items of an entry share.
    struct Context {
        let place: Int32
        let terms: Terms
        let plan: Plan
        /// The ratio, if it is a fixing.
        let ratio: Rate?
        let index: UInt64
        let time: Timestamp
        /// The place of each of the entry's group names in the terms, or −1.
        let groups: [Int32]
        /// The caps as numbers, so that no item looks into the terms for them.
        let caps: [CapRule]
        /// What the debtor may owe under these terms, and in which currency; nil within one
        /// partner.
        let line: (amount: Int128, currency: Currency)?
        /// The debtor's place among net positions, its limit and its cover, in the currency of the
        /// price.
        let net: Int32?
        let limit: Limit?
        let cover: Int64
        /// How long the item may wait before it is posted.
        let posted: ClosedRange<Timestamp>
        let isHold: Bool
    }

    /// A cap of the terms at the time of an entry.
    struct CapRule {
        let amount: Int64
        let isOfSource: Bool
        let subject: Cap.Subject
        /// Its group in the terms and its place of counting; nil for a cap on one item.
        let group: Int32?
        let kind: Int32?
        /// The present period, and whether the counters of the group have ended.
        let period: Int32
        let isOver: Bool
    }

    mutating func apply(
        _ transfers: Transfers,
        signer: String,
        at position: Position
    ) throws(Refusal) {
        let context: Context
        do { context = try open(transfers, signer: signer, at: position) } catch {
            throw Refusal(error)
        }
        if transfers.items.count > 1 { approach(transfers, context) }
        var faults: [Fault] = []
        var held: [HeldItem] = []
        for (index, item) in transfers.items.enumerated() {
            do throws(Fault) {
                let outcome = try judge(item, transfers, context)
                try take(outcome, context)
                if context.isHold { held.append(HeldItem(item: Int32(index), outcome: outcome)) }
                if !outcome.grants.isEmpty, context.plan.keepsGrants, !context.isHold {
                    let key = PostingKey(entry: position.index, item: Int32(index))
                    setPosting(
                        key,
                        Posting(outcome: outcome, until: reversalEnd(context.terms, position.time))
                    )
                }
            } catch {
                faults.append(error.under("items[\(index)]"))
            }
        }
        guard faults.isEmpty else { throw Refusal(faults) }
        if let seconds = context.terms.holdExpirySeconds {
            holds.add(
                HoldGroup(
                    entry: position.index,
                    agreement: context.place,
                    time: position.time,
                    expiry: position.time.advanced(byMilliseconds: seconds * 1_000),
                    fixing: transfers.fixing,
                    items: held
                )
            )
        }
    }

    /// Fetches the members and counters of all items from memory at once.
    private mutating func approach(_ transfers: Transfers, _ context: Context) {
        let pair = context.plan.pair
        members.table.approach(transfers.items.map { MemberRecord($0.member, pair: pair) })
        for cap in context.caps {
            guard let kind = cap.kind, let group = cap.group else { continue }
            counters.table.approach(
                transfers.tokens.filter { context.groups[Int($0.group)] == group }.map { token in
                    Counter(token: token.token, kind: kind, period: cap.period, used: 0)
                }
            )
        }
    }

    /// Fetches from memory at once what the next entries of one item will look up each for itself.
    ///
    /// It changes nothing that can be seen; entries of many items do it by themselves.
    ///
    /// Complexity: O(entries).
    public mutating func approach(_ statements: [Statement]) {
        var records: [MemberRecord] = []
        var uses: [Counter] = []
        for statement in statements {
            guard case .transfers(let transfers) = statement.body, transfers.items.count == 1,
                let place = registry.agreementPlaces[transfers.terms],
                let plan = registry.agreements[Int(place)].plan
            else { continue }
            records.append(MemberRecord(transfers.items[0].member, pair: plan.pair))
            for case let kind? in plan.caps.lazy.map(\.kind) {
                let period = counters.presentPeriod(of: kind)
                for token in transfers.tokens {
                    uses.append(Counter(token: token.token, kind: kind, period: period, used: 0))
                }
            }
        }
        members.table.approach(records)
        counters.table.approach(uses)
    }

    /// The guards that the whole entry passes.
    mutating func open(
        _ transfers: Transfers,
        signer: String,
        at position: Position
    ) throws(Fault) -> Context {
        guard let place = registry.agreementPlaces[transfers.terms] else {
            throw Fault(.unknownAgreement, at: "terms", "no proposal has this terms hash")
        }
        let version = registry.agreements[Int(place)]
        guard version.terms.debtor == signer else {
            throw Fault(
                .wrongSigner,
                at: "partner",
                "the debtor \(version.terms.debtor) signs these transfers"
            )
        }
        try version.checkUsable(at: position.time, channel: transfers.channel)
        guard let plan = version.plan else {
            throw Fault(.agreementNotBound, at: "terms", "not every party has accepted it")
        }
        let rates = try rates(named: transfers.fixing, plan)
        try checkParties(of: version.terms, plan)
        let seconds = version.terms.holdExpirySeconds ?? 0
        let currency = version.terms.settlement?.priceCurrency
        let money = currency.map { Registry.moneyKey(version.terms.debtor, $0) } ?? ""
        return Context(
            place: place,
            terms: version.terms,
            plan: plan.at(rates, version.terms),
            ratio: rates?.ratio,
            index: position.index,
            time: position.time,
            groups: transfers.groups.map { name in
                Int32(version.terms.groups.firstIndex { $0.group == name } ?? -1)
            },
            caps: capRules(version.terms, plan, at: position.time),
            line: version.terms.settlement.map { (Int128($0.creditLine), $0.priceCurrency) },
            net: currency.flatMap { exposures.existingNet(of: plan.debtor, currency: $0) },
            limit: registry.limits[money],
            cover: registry.covers[money] ?? 0,
            posted: position.time...position.time.advanced(byMilliseconds: seconds * 1_000),
            isHold: version.terms.finality == .creditor
        )
    }

    private mutating func capRules(
        _ terms: Terms,
        _ plan: Plan,
        at time: Timestamp
    ) -> [CapRule] {
        terms.caps.indices.map { index in
            let cap = terms.caps[index]
            let kind = plan.caps[index].kind
            if let kind { counters.prepare(kind, at: time) }
            return CapRule(
                amount: cap.amount,
                isOfSource: cap.unit == .source,
                subject: cap.subject,
                group: plan.caps[index].group,
                kind: kind,
                period: kind.map { counters.period(of: $0, at: time) } ?? 0,
                isOver: kind.map { counters.kinds[Int($0)].end <= time } ?? false
            )
        }
    }

    private func checkParties(of terms: Terms, _ plan: Plan) throws(Fault) {
        guard registry.state(of: plan.debtor) == .active else {
            throw Fault(
                .partnerSuspended,
                at: "partner",
                "\(terms.debtor) is suspended and takes on no new debt"
            )
        }
        guard registry.state(of: plan.creditor) != .closed else {
            throw Fault(.wrongState, at: "terms", "\(terms.creditor) is closed")
        }
        try checkProgram(of: terms.from, "from")
        try checkProgram(of: terms.to, "to")
    }

    private func checkProgram(of side: Terms.Side, _ name: String) throws(Fault) {
        guard case .program(let id) = side, registry.programs[id]?.status == .closed else { return }
        throw Fault(.programClosed, at: "terms.\(name)", "the program \(id) is closed")
    }

    /// Everything that an item must pass before it changes anything, in the order of precedence.
    private func judge(
        _ item: Transfers.Item,
        _ transfers: Transfers,
        _ context: Context
    ) throws(Fault) -> Outcome {
        try checkMember(item, context)
        let facts = transfers.facts(of: item)
        try checkFacts(facts, context)
        let reference = try checkReference(transfers.reference(of: item), context)
        let tokens = transfers.tokens(of: item)
        let groups = context.groups
        for token in tokens where groups[Int(token.group)] < 0 {
            throw Fault(
                .unknownCounter,
                at: "counters",
                "the terms have no group \(transfers.groups[Int(token.group)])"
            )
        }
        // It captures these two alone: a closure over the context would copy the terms for each
        // item.
        func token(_ group: Int32) -> UInt128? {
            for token in tokens where groups[Int(token.group)] == group { return token.token }
            return nil
        }
        let result = try context.terms.conversion.convert(item.amount, fixed: context.ratio)
        var outcome = Outcome(
            amount: item.amount,
            debit: result.debit,
            credit: result.credit,
            grants: [],
            uses: []
        )
        if !context.terms.bonuses.isEmpty {
            let now = Bonus.Circumstances(
                amount: item.amount,
                base: result.credit,
                tier: facts?.tier,
                product: facts?.product,
                requested: context.time,
                posted: context.posted
            )
            outcome.grants = try grants(
                context.terms,
                context.plan,
                context.place,
                now,
                token: token
            )
        }
        try Self.compare(item, with: outcome)
        try checkCaps(&outcome, facts, context, token: token)
        if !outcome.grants.isEmpty {
            outcome.uses += uses(of: outcome.grants, context.plan, token: token)
        }
        if let reference { outcome.uses.append(reference) }
        return outcome
    }

    private static func compare(_ item: Transfers.Item, with outcome: Outcome) throws(Fault) {
        let bonus = outcome.bonus
        guard Int128(outcome.credit) + Int128(bonus) <= Int128(JSONReader.numberLimit) else {
            throw Fault(.amountRange, at: "amount", "credit and bonus pass 9007199254740991 units")
        }
        guard item.debit == outcome.debit else {
            throw Fault(
                .wrongDebit,
                at: "debit",
                "it states \(item.debit), the terms give \(outcome.debit)"
            )
        }
        guard item.credit == outcome.credit else {
            throw Fault(
                .wrongCredit,
                at: "credit",
                "it states \(item.credit), the terms give \(outcome.credit)"
            )
        }
        guard item.bonus == bonus else {
            throw Fault(
                .wrongBonus,
                at: "bonus",
                "it states \(item.bonus), the terms give \(bonus)"
            )
        }
    }

    private func checkMember(_ item: Transfers.Item, _ context: Context) throws(Fault) {
        try checkMember("member", item.member, context)
        if item.has.contains(.to) { try checkMember("to", item.to, context) }
    }

    private func checkMember(_ name: String, _ pseudonym: UInt128, _ context: Context) throws(Fault)
    {
        switch members.state(of: pseudonym, pair: context.plan.pair) {
        case .open: return
        case .closed: throw Fault(.memberClosed, at: name, "this pseudonym was closed")
        default:
            throw Fault(
                .unknownMemberReference,
                at: name,
                "the two partners never opened this pseudonym"
            )
        }
    }

    private func checkReference(
        _ reference: String?,
        _ context: Context
    ) throws(Fault) -> CounterUse? {
        guard let kind = context.plan.referenceKind else { return nil }
        guard let reference else {
            throw Fault(.referenceMissing, at: "ref", "under these terms every item has one")
        }
        let digest = DigestBuilder.digest(Array(reference.utf8)).bytes
        let token = digest[..<16].reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        guard counters.used(token, kind: kind, period: 0, now: context.time) == 0 else {
            throw Fault(
                .referenceReused,
                at: "ref",
                "\(reference) was used under these terms before"
            )
        }
        return CounterUse(token: token, kind: kind, period: 0, amount: 1)
    }

    func checkCaps(
        _ outcome: inout Outcome,
        _ facts: Facts?,
        _ context: Context,
        token: (Int32) -> UInt128?
    ) throws(Fault) {
        let target = outcome.credit + outcome.bonus
        for (index, cap) in context.caps.enumerated() {
            guard let kind = cap.kind, let group = cap.group else {
                let use = cap.isOfSource ? outcome.amount : target
                guard use <= cap.amount else {
                    throw Fault(
                        .capExceeded,
                        at: "amount",
                        "\(use) in one transaction; the cap is \(cap.amount)"
                    )
                }
                continue
            }
            guard !cap.isOver else {
                let name = context.terms.caps[index].group ?? ""
                throw Fault(.capExceeded, at: "amount", "the counters of \(name) ended")
            }
            var subject: UInt128 = 0
            if cap.subject == .member, let token = token(group) {
                subject = token
            } else {
                let cap = context.terms.caps[index]
                subject = try Self.subject(of: cap, group: group, facts, token: token)
            }
            let use = cap.isOfSource ? outcome.debit : target
            let used = counters.used(subject, kind: kind, at: context.time)
            guard Int128(used) + Int128(use) <= Int128(cap.amount) else {
                throw Fault(
                    .capExceeded,
                    at: "amount",
                    Self.reason(context.terms.caps[index], use, used)
                )
            }
            outcome.uses.append(
                CounterUse(token: subject, kind: kind, period: cap.period, amount: use)
            )
        }
    }

    private static func reason(_ cap: Cap, _ use: Int64, _ used: Int64) -> String {
        "\(use) more after \(used) in this \(cap.period.rawValue); "
            + "the cap of \(cap.group ?? "") is \(cap.amount)"
    }

    static func subject(
        of cap: Cap,
        group: Int32,
        _ facts: Facts?,
        token: (Int32) -> UInt128?
    ) throws(Fault) -> UInt128 {
        switch cap.subject {
        case .pair: return 0
        case .member:
            guard let token = token(group) else {
                throw Fault(
                    .counterMissing,
                    at: "counters",
                    "the cap of \(cap.group ?? "") counts by token"
                )
            }
            return token
        case .product:
            guard let product = facts?.product else {
                throw Fault(.notEligible, at: "facts.product", "a cap counts by product")
            }
            let digest = DigestBuilder.digest(Array(product.utf8)).bytes
            return digest[..<16].reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        }
    }
}
