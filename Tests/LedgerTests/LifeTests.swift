import Signing
import TestSupport
import Testing

@testable import Ledger

/// Keys, four eyes, windows, suspension, debts: each at its bound, on the side that is accepted.
@Suite struct LifeTests {
    @Test func idsAreAcceptedAtBothEndsOfTheirWindow() throws {
        var story = try NetworkStory.founded()
        let deal = try story.deal()
        let old = story.send(deal, 5)
        story.network.advance(hours: 72)
        try story.take(old)
        story.network.advance(seconds: 60)
        let ahead = story.send(deal, 5)
        story.network.advance(seconds: -60)
        try story.take(ahead)
    }

    @Test func keysHoldByPosition() throws {
        var story = try NetworkStory.founded()
        let early = story.network.define("nordwind/a")
        try story.take(story.network.addKey("nordwind#2", for: "nordwind"))
        let late = story.network.define("nordwind/b")
        try story.take(early)
        try story.take(story.network.revokeKey("nordwind", for: "nordwind"))
        #expect(story.refusal(of: late) == .keyRevoked)
        story.network.signers["nordwind"] = "nordwind#2"
        try story.take(story.network.define("nordwind/b"))
    }

    @Test func aRekeyingHoldsAfter72Hours() throws {
        var story = try NetworkStory.founded(threshold: 2)
        try story.takeApproved(story.network.rekey("nordwind", suffix: "#2"))
        story.network.advance(hours: 72, milliseconds: -1)
        try story.take(story.network.define("nordwind/old"))
        try story.take(story.network.addKey("nordwind#3", for: "nordwind"))
        story.network.advance(milliseconds: 1)
        story.network.signers["nordwind"] = "nordwind#3"
        #expect(story.refusal(of: story.network.define("nordwind/new")) == .keyRevoked)
        story.network.signers["nordwind"] = "nordwind#2"
        try story.take(story.network.define("nordwind/new"))
    }

