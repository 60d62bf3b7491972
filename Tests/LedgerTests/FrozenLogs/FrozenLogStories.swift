import Ledger
import Signing
import TestSupport

/// What the frozen logs tell: one story for each rule set.
enum FrozenLogStories {
    /// The log of a rule set.
    static func log(of rules: Int64) throws -> FrozenLog {
        switch rules {
        case 1:
            try FrozenLog(
                transfers(),
                note: "Rule set 1: registry, agreements, holds, commits, reversals, limits, cover."
            )
        case 2:
            try FrozenLog(
                night(),
                note: "Rule set 2: two nights with true-ups, a default, a recovery, an objection."
            )
        default:
            try FrozenLog(
                reconciliation(),
                note: "Rule set 3, activated on the way: certificates, disputes, mended breaks."
            )
        }
    }

    private static func transfers() throws -> NetworkStory {
        var story = try NetworkStory.founded(seed: 41)
        let bonus = NetworkTerms.percent(1, 4)
        let terms = NetworkTerms.held(NetworkTerms.exchange(numerator: 1, denominator: 3))
            .with("bonuses", [bonus])
        let held = try story.agree(terms)
        let posted = try story.agree(NetworkTerms.redeem(from: "harbour", at: "suedkauf"))
        let members = try story.members(2, "nordwind", "harbour")
        let spender = try story.member("harbour", "suedkauf")
        try story.take(story.network.policy(feePerItem: (3, 4)))
        let items = members.map {
            Network.item($0, amount: 1_201, debit: 1_200, credit: 400, bonus: 100)
        }
        let hold = try story.take(
            story.network.transfers(from: "nordwind", terms: held, items: items)
        )
        story.network.advance(hours: 2)
        let commit = try story.take(story.network.commit(hold, [(0, 400, 100)], by: "harbour"))
        try story.take(story.network.void(hold, [1], by: "harbour"))
        let rest = Network.reversal(0, remaining: 0, debit: 1_200, credit: 400, bonus: 100)
        try story.take(story.network.reverse(commit, [rest], by: "harbour"))
        let item = Network.item(spender, amount: 77)
        try story.take(story.network.transfers(from: "harbour", terms: posted, items: [item]))
        try story.take(story.network.limit(of: "harbour", netDebitCap: 500))
        try story.take(story.network.cover(of: "harbour", amount: 90))
        try story.take(story.network.adjust("suedkauf", owes: "harbour", amount: 12))
        try story.take(story.network.suspend("harbour"))
        try story.take(story.network.act(.partnerReinstate, on: "harbour"))
        return story
    }

    private static func night() throws -> NetworkStory {
        var night = try NightStory.founded(currencies: ["EUR"], signs: true, seed: 42)
        let euro = try night.deal("nordwind", "harbour") {
            $0.with("settlement.disputeThreshold", 10)
        }
        let dollar = try night.deal("harbour", "cafe", price: (71, 100)) {
            NightStory.converted($0, "USD")
        }
        try night.send(euro, 500)
        try night.send(dollar, 1_000)
        try night.close()
        try night.fix([night.sheet([("USD", (113, 100))], daysLater: -1)])
        let first = try night.calculate()
        try night.act(.settlementAdvise, first)
        try night.sign(
            .settlementObject,
            by: "harbour",
            NightStory.members(
                first,
                ["agreement": .string(euro.terms.base64URL), "amount": 5, "reason": "rate"]
            )
        )
        for partner in ["cafe", "harbour", "nordwind"] { try night.confirm(first, by: partner) }
        try night.startCollecting(first)
        try night.payAll(first, except: ["nordwind"])
        let claim = try night.claim(first, "nordwind")
        try night.payAll(first)
        try night.commit(first)
        try night.payAll(first)
        try night.sign(.claimRecover, NightStory.recovery(claim, 20))
        try night.finalise([night.sheet([("USD", (114, 100))])])
        try night.settle()
        return night.story
    }

    private static func reconciliation() throws -> NetworkStory {
        var world = try ReconciliationStory(signs: true, seed: 43)
        let terms = world.terms
        let sums = [
            Network.sum("harbour/points", credit: 500),
            Network.sum("nordwind/points", debit: 500),
        ]
        try world.take { $0.certify(with: "harbour", by: "nordwind", count: 2, sums: sums) }
        try world.take { $0.certify(with: "harbour", by: "nordwind", sums: sums) }
        try world.take { $0.certify(with: "nordwind", by: "harbour", sums: sums) }
        try world.take { $0.certify(with: "suedkauf", by: "harbour", count: 0) }
        let first = try world.arbitration()
        try world.take {
            $0.adjust("harbour", owes: "nordwind", amount: 40, agreement: terms, dispute: first)
        }
        try world.take { $0.withdrawDispute(first, by: "nordwind") }
        let second = try world.take { $0.dispute(terms, about: "two", by: "harbour") }
        try world.take { $0.acceptDispute(second, by: "nordwind") }
        try world.take {
            $0.adjust("nordwind", owes: "harbour", amount: 100, agreement: terms, dispute: second)
        }
        try world.take { $0.dispute(terms, about: "three", reason: "fee", by: "harbour") }
        try world.take {
            $0.adjust("nordwind", owes: "harbour", amount: 9, agreement: terms, mending: "four")
        }
        try world.close()
        return world.story
    }
}
