import Foundation
import Formats
import KontorAudit
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

/// The proof bundle of a night: made from the ledger, verified without it, and refused with any
/// change (spec/25 §4).
@Suite struct NightBundleTests {
    private static let euro = "network/1/multilateral/EUR/1"

    /// A night with two models, converted dollars, payees, and a true-up from its final sheet.
    private static func night() throws -> NightWorld {
        let world = try NightWorld()
        try world.publishRates([("2026-03-06", "1.10")])
        try world.send(try world.deal("nordwind", "harbour", price: (1, 3)), 1_000)
        try world.send(try world.deal("harbour", "cafe", change: NightWorld.converted), 1_100)
        try world.send(try world.deal("cafe", "nordwind", change: NightWorld.dollars), 250)
        try world.evening()
        try world.nextDay()
        for id in [euro, "network/1/bilateral/USD/1"] { try world.payAll(id) }
        try world.run()
        try world.payAll(euro)
        try world.run()
        try world.publishRates([
            ("2026-03-10", "1.12"), ("2026-03-09", "1.25"), ("2026-03-06", "1.10"),
        ])
        try world.run()
        return world
    }

    /// The files of rates that the night took its provisional and its final sheet from.
    private static func rates(_ world: NightWorld) throws -> [NightRates.File] {
        let final = try NightRates(options: ["ecb=" + world.path("rates.csv")]).files
        let text = "Date,USD,CHF,\n2026-03-06,1.10,0.9421,\n"
        let first = try world.write(text, to: "first.csv")
        return try NightRates(options: ["ecb=" + first]).files + final
    }

    private static func bundle(_ world: NightWorld, window: UInt64 = 1) throws -> [UInt8] {
        let bundle = NightBundle(
            calendar: NightWorld.calendar,
            window: window,
            rates: try rates(world),
            accounts: world.accounts
        )
        let ledger = try #require(world.engine.ledger)
        try bundle.write(world.memory, ledger: ledger, to: world.path("night.bundle"))
        return try read(world)
    }

