import Signing
import TestSupport
import Testing

@testable import Ledger

/// The plainest day: a network is founded, two partners agree, a member's points move.
@Suite struct StoryTests {
    @Test func pointsMoveAndADebtArises() throws {
        var story = try NetworkStory.founded()
        let terms = try story.agree(NetworkTerms.exchange(numerator: 1, denominator: 3))
        let member = try story.member("nordwind", "harbour")
        let items = [Network.item(member, amount: 3_001, debit: 3_000, credit: 1_000)]
        try story.take(story.network.transfers(from: "nordwind", terms: terms, items: items))
        #expect(BookView(story).owed("nordwind", "harbour") == 1_000)
        #expect(BookView(story).totals(terms)?.debit == 3_000)
    }

    @Test func aHoldIsCommittedVoidedOrExpires() throws {
        var story = try NetworkStory.founded()
        let terms = try story.agree(NetworkTerms.held(NetworkTerms.exchange()))
        let members = try story.members(3, "nordwind", "harbour")
        let items = members.map { Network.item($0, amount: 100) }
        let entry = try story.take(
            story.network.transfers(from: "nordwind", terms: terms, items: items)
        )
        #expect(BookView(story).held("nordwind", "harbour") == 300)
        try story.take(story.network.commit(entry, [(0, 100, 0)], by: "harbour"))
        try story.take(story.network.void(entry, [1], by: "harbour"))
        #expect(BookView(story).owed("nordwind", "harbour") == 100)
        #expect(BookView(story).held("nordwind", "harbour") == 100)
        story.network.advance(days: 1)
        try story.take(story.network.policy(feePerItem: nil))
        #expect(BookView(story).held("nordwind", "harbour") == 0)
    }

    @Test func aRetryIsAnsweredWithItsOwnEntry() throws {
        var story = try NetworkStory.founded()
        let text = story.network.define("harbour/miles")
        let entry = try story.take(text)
        story.network.advance(days: 200)
        #expect(try story.take(text) == entry)
    }
}
