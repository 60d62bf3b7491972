import Signing
import TestSupport
import Testing

@testable import Ledger

/// Bonuses that stack, run out, are given once, and lapse.
@Suite struct BonusTests {
    @Test func additiveOnesAddUpAndOfExclusiveOnesTheLargestCounts() throws {
        var story = try NetworkStory.founded()
        let bonuses: JSONValue = [
            NetworkTerms.percent(3, 20), NetworkTerms.percent(3, 20),
            NetworkTerms.percent(3, 25, from: 10).with("stack", "exclusive"),
            NetworkTerms.percent(1, 5, from: 1_000).with("stack", "exclusive").with(
                "thresholdUnit",
                "target"
            ),
        ]
        let deal = try story.deal(NetworkTerms.exchange().with("bonuses", bonuses))
        try story.take(story.send(deal, 999, bonus: 149 + 149 + 119))
        try story.take(story.send(deal, 1_003, bonus: 150 + 150 + 200))
        #expect(BookView(story).owed("nordwind", "harbour") == 999 + 417 + 1_003 + 500)
    }

    @Test func onceIsOnceForATokenUntilTheWholeItemIsReversed() throws {
        var story = try NetworkStory.founded()
        let deal = try story.deal(Self.welcome)
        let token = NetworkStory.token(story.network.pseudonym(), "welcome")
        try story.take(story.send(deal, 10))
        let entry = try story.take(story.send(deal, 10, bonus: 500, more: token))
        #expect(story.refusal(of: story.send(deal, 10, bonus: 500, more: token)) == .wrongBonus)
        try story.take(story.send(deal, 10, more: token))
        let half = Network.reversal(0, remaining: 5, debit: 5, credit: 5)
        #expect(
            story.refusal(of: story.network.reverse(entry, [half], by: "harbour"))
                == .partialReversal
        )
        let whole = Network.reversal(0, debit: 10, credit: 10, bonus: 500)
        try story.take(story.network.reverse(entry, [whole], by: "harbour"))
        try story.take(story.send(deal, 10, bonus: 500, more: token))
    }

    @Test func placesAreForMembersAndNotForItems() throws {
        var story = try NetworkStory.founded()
        let bonus = NetworkTerms.percent(1, 1).with("eligibility", ["memberCount": 1]).with(
            "group",
            "welcome"
        )
        let terms = Self.welcome.with("bonuses", [bonus])
        let deal = try story.deal(NetworkTerms.held(terms))
        let first = NetworkStory.token(story.network.pseudonym(), "welcome")
        let second = NetworkStory.token(story.network.pseudonym(), "welcome")
        let one = try story.take(story.send(deal, 10, bonus: 10, more: first))
        let two = try story.take(story.send(deal, 10, bonus: 10, more: first))
        try story.take(story.send(deal, 10, more: second))
        try story.take(story.network.void(one, [0], by: "harbour"))
        #expect(story.refusal(of: story.send(deal, 10, bonus: 10, more: second)) == .wrongBonus)
        try story.take(story.network.void(two, [0], by: "harbour"))
        try story.take(story.send(deal, 10, bonus: 10, more: second))
    }

    @Test func aPostedBonusLapsesBeforeTheCommit() throws {
        var story = try NetworkStory.founded()
        let end = story.network.now.advanced(byMilliseconds: 3_600_000)
        let bonus = NetworkTerms.percent(1, 2).with("basis", "posted").with(
            "validTo",
            .string(end.description)
        )
        let deal = try story.deal(
            NetworkTerms.held(NetworkTerms.exchange().with("bonuses", [bonus]))
        )
        let entries = try (0..<2).map { _ in try story.take(story.send(deal, 10, bonus: 5)) }
        story.network.now = end.advanced(byMilliseconds: -1)
        try story.take(story.network.commit(entries[0], [(0, 10, 5)], by: "harbour"))
        story.network.now = end
        #expect(
            story.refusal(of: story.network.commit(entries[1], [(0, 10, 5)], by: "harbour"))
                == .wrongBonus
        )
        let late = try story.take(story.network.commit(entries[1], [(0, 10, 0)], by: "harbour"))
        #expect(BookView(story).owed("nordwind", "harbour") == 25)
        #expect(BookView(story).held("nordwind", "harbour") == 0)
        try story.take(
            story.network.reverse(late, [Network.reversal(0, debit: 10, credit: 10)], by: "harbour")
        )
        #expect(BookView(story).owed("nordwind", "harbour") == 15)
    }

    @Test func aRequestedBonusStandsWhateverTheCommitDoes() throws {
        var story = try NetworkStory.founded()
        let end = story.network.now.advanced(byMilliseconds: 3_600_000)
        let bonus = NetworkTerms.percent(1, 2).with("validTo", .string(end.description))
        let deal = try story.deal(
            NetworkTerms.held(NetworkTerms.exchange().with("bonuses", [bonus]))
        )
        let entry = try story.take(story.send(deal, 10, bonus: 5))
        story.network.now = end
        #expect(
            story.refusal(of: story.network.commit(entry, [(0, 10, 0)], by: "harbour"))
                == .wrongBonus
        )
        try story.take(story.network.commit(entry, [(0, 10, 5)], by: "harbour"))
    }

    @Test(arguments: ["stop", "debtorPays"])
    func aBudgetRunsOut(_ exhausted: String) throws {
        var story = try NetworkStory.founded()
        let share = NetworkTerms.funding(
            by: "suedkauf",
            price: (2, 1),
            budget: 7,
            exhausted: exhausted
        )
        let bonus = NetworkTerms.percent(1, 1).with("funding", [share])
        let deal = try story.deal(NetworkTerms.exchange().with("bonuses", [bonus]))
        try story.take(story.send(deal, 10, bonus: 10))
        #expect(BookView(story).owed("suedkauf", "harbour") == 10)
        #expect(BookView(story).owed("nordwind", "harbour") == 15)
        try story.take(story.send(deal, 10, bonus: exhausted == "stop" ? 0 : 10))
        #expect(BookView(story).owed("suedkauf", "harbour") == (exhausted == "stop" ? 10 : 14))
        #expect(BookView(story).owed("nordwind", "harbour") == (exhausted == "stop" ? 25 : 33))
    }

    @Test func unpricedUnitsAreOwedForByNobody() throws {
        var story = try NetworkStory.founded()
        let bonus = NetworkTerms.percent(1, 1).with("priced", false)
        let deal = try story.deal(NetworkTerms.exchange().with("bonuses", [bonus]))
        try story.take(story.send(deal, 10, bonus: 10))
        #expect(BookView(story).owed("nordwind", "harbour") == 10)
        #expect(BookView(story).totals(deal.terms)?.bonus == 10)
    }

    private static let welcome = NetworkTerms.exchange().with(
        "groups",
        NetworkTerms.groups(["welcome"])
    )
    .with("bonuses", [NetworkTerms.once(500)])
}
