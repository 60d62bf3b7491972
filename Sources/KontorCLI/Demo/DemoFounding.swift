import KontorEngine
import Ledger
import Money
import Signing
import VerifiableLog

/// How the network comes to be: genesis, partners, programmes, agreements, members, limits.
struct DemoFounding {
    let ledger: DemoLedger
    let network: DemoNetwork
    /// The agreements as they go: terms hashes and members are filled in.
    private(set) var agreements: [DemoAgreement]

    /// Every eighth partner signs with ES256, the others with Ed25519.
    static func algorithm(ofPartner place: Int) -> KeyAlgorithm {
        place % 8 == 3 ? .es256 : .ed25519
    }

    init(_ ledger: DemoLedger, _ network: DemoNetwork) throws {
        self.ledger = ledger
        self.network = network
        agreements = network.agreements
        try weigh()
    }

    /// Does it all, and tells each step.
    mutating func run(_ step: (String, Int) -> Void) throws {
        try found()
        try publishNetwork()
        step("operators and calendar", 2)
        try admitPartners()
        step("partners", network.partners.count)
        try definePrograms()
        step("programmes", network.programs.count)
        try agree()
        step("agreements", agreements.count)
        step("members", try openMembers())
        try setLimits()
    }

    /// Gives few agreements much traffic and most of them little, and two or three a small credit line.
    private mutating func weigh() throws {
        var order = Array(agreements.indices)
        order.shuffle(using: &ledger.random)
        for (rank, place) in order.enumerated() {
            agreements[place].weight = 24_000 / (rank + 8)
            // Points that go back to be spent are what netting lives on.
            if agreements[place].kind == .redeem { agreements[place].weight += 600 }
        }
        let quiet = order.reversed().filter { agreements[$0].creditLine != nil && !agreements[$0].isHold }
        for place in quiet.prefix(3) {
            agreements[place].isSingle = true
            let line = JSONValue.integer(250_000)
            try agreements[place].setTerms(agreements[place].json.setting("settlement", "creditLine", to: line))
        }
    }

    private func found() throws {
        var genesis = Draft(
            .genesis, in: .origin(DemoLedger.origin), by: DemoLedger.operators[0], id: try ledger.newID(), [:]
        )
        let operators = try DemoLedger.operators.map { name -> JSONValue in
            let key = try DemoKey(seed: ledger.seed, name: name, use: "entries")
            ledger.setKey(key, of: name)
            return ["operator": .string(name), "keys": [try key.offer(in: genesis, use: .entries, owner: name)]]
        }
        genesis.members = [
            JSONMember(name: "nonce", value: .string(ledger.random.identifier().base64URL)),
            JSONMember(name: "logKey", value: .string(ledger.logSigner.verifier.text)),
            JSONMember(name: "operators", value: .array(operators)),
            JSONMember(name: "operatorThreshold", value: 2),
            JSONMember(name: "rules", value: 1),
            JSONMember(name: "transferWindowSeconds", value: 86_400),
            JSONMember(name: "otherWindowSeconds", value: 604_800),
            JSONMember(name: "settlementCurrencies", value: network.currencies),
            JSONMember(name: "publicEntries", value: false),
        ]
        let entries = try ledger.enter([genesis])
        ledger.id = entries[0].leafHash
    }

    private func publishNetwork() throws {
        let today = ledger.now.date()
        let days = (0..<90).map { CivilDate(days: today.days + $0) }.filter { ($0.days + 3) % 7 < 5 }
        let cutoffs = days.compactMap { Timestamp("\($0)T16:00:00.000Z") }
        let calendar: JSONValue = [
            "calendar": "network",
            "cutoffs": .array(cutoffs.map { .string($0.description) }),
            "businessDays": .array(days.map { .string($0.description) }),
        ]
        let policy: JSONValue = [
            "fee": ["currency": "EUR", "perItem": ["numerator": 1, "denominator": 2]],
            "minimumPayment": 1_000, "carryMaxDays": 90,
        ]
        let first = DemoLedger.operators[0]
        try ledger.enter([
            try ledger.draft(.calendarPublish, by: first, calendar),
            try ledger.draft(.networkPolicy, by: first, policy),
        ])
    }

    /// Invitation by slug and thumbprint, application by that key, admission by two operators.
    private func admitPartners() throws {
        let partners = network.partners
        for (place, partner) in partners.enumerated() {
            let algorithm = Self.algorithm(ofPartner: place)
            let key = try DemoKey(seed: ledger.seed, name: partner.name, use: "entries", algorithm: algorithm)
            ledger.setKey(key, of: partner.name)
        }
        try ledger.enter(
            try partners.map { partner in
                let thumbprint = try ledger.key(of: partner.name).thumbprint.base64URL
                return try ledger.draft(
                    .partnerInvite, by: DemoLedger.operators[0],
                    ["subject": .string(partner.name), "thumbprint": .string(thumbprint)]
                )
            }
        )
        try ledger.enter(try partners.enumerated().map { place, partner in try application(partner, place) })
        try ledger.enterByFourEyes(partners.map { (.partnerAdmit, ["subject": .string($0.name)]) })
    }

