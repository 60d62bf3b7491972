internal import Ledger
internal import Money
internal import Settlement
internal import Signing

/// What partners agree on: terms, members, and the limits of the network.
extension DemoFounding {
    /// Proposals by the debtors, acceptances by all others: creditors, and those who fund a bonus.
    mutating func agree() throws {
        let acceptBy = ledger.now.advanced(byMilliseconds: 7 * 86_400_000)
        let proposals = try agreements.map { agreement in
            try ledger.draft(
                .agreementPropose,
                by: agreement.debtor,
                ["acceptBy": .string(acceptBy.description), "terms": agreement.json]
            )
        }
        try ledger.enter(proposals)
        var acceptances: [Draft] = []
        for (place, proposal) in proposals.enumerated() {
            let hash = DigestBuilder.digest(proposal.payload)
            agreements[place].hash = hash
            for party in agreements[place].parties where party != agreements[place].debtor {
                acceptances.append(
                    try ledger.draft(
                        .agreementAccept,
                        by: party,
                        ["agreement": .string(hash.base64URL)]
                    )
                )
            }
        }
        try ledger.enter(acceptances)
    }

    /// Opens pseudonyms for each pair of partners, proposed by one and accepted by the other;
    /// returns how many.
    mutating func openMembers() throws -> Int {
        var lists: [String: [UInt128]] = [:]
        var proposals: [Draft] = []
        var acceptances: [Draft] = []
        var count = 0
        for place in agreements.indices {
            let (one, other) = (agreements[place].debtor, agreements[place].creditor)
            let pair = min(one, other) + " " + max(one, other)
            if lists[pair] == nil {
                let members = (0..<ledger.random.number(30...200)).map { _ in
                    ledger.random.identifier()
                }
                lists[pair] = members
                count += members.count
                let list = JSONValue.array(members.map { .string($0.base64URL) })
                let proposal = try ledger.draft(
                    .memberOpen,
                    by: one,
                    ["with": .string(other), "members": list]
                )
                proposals.append(proposal)
                if one != other {
                    let digest = JSONValue.string(DigestBuilder.digest(proposal.payload).base64URL)
                    acceptances.append(
                        try ledger.draft(.memberOpen, by: other, ["accepts": digest])
                    )
                }
            }
            agreements[place].members = lists[pair] ?? []
        }
        try ledger.enter(proposals)
        try ledger.enter(acceptances)
        return count
    }

    /// Generous limits for the busiest debtors, a narrow one for a quiet one, cover for two.
    mutating func setLimits() throws {
        let busy = debtorsByWeight
        var acts: [(kind: Kind, members: JSONValue)] = busy.prefix(6).map { name in
            (
                .limitSet,
                ["subject": .string(name), "currency": "USD", "netDebitCap": 5_000_000_000]
            )
        }
        let narrow = busy[busy.count / 2]
        for currency in network.currencies.elements {
            acts.append(
                (
                    .limitSet,
                    ["subject": .string(narrow), "currency": currency, "netDebitCap": 1_500_000]
                )
            )
        }
        let covered = busy[busy.count / 3]
        acts.append(
            (.limitSet, ["subject": .string(covered), "currency": "USD", "coverPercent": 200])
        )
        try ledger.enterByFourEyes(acts)
        try ledger.enterForApproval([
            try ledger.draft(
                .coverPost,
                by: covered,
                ["subject": .string(covered), "currency": "USD", "amount": 1_000_000]
            )
        ])
        try ledger.enter([
            try ledger.draft(
                .coverPost,
                by: DemoLedger.operators[0],
                ["subject": .string(busy[0]), "currency": "EUR", "amount": 250_000_000]
            )
        ])
        try setAccounts()
    }

    /// Where the partners want to be paid: the chain has only a salted commitment to it.
    private mutating func setAccounts() throws {
        let currencies = network.currencies.elements.compactMap { $0.string }
            .compactMap { Currency($0) }
        var acts: [Draft] = []
        for partner in network.partners.map(\.name) {
            let own = try DemoAccounts.make(of: partner, in: currencies) {
                ledger.random.identifier()
            }
            for account in own {
                let members: JSONValue = [
                    "currency": .string(account.currency.code),
                    "commitment": .string(account.commitment.base64URL),
                ]
                acts.append(try ledger.draft(.partnerAccount, by: partner, members))
            }
            accounts += own
        }
        try ledger.enterForApproval(acts)
        accounts += try DemoAccounts.make(of: PaymentPlan.settlementAccount, in: currencies) {
            ledger.random.identifier()
        }
    }
}
