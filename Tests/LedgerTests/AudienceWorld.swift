import Ledger
import Signing
import TestSupport

/// A network with one entry of every kind: agreed between `nordwind` and `harbour`, a bonus funded
/// by `suedkauf`, and `loyal` a party to nothing.
///
/// Kinds that everybody reads need not take effect; all others did.
struct AudienceWorld {
    var story: NetworkStory
    /// The entry that posted the items which the reversal names.
    private(set) var commitEntry: UInt64 = 0
    private var texts: [Kind: [UInt8]] = [:]
    private var acceptanceText: [UInt8] = []

    init() throws {
        story = try NetworkStory.founded(
            partners: ["nordwind", "harbour", "suedkauf", "loyal"],
            signs: false
        )
        try agreeAndTransfer()
        try decideAboutMoney()
        try signOfficialActs()
        try signPublicActs()
        signNights()
        try reconcile()
    }

    func statement(of kind: Kind) -> Statement? {
        texts[kind].flatMap { try? SignedStatement(parsing: $0).statement }
    }

    /// The acceptance of pseudonyms that took effect.
    var acceptance: Statement? { try? SignedStatement(parsing: acceptanceText).statement }

    func audience(of statement: Statement) -> Book.Audience {
        let entries = story.ledger.entries
        return story.ledger.book.audience(of: statement) { index in
            guard index < entries.count else { return nil }
            let entry = entries[Int(index)]
            return PastEntry(statement: entry.statement, time: entry.time)
        }
    }

    @discardableResult
    private mutating func take(_ kind: Kind, _ text: [UInt8]) throws -> UInt64 {
        texts[kind] = text
        return try story.take(text)
    }

    private mutating func agreeAndTransfer() throws {
        let share = NetworkTerms.funding(by: "suedkauf", budget: 1_000, exhausted: "stop")
        let bonus = NetworkTerms.percent(1, 1).with("funding", [share])
        let terms = NetworkTerms.held(NetworkTerms.exchange()).with("bonuses", [bonus])
        let proposal = story.network.propose(terms)
        try take(.agreementPropose, proposal)
        let hash = Network.payloadDigest(proposal)
        try take(.agreementAccept, story.network.accept(hash, by: "harbour"))
        try story.take(story.network.accept(hash, by: "suedkauf"))
        let members = (0..<2).map { _ in story.network.pseudonym() }
        let opening = story.network.openMembers(members, with: "harbour", by: "nordwind")
        try take(.memberOpen, opening)
        acceptanceText = story.network.acceptMembers(Network.payloadDigest(opening), by: "harbour")
        try story.take(acceptanceText)
        let items = members.map { Network.item($0, amount: 10, bonus: 10) }
        let hold = try take(
            .transfers,
            story.network.transfers(from: "nordwind", terms: hash, items: items)
        )
        commitEntry = try take(
            .transfersCommit,
            story.network.commit(hold, [(0, 10, 10)], by: "harbour")
        )
        try take(.transfersVoid, story.network.void(hold, [1], by: "harbour"))
        let reversal = Network.reversal(0, debit: 10, credit: 10, bonus: 10)
        try take(.transfersReverse, story.network.reverse(commitEntry, [reversal], by: "harbour"))
        let close = story.network.closeMembers([members[1]], with: "nordwind", by: "harbour")
        try take(.memberClose, close)
        let end = story.network.now.advanced(byMilliseconds: 400 * 86_400_000)
        try take(.agreementTerminate, story.network.terminate(hash, from: end, by: "harbour"))
    }

    private mutating func decideAboutMoney() throws {
        try take(.partnerAccount, story.network.account(of: "nordwind"))
        try take(.limitSet, story.network.limit(of: "nordwind", netDebitCap: 5))
        try take(.coverPost, story.network.cover(of: "nordwind", amount: 9))
        try take(.coverDraw, story.network.cover(.coverDraw, of: "nordwind", amount: 1))
        try take(.coverRelease, story.network.cover(.coverRelease, of: "nordwind", amount: 1))
        try take(.adjustmentPost, story.network.adjust("nordwind", owes: "harbour", amount: 3))
    }

    private mutating func signOfficialActs() throws {
        texts[.genesis] = story.ledger.entries[0].text
        texts[.operatorAdd] = story.network.appoint(.operatorAdd, "operator-c")
        texts[.auditorAdmit] = story.network.appoint(.auditorAdmit, "auditor-a")
        texts[.operatorApprove] = story.network.approve(3)
        texts[.partnerInvite] = story.network.invite("newcomer")
        texts[.partnerApply] = story.network.apply("newcomer")
        texts[.partnerSuspend] = story.network.suspend("harbour")
        texts[.partnerRekey] = story.network.rekey("harbour", suffix: "#2")
        texts[.networkPolicy] = story.network.policy(feePerItem: nil)
        for kind in [
            Kind.operatorRemove, .auditorRemove, .partnerAdmit, .partnerReinstate, .partnerClose,
        ] {
            texts[kind] = story.network.act(kind, on: "harbour")
        }
        for kind in [Kind.logKeyAdd, .logKeyRevoke] {
            let vkey = JSONValue.string(story.network.logKey)
            texts[kind] = story.network.sign(kind, by: "operator-a", ["vkey": vkey])
        }
        texts[.rulesActivate] = story.network.sign(
            .rulesActivate,
            by: "operator-a",
            ["rules": 1, "from": 1_000]
        )
        texts[.calendarPublish] = story.network.sign(
            .calendarPublish,
            by: "operator-a",
            [
                "calendar": "network", "cutoffs": ["2030-01-01T00:00:00.000Z"],
                "businessDays": ["2030-01-01"],
            ]
        )
    }

