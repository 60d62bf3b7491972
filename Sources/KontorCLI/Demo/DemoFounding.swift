internal import KontorEngine
internal import Ledger
internal import Money
internal import Signing
internal import VerifiableLog

/// How the network comes to be: genesis, partners, programmes, agreements, members, limits.
struct DemoFounding {
    let ledger: DemoLedger
    let network: DemoNetwork
    /// The agreements as they go: terms hashes and members are filled in.
    var agreements: [DemoAgreement]
    /// Where everybody is paid, the operator's settlement account among them.
    var accounts: [AccountOpening] = []

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

    /// Gives few agreements much traffic and most of them little, and two or three a small credit
    /// line.
    private mutating func weigh() throws {
        var order = Array(agreements.indices)
        order.shuffle(using: &ledger.random)
        for (rank, place) in order.enumerated() {
            agreements[place].weight = 24_000 / (rank + 8)
            // Points that go back to be spent are what netting lives on.
            if agreements[place].kind == .redeem { agreements[place].weight += 600 }
        }
        let quiet = order.reversed().filter {
            agreements[$0].creditLine != nil && !agreements[$0].isHold
        }
        for place in quiet.prefix(3) {
            agreements[place].isSingle = true
            let line = JSONValue.integer(250_000)
            try agreements[place].setTerms(
                agreements[place].json.setting("settlement", "creditLine", to: line)
            )
        }
        try fixRates(of: order)
    }

    private func found() throws {
        var genesis = Draft(
            .genesis,
            in: .origin(DemoLedger.origin),
            by: DemoLedger.operators[0],
            id: try ledger.newID(),
            [:]
        )
        let operators = try DemoLedger.operators.map { name -> JSONValue in
            let key = try DemoKey(seed: ledger.seed, name: name, use: "entries")
            ledger.setKey(key, of: name)
            return [
                "operator": .string(name),
                "keys": [try key.offer(in: genesis, use: .entries, owner: name)],
            ]
        }
        genesis.members = [
            JSONMember(name: "nonce", value: .string(ledger.random.identifier().base64URL)),
            JSONMember(name: "logKey", value: .string(ledger.logSigner.verifier.text)),
            JSONMember(name: "operators", value: .array(operators)),
            JSONMember(name: "operatorThreshold", value: 2),
            JSONMember(name: "rules", value: 3),
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
        let days = (0..<90).map { CivilDate(days: today.days + $0) }.filter {
            ($0.days + 3) % 7 < 5
        }
        let cutoffs = days.drop { $0.days < today.days + DemoNights.cutoffDays[0] }
            .prefix(DemoNights.cutoffDays.count)
            .compactMap { Timestamp("\($0)T16:00:00.000Z") }
        let calendar: JSONValue = [
            "calendar": "network",
            "cutoffs": .array(cutoffs.map { .string($0.description) }),
            "businessDays": .array(days.map { .string($0.description) }),
        ]
        let policy: JSONValue = [
            "fee": ["currency": "EUR", "perItem": ["numerator": 1, "denominator": 2]],
            "minimumPayment": 1_000, "carryMaxDays": 90,
            "fixing": ["numeraire": "EUR", "source": "ecb", "days": 2],
        ]
        let first = DemoLedger.operators[0]
        try ledger.enter([
            try ledger.draft(.calendarPublish, by: first, calendar),
            try ledger.draft(.networkPolicy, by: first, policy),
        ])
    }

    /// The debtors, the one with the most traffic first.
    var debtorsByWeight: [String] {
        var weights: [String: Int] = [:]
        for agreement in agreements { weights[agreement.debtor, default: 0] += agreement.weight }
        return weights.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }
}
