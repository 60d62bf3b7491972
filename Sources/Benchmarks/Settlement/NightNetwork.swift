internal import KontorEngine
internal import Ledger
internal import Signing
internal import VerifiableLog

/// A network whose nights are settled: 200 partners, each of them the debtor of the next five.
struct NightNetwork: Sendable {
    static let partnerCount = 200
    static let dealsOfPartner = 5
    /// Agreements, each with members of its own pair.
    static let dealCount = partnerCount * dealsOfPartner
    static let membersOfDeal = 50
    static let calendar = "main"
    static let operatorName = "operator-a"
    private static let origin = "log.example/night"
    private static let start = BenchmarkNetwork.time

    let logSigner: NoteSigner
    let operatorKey: PrivateKey
    private let partnerKeys: [PrivateKey]
    private let genesis: [UInt8]
    private let ledger: Digest

    init() throws {
        func key(_ name: String) throws -> PrivateKey {
            try PrivateKey(algorithm: .ed25519, seed: DigestBuilder.digest(Array(name.utf8)).bytes)
        }
        logSigner = try NoteSigner(name: Self.origin, key: key("log"))
        operatorKey = try key(Self.operatorName)
        partnerKeys = try (0..<Self.partnerCount).map { try key(Self.name($0)) }
        var draft = Draft(
            .genesis,
            in: .origin(Self.origin),
            by: Self.operatorName,
            id: try BenchmarkNetwork.id(1, 0),
            [:]
        )
        let founder: JSONValue = [
            "operator": .string(Self.operatorName),
            "keys": [draft.offer(operatorKey, use: .entries, owner: Self.operatorName)],
        ]
        draft.members = [
            JSONMember(name: "nonce", value: .string(UInt128(2).base64URL)),
            JSONMember(name: "logKey", value: .string(logSigner.verifier.text)),
            JSONMember(name: "operators", value: [founder]),
            JSONMember(name: "operatorThreshold", value: 1),
            JSONMember(name: "rules", value: 2),
            JSONMember(name: "transferWindowSeconds", value: 259_200),
            JSONMember(name: "otherWindowSeconds", value: 2_592_000),
            JSONMember(name: "settlementCurrencies", value: ["EUR"]),
            JSONMember(name: "publicEntries", value: false),
        ]
        genesis = draft.signed(by: operatorKey)
        ledger = try EntryFrame(index: 0, time: Self.start, previous: .zero, jws: genesis).leafHash
    }

    static func name(_ partner: Int) -> String { "partner-\(partner)" }

    /// The clock of the whole run, and the cut-off of its window, an hour later.
    var clock: ManualClock { ManualClock(Self.start) }
    static let cutoff = start.advanced(byMilliseconds: 3_600_000)

    /// An entry of the operator.
    func act(_ kind: Kind, _ number: Int, _ members: JSONValue) throws -> [UInt8] {
        let id = try BenchmarkNetwork.id(20, number)
        return Draft(kind, in: .ledger(ledger), by: Self.operatorName, id: id, members)
            .signed(by: operatorKey)
    }

    private func entry(
        _ kind: Kind,
        _ partner: Int,
        _ number: Int,
        _ members: JSONValue
    ) throws -> [UInt8] {
        let id = try BenchmarkNetwork.id(100 + UInt64(partner), number)
        return Draft(kind, in: .ledger(ledger), by: Self.name(partner), id: id, members)
            .signed(by: partnerKeys[partner])
    }

    /// The entries before the first transfer.
    func founding() throws -> [[UInt8]] {
        let days = (0..<30).map { Self.cutoff.advanced(byMilliseconds: Int64($0) * 86_400_000) }
        let calendar: JSONValue = [
            "calendar": .string(Self.calendar),
            "cutoffs": .array(days.map { .string($0.description) }),
            "businessDays": .array(days.map { .string($0.date().description) }),
        ]
        let policy: JSONValue = ["minimumPayment": 100, "carryMaxDays": 90]
        var texts = [
            genesis, try act(.calendarPublish, 0, calendar), try act(.networkPolicy, 1, policy),
        ]
        for partner in 0..<Self.partnerCount { texts += try admission(of: partner) }
        for deal in 0..<Self.dealCount { texts += try binding(of: deal) }
        return texts
    }

