internal import KontorAPI
internal import KontorEngine
internal import Ledger
internal import Signing
internal import VerifiableLog

/// The network that every benchmark runs on: an operator and partners in a ring, each the debtor of
/// the next.
///
/// All keys, ids and times follow from constants, so that its bytes are the same in every run.
struct BenchmarkNetwork: Sendable {
    /// The number of partners, and of agreements.
    static let partnerCount = 8
    /// The moment at which every entry is taken.
    static let time = Timestamp(milliseconds: 1_793_613_600_000)
    private static let origin = "log.example/benchmarks"
    private static let operatorName = "operator-a"

    let logSigner: NoteSigner
    private let operatorKey: PrivateKey
    private let partnerKeys: [PrivateKey]
    private let recoveryKeys: [PrivateKey]
    private let accessKeys: [PrivateKey]
    /// The genesis entry.
    let genesis: [UInt8]
    /// The id of the ledger.
    let ledger: Digest

    init() throws {
        func key(_ name: String) throws -> PrivateKey {
            try PrivateKey(algorithm: .ed25519, seed: DigestBuilder.digest(Array(name.utf8)).bytes)
        }
        logSigner = try NoteSigner(name: Self.origin, key: key("log"))
        operatorKey = try key(Self.operatorName)
        partnerKeys = try (0..<Self.partnerCount).map { try key(Self.name($0)) }
        recoveryKeys = try (0..<Self.partnerCount).map { try key("recovery of \(Self.name($0))") }
        accessKeys = try (0..<Self.partnerCount).map { try key("access of \(Self.name($0))") }
        genesis = try Self.genesis(operatorKey, logKey: logSigner.verifier.text)
        let frame = try EntryFrame(index: 0, time: Self.time, previous: .zero, jws: genesis)
        ledger = frame.leafHash
    }

    /// The slug of a partner.
    static func name(_ partner: Int) -> String { "partner-\(partner)" }

    /// The clock of every run.
    var clock: ManualClock { ManualClock(Self.time) }

    /// The key with which a partner signs.
    func key(of partner: Int) -> PrivateKey { partnerKeys[partner] }

    /// A login of a partner for the whole run.
    func token(of partner: Int) -> String {
        let seconds = Self.time.milliseconds / 1_000
        return AccessToken(
            issuer: Self.name(partner),
            ledger: ledger,
            issuedAt: seconds,
            expiresAt: seconds + AccessToken.lifetimeSeconds
        ).signed(by: accessKeys[partner])
    }

    /// The id of a submission; ids of one stream rise.
    static func id(_ stream: UInt64, _ number: Int) throws -> UUIDv7 {
        let random = SplitMix.identifier(stream, number)
        let moment = time.advanced(byMilliseconds: Int64(number / 20) - 3_600_000)
        let high = UInt16(truncatingIfNeeded: random >> 64)
        guard
            let id = UUIDv7(timestamp: moment, high: high, low: UInt64(truncatingIfNeeded: random))
        else { throw BenchmarkError("no id for submission \(number)") }
        return id
    }

    private static func genesis(_ key: PrivateKey, logKey: String) throws -> [UInt8] {
        var draft = Draft(.genesis, in: .origin(origin), by: operatorName, id: try id(1, 0), [:])
        let founder: JSONValue = [
            "operator": .string(operatorName),
            "keys": [draft.offer(key, use: .entries, owner: operatorName)],
        ]
        draft.members = [
            JSONMember(name: "nonce", value: .string(UInt128(1).base64URL)),
            JSONMember(name: "logKey", value: .string(logKey)),
            JSONMember(name: "operators", value: [founder]),
            JSONMember(name: "operatorThreshold", value: 1),
            JSONMember(name: "rules", value: 1),
            JSONMember(name: "transferWindowSeconds", value: 259_200),
            JSONMember(name: "otherWindowSeconds", value: 2_592_000),
            JSONMember(name: "settlementCurrencies", value: ["EUR"]),
            JSONMember(name: "publicEntries", value: false),
        ]
        return draft.signed(by: key)
    }
}

extension BenchmarkNetwork {
    /// The entries after the genesis that admit the partners and bind their agreements.
    func founding() throws -> [[UInt8]] {
        var texts: [[UInt8]] = []
        for partner in 0..<Self.partnerCount {
            texts += try admission(of: partner, firstID: 1 + texts.count)
        }
        for partner in 0..<Self.partnerCount {
            texts.append(try proposal(of: partner).signed(by: key(of: partner)))
            let creditor = (partner + 1) % Self.partnerCount
            let acceptance: JSONValue = ["agreement": .string(try terms(of: partner).base64URL)]
            let id = try Self.id(3, partner)
            texts.append(
                draft(.agreementAccept, creditor, id, acceptance).signed(by: key(of: creditor))
            )
        }
        return texts
    }

    /// The terms hash of the agreement in which a partner is the debtor.
    func terms(of debtor: Int) throws -> Digest {
        DigestBuilder.digest(try proposal(of: debtor).payload)
    }

    /// A payload of a partner.
    func draft(_ kind: Kind, _ partner: Int, _ id: UUIDv7, _ members: JSONValue) -> Draft {
        Draft(kind, in: .ledger(ledger), by: Self.name(partner), id: id, members)
    }

    private func admission(of partner: Int, firstID: Int) throws -> [[UInt8]] {
        let name = Self.name(partner)
        let id = try Self.id(1, firstID)
        func act(_ kind: Kind, _ number: Int, _ members: JSONValue) throws -> [UInt8] {
            let id = try Self.id(1, firstID + number)
            return Draft(kind, in: .ledger(ledger), by: Self.operatorName, id: id, members)
                .signed(by: operatorKey)
        }
        var application = draft(.partnerApply, partner, id, [:])
        application.members = [
            JSONMember(name: "region", value: "DE"),
            JSONMember(
                name: "keys",
                value: [
                    application.offer(partnerKeys[partner], use: .entries, owner: name),
                    application.offer(recoveryKeys[partner], use: .recovery, owner: name),
                    application.offer(accessKeys[partner], use: .access, owner: name),
                ]
            ),
        ]
        let thumbprint = partnerKeys[partner].publicKey.thumbprint.base64URL
        let program = draft(
            .programDefine,
            partner,
            try Self.id(2, partner),
            ["program": .string("\(name)/points"), "scale": 0]
        )
        return [
            try act(
                .partnerInvite,
                1,
                ["subject": .string(name), "thumbprint": .string(thumbprint)]
            ),
            application.signed(by: partnerKeys[partner]),
            try act(.partnerAdmit, 2, ["subject": .string(name)]),
            program.signed(by: partnerKeys[partner]),
            try act(
                .limitSet,
                3,
                [
                    "subject": .string(name), "currency": "EUR",
                    "netDebitCap": .integer(JSONReader.numberLimit),
                ]
            ),
        ]
    }

    private func proposal(of debtor: Int) throws -> Draft {
        let creditor = Self.name((debtor + 1) % Self.partnerCount)
        return draft(
            .agreementPropose,
            debtor,
            try Self.id(4, debtor),
            [
                "acceptBy": .string(Self.time.advanced(byMilliseconds: 86_400_000).description),
                "terms": BenchmarkTerms.value(debtor: Self.name(debtor), creditor: creditor),
            ]
        )
    }
}
