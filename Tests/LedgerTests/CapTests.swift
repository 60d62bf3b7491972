import Ledger
import Signing
import TestSupport
import Testing

/// Caps by period, at the agreement's own clock (one hour ahead of UTC in the sample terms).
@Suite struct CapTests {
    /// A period, a first moment, the last moment that still counts with it, and the first that does
    /// not.
    private struct Row: Sendable {
        let period: String
        let days: Int64?
        let first: String
        let last: String
        let next: String
    }

    private static let rows = [
        Row(
            period: "day",
            days: nil,
            first: "2026-03-02T23:00:00.000Z",
            last: "2026-03-03T22:59:59.999Z",
            next: "2026-03-03T23:00:00.000Z"
        ),
        Row(
            period: "month",
            days: nil,
            first: "2026-03-31T22:00:00.000Z",
            last: "2026-03-31T22:59:59.999Z",
            next: "2026-03-31T23:00:00.000Z"
        ),
        Row(
            period: "calendarYear",
            days: nil,
            first: "2026-04-01T00:00:00.000Z",
            last: "2026-12-31T22:59:59.999Z",
            next: "2026-12-31T23:00:00.000Z"
        ),
        Row(
            period: "rollingDays",
            days: 3,
            first: "2026-03-02T23:00:00.000Z",
            last: "2026-03-05T22:59:59.999Z",
            next: "2026-03-05T23:00:00.000Z"
        ),
    ]

    @Test(arguments: [0, 1, 2, 3])
    func aPeriodEndsAtTheAgreementsMidnight(_ index: Int) throws {
        let row = Self.rows[index]
        var story = try NetworkStory.founded()
        let deal = try story.deal(RejectionTable.capped(100, row.period, days: row.days))
        let token = NetworkStory.token(story.network.pseudonym(), "cap")
        story.network.now = try #require(Timestamp(row.first))
        try story.take(story.send(deal, 100, more: token))
        story.network.now = try #require(Timestamp(row.last))
        #expect(story.refusal(of: story.send(deal, 1, more: token)) == .capExceeded)
        story.network.now = try #require(Timestamp(row.next))
        try story.take(story.send(deal, 100, more: token))
    }

    @Test func anotherTokenHasItsOwnUse() throws {
        var story = try NetworkStory.founded()
        let deal = try story.deal(RejectionTable.capped(100, "day"))
        try story.take(
            story.send(deal, 100, more: NetworkStory.token(story.network.pseudonym(), "cap"))
        )
        try story.take(
            story.send(deal, 100, more: NetworkStory.token(story.network.pseudonym(), "cap"))
        )
    }

    @Test func oneGroupSpansAgreements() throws {
        var story = try NetworkStory.founded()
        let first = try story.deal(RejectionTable.capped(100, "month"))
        let terms = RejectionTable.capped(150, "month").with("creditor", "suedkauf").with(
            "to",
            "suedkauf/points"
        )
        let second = try story.deal(terms)
        let token = NetworkStory.token(story.network.pseudonym(), "cap")
        try story.take(story.send(first, 100, more: token))
        #expect(story.refusal(of: story.send(second, 51, more: token)) == .capExceeded)
        try story.take(story.send(second, 50, more: token))
    }

    @Test func aCapInTargetUnitsCountsBonuses() throws {
        var story = try NetworkStory.founded()
        let cap = NetworkTerms.cap(100, "day", unit: "target", subject: "pair")
        let terms = NetworkTerms.exchange().with("groups", NetworkTerms.groups(["cap"])).with(
            "caps",
            [cap]
        )
        .with("bonuses", [NetworkTerms.percent(1, 1)])
        let deal = try story.deal(terms)
        #expect(story.refusal(of: story.send(deal, 51, bonus: 51)) == .capExceeded)
        try story.take(story.send(deal, 50, bonus: 50))
    }

    @Test func aVoidedHoldGivesBackInItsOwnPeriod() throws {
        var story = try NetworkStory.founded()
        let deal = try story.deal(
            NetworkTerms.held(RejectionTable.capped(100, "day"), seconds: 3 * 86_400)
        )
        let token = NetworkStory.token(story.network.pseudonym(), "cap")
        let first = try story.take(story.send(deal, 100, more: token))
        #expect(story.refusal(of: story.send(deal, 1, more: token)) == .capExceeded)
        try story.take(story.network.void(first, [0], by: "harbour"))
        let second = try story.take(story.send(deal, 60, more: token))
        story.network.advance(days: 1)
        try story.take(story.send(deal, 100, more: token))
        try story.take(story.network.void(second, [0], by: "harbour"))
        #expect(story.refusal(of: story.send(deal, 1, more: token)) == .capExceeded)
    }

    @Test func aReversalGivesBackInThePeriodOfTheRequest() throws {
        var story = try NetworkStory.founded()
        let deal = try story.deal(RejectionTable.capped(100, "month"))
        let token = NetworkStory.token(story.network.pseudonym(), "cap")
        let entry = try story.take(story.send(deal, 100, more: token))
        let part = Network.reversal(0, remaining: 70, debit: 30, credit: 30)
        try story.take(story.network.reverse(entry, [part], by: "harbour"))
        #expect(story.refusal(of: story.send(deal, 31, more: token)) == .capExceeded)
        try story.take(story.send(deal, 30, more: token))
        story.network.advance(days: 30)
        try story.take(story.send(deal, 100, more: token))
        let rest = Network.reversal(0, debit: 70, credit: 70)
        try story.take(story.network.reverse(entry, [rest], by: "harbour"))
        #expect(story.refusal(of: story.send(deal, 1, more: token)) == .capExceeded)
    }
}