    /// Kinds of rule set 2, of a settlement that nobody calculated.
    private mutating func signNights() {
        texts[.settlementClose] = story.network.close(start: 0, cutoff: story.network.now)
        texts[.settlementFix] = story.network.fix(window: 1, sheets: [])
        texts[.settlementFinalise] = story.network.fix(.settlementFinalise, window: 1, sheets: [])
        let hash = JSONValue.string(Network.payloadDigest(texts[.agreementPropose] ?? []).base64URL)
        let id: JSONValue = ["settlement": "network/1/gross/EUR/1"]
        let parts: [(Kind, String, JSONValue)] = [
            (
                .settlementCalculate, "operator-a",
                [
                    "revision": 0, "participants": 2, "debts": 1, "gross": 5, "paid": 5,
                    "float": 0, "root": hash, "size": 7, "head": hash,
                ]
            ),
            (.settlementAdvise, "operator-a", [:]),
            (.settlementConfirm, "nordwind", ["leaf": hash]),
            (
                .settlementObject, "harbour",
                ["agreement": hash, "amount": 5, "reason": "rate"]
            ),
            (.settlementWithdraw, "harbour", ["agreement": hash]),
            (.settlementCollect, "operator-a", ["deadline": "2030-01-01T00:00:00.000Z"]),
            (
                .settlementPaid, "operator-a",
                [
                    "payer": "nordwind", "payee": "harbour", "currency": "EUR", "amount": 5,
                    "evidence": hash, "account": hash,
                ]
            ),
            (.settlementCommit, "operator-a", [:]),
            (.settlementAcknowledge, "harbour", ["amount": 5]),
            (.settlementAbort, "operator-a", ["reason": "default"]),
            (.claimOpen, "operator-a", ["debtor": "nordwind"]),
        ]
        for (kind, signer, members) in parts {
            var all = id
            if case .object(let list) = members {
                for member in list { all = all.with(member.name, member.value) }
            }
            texts[kind] = story.network.sign(kind, by: signer, all)
        }
        texts[.claimRecover] = story.network.sign(
            .claimRecover,
            by: "operator-a",
            ["claim": 7, "amount": 5, "evidence": hash]
        )
        texts[.fixingAccept] = story.network.sign(
            .fixingAccept,
            by: "harbour",
            ["agreement": hash, "fixing": hash]
        )
    }

    /// Kinds of rule set 3: a certificate, and a dispute that is rejected, restated, accepted and
    /// withdrawn.
    private mutating func reconcile() throws {
        let hash = Network.payloadDigest(texts[.agreementPropose] ?? [])
        try story.take(story.network.calendar())
        try story.take(story.network.activate(3, from: story.ledger.book.size + 1))
        let open = story.ledger.book.openWindow(of: "network")
        story.network.now = max(story.network.now, open.cutoff ?? story.network.now)
        let close = story.network.close(start: 0, cutoff: story.network.now)
        try story.take(close)
        let certificate = story.network.certify(with: "nordwind", by: "harbour")
        try take(.reconciliationCertify, certificate)
        let opening = story.network.dispute(hash, by: "harbour")
        let dispute = try take(.disputeOpen, opening)
        try take(.disputeReject, story.network.reject(dispute, by: "nordwind"))
        let restatement = story.network.restate(dispute, amount: 50, by: "harbour")
        try take(.disputeRestate, restatement)
        try take(.disputeAccept, story.network.acceptDispute(dispute, by: "nordwind"))
        try take(.disputeWithdraw, story.network.withdrawDispute(dispute, by: "harbour"))
    }

    private mutating func signPublicActs() throws {
        texts[.keyAdd] = story.network.addKey("nordwind#2", for: "nordwind")
        texts[.keyRevoke] = story.network.revokeKey("nordwind", for: "nordwind")
        texts[.programDefine] = story.network.define("nordwind/extra")
        texts[.programAmend] = story.network.amend("nordwind/points", status: "closed")
        texts[.ratesPublish] = story.network.sign(
            .ratesPublish,
            by: "nordwind",
            [
                "program": "nordwind/points", "currency": "EUR",
                "bid": NetworkTerms.rate(1, 100), "ask": NetworkTerms.rate(1, 100),
                "validFrom": "2026-04-01T00:00:00.000Z", "validTo": "2026-05-01T00:00:00.000Z",
            ]
        )
    }
}
