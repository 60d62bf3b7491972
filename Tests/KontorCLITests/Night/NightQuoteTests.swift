import KontorEngine
import Ledger
import Signing
import TestSupport
import Testing

@testable import KontorCLI

/// Quotes under terms whose price is fixed each night.
@Suite struct NightQuoteTests {
    @Test func quotesNameTheFixing() throws {
        let world = try NightWorld(policy: [
            "minimumPayment": 0, "carryMaxDays": 30,
            "fixing": ["numeraire": "EUR", "source": "ecb", "days": 2],
        ])
        try world.publish("cafe", 3)
        let deal = try world.deal("nordwind", "cafe", change: NightWorld.fixing)
        let plain = try world.deal("nordwind", "harbour")
        let before = try world.engine.quote(deal.terms, QuoteRequest(amount: 500))
        #expect(before.fixing == nil)
        #expect(before.json["fixing"] == nil)
        #expect(before.faults.map(\.rejection) == [.rateNotFixed])
        try world.evening()
        let fixing = try #require(world.book.fixing?.hash)
        let after = try world.engine.quote(deal.terms, QuoteRequest(amount: 500))
        #expect(after.faults.isEmpty)
        #expect(after.json["fixing"] == .string(fixing.base64URL))
        #expect(after.debts.map(\.numerator) == [1_500 * Int128(after.debts[0].denominator)])
        let lines = try QuoteText(after.json).lines()
        #expect(lines.contains("fixing   \(fixing.base64URL), which the transfer names"))
        let other = try world.engine.quote(plain.terms, QuoteRequest(amount: 500))
        #expect(other.json["fixing"] == nil)
        try world.send(deal, 500, fixing: fixing)
        #expect(world.complaint { try world.send(deal, 500) }.contains("RateStale"))
    }
}