    private static func read(_ world: NightWorld) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: world.path("night.bundle"))))
    }

    private static func audit(_ bytes: [UInt8], _ world: NightWorld) throws -> AuditReport {
        let path = world.path("audited.bundle")
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return try SettlementAudit(Auditor(workerCount: 2))
            .run(path, key: world.network.logSigner.verifier)
    }

    @Test func aWholeNightVerifiesOffline() throws {
        let world = try Self.night()
        #expect(world.book.positions.map(\.posted) == [-120], "the final sheet moved a debt")
        let bytes = try Self.bundle(world)
        let report = try Self.audit(bytes, world)
        #expect(report.isClean)
        #expect(report.fault == nil)
        #expect(report.checkpoint?.size == world.engine.head?.size)
        #expect(report.stateDigest == world.book.stateDigest())
        // Cafe was paid in euros and nordwind in dollars; the settlement account has no opening.
        #expect(try BundleParts(bytes).kinds == ["rates", "rates", "account", "account"])
        #expect(!FileManager.default.fileExists(atPath: world.path("night.bundle.log")))
        #expect(try Self.bundle(world) == bytes, "the same bytes again")
    }

    @Test func whatIsNotAtHandIsNamed() throws {
        let world = try Self.night()
        func complaint(
            _ window: UInt64,
            _ rates: [NightRates.File],
            _ accounts: [AccountOpening]
        )
            throws -> String
        {
            let ledger = try #require(world.engine.ledger)
            return world.complaint {
                try NightBundle(
                    calendar: "network",
                    window: window,
                    rates: rates,
                    accounts: accounts
                )
                .write(world.memory, ledger: ledger, to: world.path("none.bundle"))
            }
        }
        let rates = try Self.rates(world)
        #expect(try complaint(2, rates, world.accounts) == "window 2 of network is not fixed yet")
        #expect(try complaint(1, [rates[1]], world.accounts).hasPrefix("no --rates file has the"))
        #expect(try complaint(1, rates, []).hasPrefix("no account of --accounts gives"))
        #expect(!FileManager.default.fileExists(atPath: world.path("none.bundle")))
    }

    /// One row a fault of spec/25 §4, made by whoever writes the file.
    @Test func everyFaultIsNamed() throws {
        let world = try Self.night()
        let bytes = try Self.bundle(world)
        let parts = try BundleParts(bytes)
        let other = Array("Date,USD,CHF,\n2026-03-06,1.10,0.9421\n".utf8)
        let cases:
            [(name: String, code: String, place: String, change: (inout BundleParts) -> Void)] = [
                ("a rate file is left out", "attachmentMissing", "sheets[0].file", { $0.drop(0) }),
                (
                    "another rate file", "attachmentMissing", "sheets[0].file",
                    { $0.files[0].bytes = other }
                ),
                ("an account is left out", "attachmentMissing", "account", { $0.drop(3) }),
                (
                    "an account twice", "attachmentMissing", "attachments[4]",
                    { $0.files.append($0.files[2]) }
                ),
                (
                    "a file for nothing", "attachmentMissing", "attachments[0]",
                    { $0.files.insert(("rates", other), at: 0) }
                ),
                (
                    "an account as rates", "attachmentMissing", "account",
                    { $0.files[2].kind = "rates" }
                ),
                (
                    "a longer opening", "attachmentMissing", "account",
                    {
                        $0.files[2].bytes =
                            $0.files[2].bytes.dropLast() + Array(",\"note\":\"\"}".utf8)
                    }
                ),
                (
                    "another ledger", "attachmentMismatch", "ledger",
                    { $0.ledger = Digest.zero.base64URL }
                ),
                ("another window", "attachmentMismatch", "window", { $0.window = 7 }),
                ("another calendar", "attachmentMismatch", "window", { $0.calendar = "monthly" }),
                (
                    "a settlement too few", "attachmentMismatch", "settlements",
                    { $0.settlements.removeLast() }
                ),
                (
                    "settlements in another order", "attachmentMismatch", "settlements",
                    { $0.settlements.reverse() }
                ),
                ("bytes too many", "bundleMalformed", "FILE", { $0.rest = [0] }),
                ("another log length", "bundleMalformed", "FILE", { $0.logCount -= 1 }),
                ("a member more", "bundleMalformed", "FILE", { $0.suffix = ",\"note\":1" }),
                ("white space", "bundleMalformed", "FILE", { $0.suffix = " " }),
                ("another kind", "bundleMalformed", "FILE", { $0.files[0].kind = "note" }),
            ]
        for (name, code, place, change) in cases {
            var changed = parts
            change(&changed)
            let fault = try #require(try Self.audit(changed.bytes, world).fault, "\(name)")
            #expect(fault.code == code, "\(name)")
            let stated = fault.place == world.path("audited.bundle") ? "FILE" : fault.place
            #expect(stated == place, "\(name)")
        }
        #expect(try Self.audit(parts.bytes, world).isClean, "put together as it was")
        #expect(parts.bytes == bytes)
    }

    /// No byte of header, attachments and log can change by a bit: a sample, or with KONTOR_SEEDS
    /// every byte of what stands before the log.
    @Test func noByteCanChange() throws {
        let world = try Self.night()
        let bytes = try Self.bundle(world)
        let parts = try BundleParts(bytes)
        let head = bytes.count - parts.log.count
        var random = RandomSource(seed: 25)
        let isWhole = ProcessInfo.processInfo.environment["KONTOR_SEEDS"] != nil
        let places =
            Array(stride(from: 0, to: head, by: isWhole ? 1 : 7))
            + (0..<12).map { _ in head + Int(random.number(0...Int64(parts.log.count - 1))) }
        for place in places {
            var changed = bytes
            changed[place] ^= 1 << UInt8(random.number(0...7))
            let report = try? Self.audit(changed, world)
            #expect(report?.isClean != true, "byte \(place), seed 25")
            guard place < head else { continue }
            #expect(
                ["bundleMalformed", "attachmentMismatch", "attachmentMissing"].contains(
                    report?.fault?.code
                ),
                "byte \(place)"
            )
        }
        for count in [0, 10, 27, 28, 100, head - 1, head, head + 5, bytes.count - 1] {
            #expect(
                try Self.audit(Array(bytes.prefix(count)), world).fault?.code == "bundleMalformed"
            )
        }
    }

    /// What the operator entered wrongly, though ledger and hashes agree.
    @Test(arguments: ["quoteMismatch", "headMismatch", "accountMismatch"])
    func whatTheLogSaysWrong(code: String) throws {
        let world = try NightWorld(without: ["cafe"])
        let owner = code == "accountMismatch" ? "harbour" : "cafe"
        let euro = try #require(Currency("EUR"))
        let made = try DemoAccounts.make(of: owner, in: [euro], salt: { 99 })
        let lent = try #require(made.first)
        world.setTime(Network.start)
        let members: JSONValue = [
            "currency": "EUR", "commitment": .string(lent.commitment.base64URL),
        ]
        try world.sign(.partnerAccount, by: "cafe", members)
        world.accounts.append(lent)
        world.setTime(NightWorld.start)
        try world.publishRates([("2026-03-06", "1.10")])
        try world.send(try world.deal("harbour", "cafe", change: NightWorld.converted), 1_100)
        try world.close()
        try world.fix(dollar: code == "quoteMismatch" ? 111 : 110)
        try world.calculate(Self.euro, head: code == "headMismatch" ? .zero : nil)
        try world.run()
        try world.nextDay()
        try world.payAll(Self.euro)
        try world.run()
        let payout: JSONValue = [
            "settlement": .string(Self.euro), "payer": "operator/settlement", "payee": "cafe",
            "currency": "EUR", "amount": .integer(code == "quoteMismatch" ? 991 : 1_000),
            "evidence": .string(Digest.zero.base64URL),
            "account": .string(lent.commitment.base64URL),
        ]
        let paid = try world.sign(.settlementPaid, payout)
        #expect(try world.record(Self.euro).state == .settled)
        let ledger = try #require(world.engine.ledger)
        try NightBundle(
            calendar: NightWorld.calendar,
            window: 1,
            rates: try NightRates(options: ["ecb=" + world.path("rates.csv")]).files,
            accounts: world.accounts
        ).write(world.memory, ledger: ledger, to: world.path("night.bundle"))
        let fault = try #require(try Self.audit(Self.read(world), world).fault)
        #expect(fault.code == code)
        switch code {
        case "quoteMismatch": #expect(fault.place == "sheets[0].quotes[0].rate")
        case "headMismatch": #expect(fault.place == "head")
        default: #expect(fault.index == paid)
        }
    }
}