    @Test func theRecoveryKeyReplacesItself() throws {
        var story = try NetworkStory.founded()
        let name = "nordwind#recovery"
        try story.take(story.network.suspend("nordwind"))
        try story.take(story.network.addKey("\(name)2", use: .recovery, for: "nordwind", key: name))
        #expect(
            story.refusal(of: story.network.revokeKey("nordwind", for: "nordwind", key: name))
                == .keyRevoked
        )
        try story.take(story.network.revokeKey("nordwind", for: "nordwind", key: "\(name)2"))
    }

    @Test func anActOfFourEyesWaits() throws {
        var story = try NetworkStory.founded(threshold: 2)
        let deal = try story.deal()
        let entry = try story.take(story.network.suspend("nordwind"))
        try story.take(story.send(deal, 5))
        story.network.advance(days: 7, milliseconds: -1)
        try story.take(story.network.approve(entry))
        #expect(story.refusal(of: story.send(deal, 5)) == .partnerSuspended)
    }

    @Test func earlierHoldsAreCommittedWhileTheDebtorIsSuspended() throws {
        var story = try NetworkStory.founded()
        let deal = try story.deal(NetworkTerms.held(NetworkTerms.exchange(), seconds: 3_600))
        let entry = try story.take(story.send(deal, 5))
        try story.take(story.network.suspend("nordwind"))
        #expect(story.refusal(of: story.send(deal, 5)) == .partnerSuspended)
        story.network.advance(seconds: 3_600, milliseconds: -1)
        try story.take(story.network.commit(entry, [(0, 5, 0)], by: "harbour"))
    }

    @Test func aSupersededVersionIsUsableUntilTheLastMoment() throws {
        var story = try NetworkStory.founded()
        let old = try story.deal()
        let moment = story.network.now.advanced(byMilliseconds: 1_000)
        let terms = NetworkTerms.exchange(denominator: 2).with(
            "validFrom",
            .string(moment.description)
        )
        let new = try story.agree(terms, supersedes: old.terms)
        story.network.advance(milliseconds: 999)
        try story.take(story.send(old, 10))
        story.network.advance(milliseconds: 1)
        #expect(story.refusal(of: story.send(old, 10)) == .agreementNoLongerValid)
        try story.take(story.send((new, old.member), 10, credit: 5))
    }

    @Test func limitsPassAtTheirExactValue() throws {
        var story = try NetworkStory.founded()
        try story.take(story.network.limit(of: "nordwind", netDebitCap: 100, coverPercent: 200))
        try story.take(story.network.cover(of: "nordwind", amount: 50))
        let deal = try story.deal(NetworkTerms.exchange().with("settlement.creditLine", 100))
        try story.take(story.send(deal, 100))
    }

    @Test func whatIsOwedBackOffsetsOnlyIfTheTermsSaySo() throws {
        for offsets in [false, true] {
            var story = try NetworkStory.founded()
            let there = NetworkTerms.exchange().with("settlement.creditLine", 100)
                .with("settlement.offsets", .boolean(offsets))
            let deal = try story.deal(there)
            let back = try story.deal(NetworkTerms.exchange(from: "harbour", to: "nordwind"))
            let item = Network.item(back.member, amount: 40)
            try story.take(
                story.network.transfers(from: "harbour", terms: back.terms, items: [item])
            )
            #expect(story.refusal(of: story.send(deal, 140)) == (offsets ? nil : .creditLine))
        }
    }

    @Test func feesAreDebtsOfTheirOwn() throws {
        var story = try NetworkStory.founded()
        let fees: JSONValue = [
            NetworkTerms.fee(
                perUnit: (1, 4),
                payer: "debtor",
                payee: "suedkauf",
                rounding: "ceiling"
            ),
            NetworkTerms.fee(fixed: 3, payer: "creditor", payee: "debtor"),
            NetworkTerms.fee(fixed: 9, payer: "member", payee: "debtor"),
            NetworkTerms.fee(perUnit: (1, 1), payer: "creditor", payee: "debtor").with("cap", 2),
        ]
        let deal = try story.deal(NetworkTerms.exchange().with("fees", fees))
        try story.take(story.send(deal, 10))
        #expect(BookView(story).owed("nordwind", "suedkauf") == 3)
        #expect(BookView(story).owed("harbour", "nordwind") == 5)
        #expect(BookView(story).owed("nordwind", "harbour") == 10)
    }

    @Test func theNetworksFeeFallsDueWithEachPostedItem() throws {
        var story = try NetworkStory.founded()
        try story.take(story.network.policy(feePerItem: (1, 4)))
        let deal = try story.deal(NetworkTerms.held(NetworkTerms.exchange()))
        let item = Network.item(deal.member, amount: 10)
        let items = [JSONValue](repeating: item, count: 5)
        let entry = try story.take(
            story.network.transfers(from: "nordwind", terms: deal.terms, items: items)
        )
        #expect(BookView(story).owed("nordwind", "operator") == 0)
        try story.take(story.network.commit(entry, (0..<5).map { ($0, 10, 0) }, by: "harbour"))
        let fee = try #require(BookView(story).exposure("nordwind", "operator", "EUR"))
        #expect(fee.posted * 4 == 5 * Int128(fee.denominator))
    }

    @Test func pricesOfSeveralDenominatorsStayExact() throws {
        var story = try NetworkStory.founded()
        let price = "settlement.price.fixed"
        let thirds = try story.deal(NetworkTerms.exchange().with(price, NetworkTerms.rate(1, 3)))
        try story.take(story.send(thirds, 1))
        let sevenths = try story.deal(NetworkTerms.exchange().with(price, NetworkTerms.rate(2, 7)))
        try story.take(story.send(sevenths, 1))
        let sum = try #require(BookView(story).exposure("nordwind", "harbour", "EUR"))
        #expect(sum.posted * 21 == 13 * Int128(sum.denominator))
        #expect(sum.ceiling == 1 && sum.postedFloor == 0)
    }

    @Test func redeemIsOwedPerUnitConsumed() throws {
        var story = try NetworkStory.founded()
        let ratio = "conversion.ratio.fixed"
        let deal = try story.deal(NetworkTerms.redeem().with(ratio, NetworkTerms.rate(1, 2)))
        try story.take(story.send(deal, 11, debit: 10, credit: 5))
        #expect(BookView(story).owed("nordwind", "harbour") == 10)
    }
}
