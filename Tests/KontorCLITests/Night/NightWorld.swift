import Foundation
import KontorEngine
import KontorStorage
import Ledger
import Money
import Settlement
import Signing
import TestSupport
import Testing
import VerifiableLog

@testable import KontorCLI

/// A small network whose nights are run by the operator's tool: two operators, three partners, a
/// calendar of daily cut-offs at 15:00, agreements in EUR and USD, and a bank.
///
/// Keys, ids, seeds and times follow from what is in the ledger, so a run that was broken off and
/// goes on leaves the same bytes as one that was not.
final class NightWorld {
    /// An agreement, and a member of its pair.
    struct Deal {
        let debtor: String
        let terms: Digest
        let member: String
    }

    static let calendar = "network"
    static let partners = ["cafe", "harbour", "nordwind"]
    static let start = Network.start.advanced(byMilliseconds: 7 * 86_400_000)

    let memory = MemoryLogStore()
    let clock = ManualClock(Network.start)
    let directory: String
    private(set) var engine: Engine
    var network = Network(seed: 4)
    var accounts: [AccountOpening] = []
    /// Whether the key of the second operator is at hand.
    var hasApprover = true
    /// What `settle run` told, a line each.
    private(set) var transcript: [String] = []

    init(
        threshold: Int64 = 1,
        rules: Int64 = 2,
        without: [String] = [],
        policy: JSONValue = ["minimumPayment": 0, "carryMaxDays": 30]
    ) throws {
        directory =
            FileManager.default.temporaryDirectory.appending(path: "night-\(UUID().uuidString)")
            .path
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: true
        )
        engine = try Engine(store: memory, signer: network.logSigner, clock: clock)
        try take(network.genesis(threshold: threshold) { $0 = $0.with("rules", .integer(rules)) })
        for partner in Self.partners { try admit(partner, hasAccount: !without.contains(partner)) }
        if rules == 2 {
            try publishCalendar()
            try sign(.networkPolicy, policy)
        }
        setTime(Self.start)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    var book: Book { engine.read { $0 } }

    func setTime(_ moment: Timestamp) {
        network.now = moment
        clock.set(moment)
    }

    /// The cut-off of a window: 15:00 of every second day.
    static func cutoff(_ window: Int64) -> Timestamp {
        start.advanced(byMilliseconds: (window - 1) * 2 * 86_400_000 + 7 * 3_600_000)
    }

    /// Opens the ledger anew, through another store before its own.
    func reopen(through store: (any LogStore)? = nil) throws {
        engine = try Engine(
            store: store ?? memory,
            signer: network.logSigner,
            clock: clock,
            acceptTime: true
        )
    }

    @discardableResult
    func take(_ text: [UInt8]) throws -> UInt64 {
        switch try engine.submitAndWait([text]).first {
        case .accepted(let entry): return entry.index
        case .known(let index): return index
        case .refused(let refusal): throw refusal
        case nil: throw CommandError("no answer")
        }
    }

    /// Signs and takes an entry, of an operator if no one else is named; approves what waits.
    @discardableResult
    func sign(_ kind: Kind, by signer: String = "operator-a", _ members: JSONValue) throws -> UInt64
    {
        let entry = try take(network.sign(kind, by: signer, members))
        if book.waits(entry) { try take(network.approve(entry)) }
        return entry
    }