    private func application(_ partner: (name: String, region: String), _ place: Int) throws -> Draft {
        var draft = try ledger.draft(.partnerApply, by: partner.name)
        let seed = ledger.seed
        let recovery = try DemoKey(seed: seed, name: partner.name, use: "recovery")
        var keys = [
            try ledger.key(of: partner.name).offer(in: draft, use: .entries, owner: partner.name),
            try recovery.offer(in: draft, use: .recovery, owner: partner.name),
        ]
        if place % 3 == 0 {
            let access = try DemoKey(seed: seed, name: partner.name, use: "access", algorithm: .es256)
            keys.append(try access.offer(in: draft, use: .access, owner: partner.name))
        }
        draft.members = [
            JSONMember(name: "region", value: .string(partner.region)),
            JSONMember(name: "keys", value: .array(keys)),
        ]
        return draft
    }

    private func definePrograms() throws {
        try ledger.enter(
            try network.programs.map { program in
                try ledger.draft(
                    .programDefine, by: program.partner,
                    ["program": .string(program.id), "scale": .integer(program.scale)]
                )
            }
        )
        try ledger.enter(
            try network.programs.enumerated().filter { $0.offset % 2 == 0 }.map { _, program in
                try ledger.draft(
                    .ratesPublish, by: program.partner,
                    [
                        "program": .string(program.id), "currency": .string(program.currency),
                        "bid": program.value, "ask": program.value,
                        "validFrom": .string(ledger.now.description),
                        "validTo": .string(ledger.now.advanced(byMilliseconds: 30 * 86_400_000).description),
                    ]
                )
            }
        )
    }

    /// Proposals by the debtors, acceptances by all others: creditors, and those who fund a bonus.
    private mutating func agree() throws {
        let acceptBy = ledger.now.advanced(byMilliseconds: 7 * 86_400_000)
        let proposals = try agreements.map { agreement in
            try ledger.draft(
                .agreementPropose, by: agreement.debtor,
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
                    try ledger.draft(.agreementAccept, by: party, ["agreement": .string(hash.base64URL)])
                )
            }
        }
        try ledger.enter(acceptances)
    }

    /// Opens pseudonyms for each pair of partners, proposed by one and accepted by the other; returns how many.
    private mutating func openMembers() throws -> Int {
        var lists: [String: [UInt128]] = [:]
        var proposals: [Draft] = []
        var acceptances: [Draft] = []
        var count = 0
        for place in agreements.indices {
            let (one, other) = (agreements[place].debtor, agreements[place].creditor)
            let pair = min(one, other) + " " + max(one, other)
            if lists[pair] == nil {
                let members = (0..<ledger.random.number(30...200)).map { _ in ledger.random.identifier() }
                lists[pair] = members
                count += members.count
                let list = JSONValue.array(members.map { .string($0.base64URL) })
                let proposal = try ledger.draft(.memberOpen, by: one, ["with": .string(other), "members": list])
                proposals.append(proposal)
                if one != other {
                    let digest = JSONValue.string(DigestBuilder.digest(proposal.payload).base64URL)
                    acceptances.append(try ledger.draft(.memberOpen, by: other, ["accepts": digest]))
                }
            }
            agreements[place].members = lists[pair] ?? []
        }
        try ledger.enter(proposals)
        try ledger.enter(acceptances)
        return count
    }

    /// Generous limits for the busiest debtors, a narrow one for a quiet one, cover for two.
    private mutating func setLimits() throws {
        let busy = debtorsByWeight
        var acts: [(kind: Kind, members: JSONValue)] = busy.prefix(6).map { name in
            (.limitSet, ["subject": .string(name), "currency": "USD", "netDebitCap": 5_000_000_000])
        }
        let narrow = busy[busy.count / 2]
        for currency in network.currencies.elements {
            acts.append((.limitSet, ["subject": .string(narrow), "currency": currency, "netDebitCap": 1_500_000]))
        }
        let covered = busy[busy.count / 3]
        acts.append((.limitSet, ["subject": .string(covered), "currency": "USD", "coverPercent": 200]))
        try ledger.enterByFourEyes(acts)
        try ledger.enter([
            try ledger.draft(
                .coverPost, by: covered,
                ["subject": .string(covered), "currency": "USD", "amount": 100_000_000]
            ),
            try ledger.draft(
                .coverPost, by: DemoLedger.operators[0],
                ["subject": .string(busy[0]), "currency": "EUR", "amount": 250_000_000]
            ),
        ])
    }

    /// The debtors, the one with the most traffic first.
    private var debtorsByWeight: [String] {
        var weights: [String: Int] = [:]
        for agreement in agreements { weights[agreement.debtor, default: 0] += agreement.weight }
        return weights.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }
}
