import Ledger
import Signing
import TestSupport
import Testing

/// What would be told is what is told, and leaves no trace.
@Suite struct RehearsalTests {
    @Test func aRehearsedHoldLeavesNothingThatExpires() throws {
        var story = try NetworkStory.founded()
        let short = try story.deal(NetworkTerms.held(NetworkTerms.exchange(), seconds: 60))
        let long = try story.deal(NetworkTerms.held(NetworkTerms.exchange(), seconds: 3_600))
        #expect(try rehearse(story.send(short, 5), in: &story) == nil)
        let entry = try story.take(story.send(long, 7))
        story.network.advance(minutes: 2)
        try story.take(story.network.define("nordwind/miles"))
        #expect(BookView(story).held("nordwind", "harbour") == 7)
        try story.take(story.network.commit(entry, [(0, 7, 0)], by: "harbour"))
    }

    @Test func aRehearsalLeavesTheStateAsItWas() throws {
        var story = try NetworkStory.founded()
        try story.take(story.network.policy(feePerItem: (1, 4)))
        let deal = try story.deal()
        let text = story.send(deal, 5)
        let before = story.ledger.book.stateDigest()
        #expect(try rehearse(text, in: &story) == nil)
        #expect(story.ledger.book.stateDigest() == before)
        try story.take(text)
        #expect(story.ledger.book.stateDigest() != before)
    }

    private func rehearse(_ text: [UInt8], in story: inout NetworkStory) throws -> Rejection? {
        let position = Position(
            index: UInt64(story.ledger.entries.count),
            time: story.network.now,
            ledger: story.network.ledger
        )
        let submission = try SignedStatement(parsing: text)
        return story.ledger.book.rehearse(submission, at: position) { _ in nil }?.first.rejection
    }
}