    private func admit(_ partner: String, hasAccount: Bool) throws {
        try take(network.invite(partner))
        try take(network.apply(partner))
        try sign(.partnerAdmit, ["subject": .string(partner)])
        try take(network.define("\(partner)/points"))
        guard hasAccount else { return }
        let currencies = try ["EUR", "USD"].map { try #require(Currency($0)) }
        for opening in try DemoAccounts.make(
            of: partner,
            in: currencies,
            salt: { UInt128(accounts.count) + 7 }
        ) {
            accounts.append(opening)
            let commitment = opening.commitment.base64URL
            try sign(
                .partnerAccount,
                by: partner,
                ["currency": .string(opening.currency.code), "commitment": .string(commitment)]
            )
        }
    }

    func publishCalendar(_ name: String = NightWorld.calendar) throws {
        let cutoffs = (1...30).map { Self.cutoff($0) }
        try sign(
            .calendarPublish,
            [
                "calendar": .string(name),
                "cutoffs": .array(cutoffs.map { .string($0.description) }),
                "businessDays": .array(cutoffs.map { .string($0.date().description) }),
            ]
        )
    }

    /// An agreement of points of the debtor against points of the creditor.
    func deal(
        _ debtor: String,
        _ creditor: String,
        price: (Int64, Int64) = (1, 1),
        change: (JSONValue) -> JSONValue = { $0 }
    ) throws -> Deal {
        let terms = change(
            NetworkTerms.exchange(from: debtor, to: creditor)
                .with("settlement.price", ["fixed": NetworkTerms.rate(price.0, price.1)])
        )
        let proposal = network.propose(terms)
        try take(proposal)
        let hash = Network.payloadDigest(proposal)
        try take(network.accept(hash, by: creditor))
        let member = network.pseudonym()
        let opening = network.openMembers([member], with: creditor, by: debtor)
        try take(opening)
        try take(network.acceptMembers(Network.payloadDigest(opening), by: creditor))
        return Deal(debtor: debtor, terms: hash, member: member)
    }

    /// Terms priced in US dollars and settled in euros at the rate of the bank.
    static func converted(_ terms: JSONValue) -> JSONValue {
        terms.with("settlement.priceCurrency", "USD").with("settlement.fxSource", "ecb")
            .with("settlement.fxFallback", "previousWorkingDay")
            .with("settlement.fxMaxAgeDays", 5)
    }

    /// Terms settled in US dollars, between the two alone.
    static func dollars(_ terms: JSONValue) -> JSONValue {
        terms.with("settlement.priceCurrency", "USD")
            .with("settlement.settlementCurrency", "USD").with("settlement.model", "bilateral")
    }

    /// Terms whose price is what a unit of the creditor is worth each night.
    static func fixing(_ terms: JSONValue) -> JSONValue {
        let rule: JSONValue = [
            "rule": "pinned", "spread": NetworkTerms.rate(0, 1),
            "bandPerDay": NetworkTerms.rate(1, 1), "floor": NetworkTerms.rate(1, 1_000),
            "ceiling": NetworkTerms.rate(1_000, 1),
        ]
        return terms.with("settlement.price", ["fixing": rule])
    }

    /// Publishes that a partner's point is worth so many cents.
    func publish(_ partner: String, _ cents: Int64) throws {
        let (from, to) = (network.now, network.now.advanced(byMilliseconds: 60 * 86_400_000))
        try sign(
            .ratesPublish,
            by: partner,
            [
                "program": .string("\(partner)/points"), "currency": "EUR",
                "bid": NetworkTerms.rate(cents, 1), "ask": NetworkTerms.rate(cents, 1),
                "validFrom": .string(from.description), "validTo": .string(to.description),
            ]
        )
    }

    @discardableResult
    func send(_ deal: Deal, _ units: Int64, fixing: Digest? = nil) throws -> UInt64 {
        let items = [Network.item(deal.member, amount: units)]
        let text = network.transfers(
            from: deal.debtor,
            terms: deal.terms,
            items: items,
            shared: fixing.map { ["fixing": .string($0.base64URL)] } ?? [:]
        )
        return try take(text)
    }

    /// Whether nobody owes anybody anything that was posted.
    var isEven: Bool { book.positions.isEmpty }

    /// Whether an audit of all bytes finds no fault, and the same state.
    func isClean() throws -> Bool {
        let audit = try DemoAudit(
            memory,
            place: "night",
            key: network.logSigner.verifier,
            isShown: false
        )
        return audit.holds && audit.stateDigest == book.stateDigest()
    }
}

// MARK: - The operator

extension NightWorld {
    /// The operator's desk, whose ids follow from the size of the log.
    var desk: NightDesk {
        let engine = engine
        let signer = { [network] name in NightDesk.Signer(name: name, key: network.key(name)) }
        return NightDesk(
            engine: engine,
            first: signer("operator-a"),
            second: hasApprover ? signer("operator-b") : nil,
            newID: { moment in
                let size = engine.head?.size ?? 0
                return try #require(UUIDv7(timestamp: moment, high: 1, low: size))
            }
        )
    }

    var payments: NightPayments { NightPayments(desk: desk, accounts: accounts) }

    /// A file of the night's directory.
    func path(_ name: String) -> String { directory + "/" + name }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
        return path(name)
    }

    /// The bank's rates of some days, the newest first.
    @discardableResult
    func publishRates(_ days: [(day: String, dollar: String)]) throws -> String {
        let lines = days.map { "\($0.day),\($0.dollar),0.9421,\n" }
        return try write("Date,USD,CHF,\n" + lines.joined(), to: "rates.csv")
    }

    func night(out: String? = nil) throws -> NightRun {
        let hasRates = FileManager.default.fileExists(atPath: path("rates.csv"))
        let payments = payments
        let size = engine.head?.size ?? 0
        return NightRun(
            desk: payments.desk,
            calendar: Self.calendar,
            rates: try NightRates(options: hasRates ? ["ecb=" + path("rates.csv")] : []),
            files: try out.map { try NightFiles(directory: path($0), payments: payments) },
            collectHours: 24,
            newSeed: { DigestBuilder.digest(Array("seed \(size)".utf8)) }
        )
    }

    /// `settle run`: takes what is ready, and returns what it told.
    @discardableResult
    func run(out: String? = nil) throws -> [String] {
        var lines: [String] = []
        try night(out: out).run { lines.append(($0.entry == nil ? "- " : "+ ") + $0.text) }
        transcript += lines
        return lines
    }

    /// Waits until the cut-off of a window has come, and runs.
    @discardableResult
    func evening(_ window: Int64 = 1, out: String? = nil) throws -> [String] {
        setTime(Self.cutoff(window).advanced(byMilliseconds: 60_000))
        return try run(out: out)
    }

    /// Waits until objections ended, and runs.
    @discardableResult
    func nextDay(_ window: Int64 = 1, out: String? = nil) throws -> [String] {
        setTime(Self.cutoff(window).advanced(byMilliseconds: 30 * 3_600_000))
        return try run(out: out)
    }

    func record(_ text: String) throws -> SettlementRecord {
        let id = try #require(SettlementID(text))
        return try #require(book.settlement(id))
    }

    /// The refusal or complaint of something, in words.
    func complaint(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "nothing"
        } catch { return Console.explain(error) }
    }
}