    private func admission(of partner: Int) throws -> [[UInt8]] {
        let name = Self.name(partner)
        let id = try BenchmarkNetwork.id(100 + UInt64(partner), 0)
        var application = Draft(.partnerApply, in: .ledger(ledger), by: name, id: id, [:])
        application.members = [
            JSONMember(name: "region", value: "DE"),
            JSONMember(
                name: "keys",
                value: [
                    application.offer(partnerKeys[partner], use: .entries, owner: name),
                    application.offer(
                        try PrivateKey(
                            algorithm: .ed25519,
                            seed: DigestBuilder.digest(Array("recovery \(name)".utf8)).bytes
                        ),
                        use: .recovery,
                        owner: name
                    ),
                ]
            ),
        ]
        let thumbprint = JSONValue.string(partnerKeys[partner].publicKey.thumbprint.base64URL)
        let subject: JSONValue = ["subject": .string(name)]
        let invitation: JSONValue = ["subject": .string(name), "thumbprint": thumbprint]
        let cap: JSONValue = [
            "subject": .string(name), "currency": "EUR",
            "netDebitCap": .integer(JSONReader.numberLimit),
        ]
        let program: JSONValue = ["program": .string("\(name)/points"), "scale": 0]
        return [
            try act(.partnerInvite, 10 + partner * 3, invitation),
            application.signed(by: partnerKeys[partner]),
            try act(.partnerAdmit, 11 + partner * 3, subject),
            try entry(.programDefine, partner, 1, program),
            try act(.limitSet, 12 + partner * 3, cap),
        ]
    }

    /// Debtor and creditor of an agreement.
    private static func sides(_ deal: Int) -> (debtor: Int, creditor: Int) {
        let debtor = deal / dealsOfPartner
        return (debtor, (debtor + 1 + deal % dealsOfPartner) % partnerCount)
    }

    private func binding(of deal: Int) throws -> [[UInt8]] {
        let (debtor, creditor) = Self.sides(deal)
        let proposal = try proposal(of: deal)
        let accepted: JSONValue = [
            "agreement": .string(DigestBuilder.digest(proposal.payload).base64URL)
        ]
        let members = (0..<Self.membersOfDeal).map {
            JSONValue.string(member($0, deal).base64URL)
        }
        let opening = Draft(
            .memberOpen,
            in: .ledger(ledger),
            by: Self.name(debtor),
            id: try BenchmarkNetwork.id(100 + UInt64(debtor), 10 + deal * 4),
            ["with": .string(Self.name(creditor)), "members": .array(members)]
        )
        let opened: JSONValue = [
            "accepts": .string(DigestBuilder.digest(opening.payload).base64URL)
        ]
        return [
            proposal.signed(by: partnerKeys[debtor]),
            try entry(.agreementAccept, creditor, 11 + deal * 4, accepted),
            opening.signed(by: partnerKeys[debtor]),
            try entry(.memberOpen, creditor, 12 + deal * 4, opened),
        ]
    }

    private func proposal(of deal: Int) throws -> Draft {
        let (debtor, creditor) = Self.sides(deal)
        return Draft(
            .agreementPropose,
            in: .ledger(ledger),
            by: Self.name(debtor),
            id: try BenchmarkNetwork.id(100 + UInt64(debtor), 13 + deal * 4),
            [
                "acceptBy": .string(Self.start.advanced(byMilliseconds: 86_400_000).description),
                "terms": BenchmarkTerms.plain(
                    debtor: Self.name(debtor),
                    creditor: Self.name(creditor)
                ),
            ]
        )
    }

    private func member(_ number: Int, _ deal: Int) -> UInt128 {
        SplitMix.identifier(UInt64(10_000 + deal), number)
    }

    /// The terms hash of each agreement, as text.
    func termsHashes() throws -> [String] {
        try (0..<Self.dealCount).map {
            DigestBuilder.digest(try proposal(of: $0).payload).base64URL
        }
    }

    /// A signed entry of transfers, under the agreements by turns.
    func transfers(_ number: Int, items: Int, _ hashes: [String]) throws -> [UInt8] {
        let deal = number % Self.dealCount
        let debtor = Self.sides(deal).debtor
        let id = try BenchmarkNetwork.id(2_000 + UInt64(debtor), number)
        var text = "{\"ledger\":\"\(ledger.base64URL)\",\"kind\":\"transfers\""
        text += ",\"partner\":\"\(Self.name(debtor))\",\"id\":\"\(id)\""
        text += ",\"terms\":\"\(hashes[deal])\",\"items\":["
        for item in 0..<items {
            var source = SplitMix(seed: UInt64(number * items + item))
            let member = member(Int(source.next() % UInt64(Self.membersOfDeal)), deal)
            let amount = 1 + Int64(source.next() % 100_000)
            text += item == 0 ? "{" : ",{"
            text += "\"member\":\"\(member.base64URL)\",\"amount\":\(amount)"
            text += ",\"debit\":\(amount),\"credit\":\(amount)}"
        }
        let payload = Array(text.utf8) + Array("]}".utf8)
        return JWS(signing: payload, type: JWS.entryType, with: partnerKeys[debtor]).compact
    }
}
