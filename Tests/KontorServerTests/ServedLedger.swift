import Hummingbird
import HummingbirdTesting
import KontorAPI
import KontorEngine
import KontorServer
import KontorStorage
import Ledger
import Logging
import Signing
import TestSupport
import VerifiableLog

/// A small network behind a service: three partners, an agreement between two of them, an auditor,
/// and access keys for all.
struct ServedLedger {
    /// Everybody who can log in, and nobody.
    enum Role: String, CaseIterable {
        case nobody
        /// Debtor of the agreement.
        case nordwind
        /// Creditor of the agreement.
        case harbour
        /// A partner that is no party to it.
        case suedkauf
        case auditor = "auditor-one"
        case networkOperator = "operator-a"
    }

    var story: NetworkStory
    let terms: Digest
    let member: String
    /// The index of a transfer from nordwind to harbour.
    let transfer: UInt64
    let engine: Engine
    let clock: ManualClock
    let service: Service

    init(
        settings: ServiceSettings = ServiceSettings(),
        store: any LogStore = MemoryLogStore(),
        transfers count: Int = 1,
        night: Bool = false
    ) throws {
        var story = try NetworkStory.founded(partners: ["nordwind", "harbour", "suedkauf"])
        let auditor = story.network.appoint(.auditorAdmit, "auditor-one")
        try story.take(auditor)
        for role in Role.allCases where role != .nobody {
            let name = role.rawValue
            try story.take(story.network.addKey("\(name)#access", use: .access, for: name))
        }
        terms = try story.agree(NetworkTerms.exchange())
        member = try story.member("nordwind", "harbour")
        var last: UInt64 = 0
        for number in 0..<max(1, count) {
            let item = Network.item(member, amount: Int64(100 + number % 7))
            last = try story.take(
                story.network.transfers(from: "nordwind", terms: terms, items: [item])
            )
        }
        transfer = last
        if night {
            try story.beginNights()
            try story.take(
                story.network.transfers(
                    from: "nordwind",
                    terms: terms,
                    items: [Network.item(member, amount: 250)]
                )
            )
            try story.adviseNight()
        }
        clock = ManualClock(story.network.now)
        engine = try Engine(
            store: store,
            signer: story.network.logSigner,
            clock: clock
        )
        for entry in night ? story.ledger.entries : [] {
            clock.set(entry.time)
            _ = try engine.submitAndWait([entry.text])
        }
        if !night { _ = try engine.submitAndWait(story.ledger.entries.map(\.text)) }
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        service = Service(
            engine: engine,
            settings: settings,
            metrics: ServerMetrics(),
            logger: logger
        )
        self.story = story
    }

    /// The service as an application for tests.
    var application: some ApplicationProtocol { Application(router: service.router()) }

    /// The number of entries of the log.
    var size: UInt64 { engine.head?.size ?? 0 }

    /// A token of a role; `changes` alter its claims or its key.
    func token(
        _ role: Role,
        identifier: String? = nil,
        key: String? = nil,
        ledger: Digest? = nil,
        issuedAt: Int64 = 0,
        lifetime: Int64 = 300,
        issuer: String? = nil
    ) -> String {
        let now = clock.now().milliseconds / 1_000
        let token = AccessToken(
            issuer: issuer ?? role.rawValue,
            ledger: ledger ?? story.network.ledger,
            issuedAt: now + issuedAt,
            expiresAt: now + issuedAt + lifetime,
            identifier: identifier
        )
        return token.signed(by: story.network.key(key ?? "\(role.rawValue)#access"))
    }

    /// The headers of a request of a role.
    func headers(_ role: Role, identifier: String? = nil) -> HTTPFields {
        guard role != .nobody else { return [:] }
        return [.authorization: "Bearer \(token(role, identifier: identifier))"]
    }

    /// The text of a new transfer.
    mutating func newTransfer(amount: Int64 = 50) -> [UInt8] {
        story.network.transfers(
            from: "nordwind",
            terms: terms,
            items: [Network.item(member, amount: amount)]
        )
    }
}
