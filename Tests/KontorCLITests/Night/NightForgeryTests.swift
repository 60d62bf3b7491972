import Foundation
import KontorAudit
import Ledger
import Signing
import TestSupport
import Testing
import VerifiableLog

@testable import KontorCLI

/// The operator as attacker: it changes one thing of two settled nights and computes anew every
/// hash, link and checkpoint, and every signature for which it has the key.
@Suite struct NightForgeryTests {
    private static let euro = "network/1/multilateral/EUR/1"
    private static let second = "network/2/multilateral/EUR/1"

    /// Two nights: a fixed price, converted dollars, a price that is fixed each night, a limit, and
    /// a true-up.
    private static func world() throws -> NightWorld {
        let world = try NightWorld(policy: [
            "minimumPayment": 0, "carryMaxDays": 30,
            "fixing": ["numeraire": "EUR", "source": "ecb", "days": 2],
        ])
        try world.publishRates([("2026-03-06", "1.10")])
        for (partner, worth) in [("nordwind", Int64(2)), ("cafe", 3)] {
            try world.publish(partner, worth)
        }
        try world.sign(
            .limitSet,
            ["subject": "harbour", "currency": "USD", "netDebitCap": 100_000]
        )
        try world.send(try world.deal("nordwind", "harbour", price: (1, 3)), 1_000)
        try world.send(try world.deal("harbour", "cafe", change: NightWorld.converted), 1_100)
        let fixing = try world.deal("nordwind", "cafe", change: NightWorld.fixing)
        try world.evening()
        try world.send(fixing, 500, fixing: try #require(world.book.fixing?.hash))
        try world.finish(euro)
        try world.publishRates([
            ("2026-03-10", "1.12"), ("2026-03-09", "1.25"), ("2026-03-06", "1.10"),
        ])
        try world.publish("cafe", 4)
        try world.run()
        try world.evening(2)
        try world.finish(second, 2)
        return world
    }

    /// One thing that is changed, and the fault that names it.
    private struct Attack {
        let name: String
        let code: String
        var place: String?
        /// Where the audit names it, by kind and text; the changed entry if nil.
        var at: (kind: Kind, with: String)?
        let entry: (kind: Kind, with: String)
        let change: (inout ForgedLog, Int) throws -> Void
    }

    private static func attacks() -> [Attack] {
        let other = JSONValue.string(DigestBuilder.digest([7]).base64URL)
        let figures = [
            ("participants", JSONValue.integer(4)), ("debts", 3), ("gross", 1_334), ("paid", 999),
            ("float", 1), ("root", other), ("size", 9),
        ]
        return signedByPartners(other) + signedByOperators(other) + payments(other)
            + figures.map { member, value in
                Attack(
                    name: "\(member) of a night",
                    code: "SettlementMismatch",
                    place: member,
                    entry: (.settlementCalculate, euro)
                ) { try $0.set($1, member, value) }
            }
    }

    /// What partners signed: it does not bear a change.
    private static func signedByPartners(_ other: JSONValue) -> [Attack] {
        let changes: [(String, (Kind, String), (inout ForgedLog, Int) throws -> Void)] = [
            (
                "a price", (.agreementPropose, "\"denominator\":3"),
                { try $0.change($1, "\"denominator\":3", to: "\"denominator\":2") }
            ),
            (
                "a spread", (.agreementPropose, "\"spread\""),
                { try $0.set($1, "terms.settlement.price.fixing.spread.numerator", 1) }
            ),
            (
                "a line", (.transfers, "\"amount\":1000"),
                { try $0.change($1, ":1000", to: ":1001") }
            ),
            (
                "a published value", (.ratesPublish, "cafe/points"),
                { try $0.set($1, "bid.numerator", 2) }
            ),
            ("an account", (.partnerAccount, "\"cafe\""), { try $0.set($1, "commitment", other) }),
        ]
        let own = changes.map { name, entry, change in
            Attack(name: name, code: "MalformedJWS.signatureInvalid", entry: entry, change: change)
        }
        // The operator's signature is no partner's.
        return own
            + changes.prefix(2).map { name, entry, change in
                Attack(
                    name: name + ", signed by the operator",
                    code: "WrongSigner",
                    entry: entry,
                    change: {
                        $0.signsForPartners = true
                        try change(&$0, $1)
                    }
                )
            }
    }

    /// What operators signed: it follows from what others signed.
    private static func signedByOperators(_ other: JSONValue) -> [Attack] {
        [
            Attack(
                name: "a quote",
                code: "SettlementMismatch",
                place: "gross",
                at: (.settlementCalculate, euro),
                entry: (.settlementFix, "\"window\":1")
            ) { try $0.change($1, "\"numerator\":110,", to: "\"numerator\":120,") },
            Attack(
                name: "a final quote",
                code: "SettlementMismatch",
                at: (.settlementCalculate, second),
                entry: (.settlementFinalise, "\"window\":1")
            ) { try $0.change($1, "\"numerator\":125,", to: "\"numerator\":126,") },
            Attack(
                name: "the values of a night",
                code: "FixingMismatch",
                place: "fixing",
                entry: (.settlementFix, "\"window\":2")
            ) { try $0.set($1, "fixing", other) },
            Attack(
                name: "a limit",
                code: "NetDebitCap",
                at: (.transfers, "\"amount\":1100"),
                entry: (.limitSet, "")
            ) { try $0.set($1, "netDebitCap", 1_000) },
            Attack(
                name: "a cut-off",
                code: "WindowOrder",
                entry: (.settlementClose, "")
            ) { try $0.set($1, "cutoff", .string(NightWorld.cutoff(2).description)) },
            Attack(
                name: "the start of a window",
                code: "WindowOrder",
                entry: (.settlementClose, "")
            ) { try $0.set($1, "start", 3) },
            Attack(
                name: "the salts of a night",
                code: "SettlementMismatch",
                place: "root",
                at: (.settlementCalculate, euro),
                entry: (.settlementClose, "")
            ) { try $0.set($1, "seed", other) },
            Attack(
                name: "the head of the log",
                code: "headMismatch",
                place: "head",
                entry: (.settlementCalculate, euro)
            ) { try $0.set($1, "head", other) },
            Attack(
                name: "a transfer left out",
                code: "SettlementMismatch",
                at: (.settlementCalculate, euro),
                entry: (.transfers, "\"amount\":1000")
            ) { $0.remove($1) },
        ]
    }

    /// What operators signed about money that moved.
    private static func payments(_ other: JSONValue) -> [Attack] {
        [
            Attack(
                name: "an amount that was paid",
                code: "PaymentAmount",
                entry: (.settlementPaid, "\"payee\":\"cafe\"")
            ) { try $0.set($1, "amount", 1_001) },
            Attack(
                name: "a payment that went short",
                code: "PaymentDue",
                at: (.settlementCommit, ""),
                entry: (.settlementPaid, "\"payer\":\"nordwind\"")
            ) { try $0.set($1, "amount", 1) },
            Attack(
                name: "a payee",
                code: "UnknownPayment",
                entry: (.settlementPaid, "\"payee\":\"cafe\"")
            ) { try $0.set($1, "payee", "harbour") },
            Attack(
                name: "the account that was paid",
                code: "WrongAccount",
                entry: (.settlementPaid, "\"payee\":\"cafe\"")
            ) { try $0.set($1, "account", other) },
        ]
    }

    @Test func everyChangeBreaksARule() throws {
        let world = try Self.world()
        let truth = try ForgedLog(world.memory, world.network)
        #expect(try truth.audit().isClean)
        for attack in Self.attacks() {
            var log = truth
            let place = try log.index(of: attack.entry.kind, with: attack.entry.with)
            try attack.change(&log, place)
            try log.recomputeHeads(but: attack.place == "head" ? place : nil)
            let due = try attack.at.map { try log.index(of: $0.kind, with: $0.with) } ?? place
            let fault = try #require(try log.audit().fault, "\(attack.name)")
            #expect(fault.code == attack.code, "\(attack.name): \(fault)")
            #expect(fault.index == UInt64(due), "\(attack.name): \(fault)")
            if let place = attack.place { #expect(fault.place == place, "\(attack.name)") }
        }
    }

    /// What the rules allow as well is a fork, which an earlier checkpoint shows.
    @Test func whatNoRuleForbidsIsAFork() throws {
        let world = try Self.world()
        let truth = try ForgedLog(world.memory, world.network)
        let key = world.network.logSigner.verifier
        let earlier = try EarlierCheckpoint(opening: truth.note(), key: key)
        var log = truth
        try log.set(try log.index(of: .limitSet), "netDebitCap", 1_000_000)
        try log.recomputeHeads()
        #expect(try log.audit().fault == nil)
        #expect(try log.audit(since: earlier).fault?.code == "checkpointFork")
        #expect(try truth.audit(since: earlier).isClean)
    }
}
