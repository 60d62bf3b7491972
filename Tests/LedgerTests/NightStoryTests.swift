import Foundation
import Money
import Settlement
import Signing
import TestSupport
import Testing

@testable import Ledger

/// Two nights of two partners: what windows take, and what sheets make of it (spec/20 §3 to §5).
@Suite struct NightStoryTests {
    /// A network that began its nights under rule set 1, and its naive twin beside it.
    private struct World {
        var story: NetworkStory
        var twin = NaiveLedger()
        var deals: [String: (terms: Digest, member: String)] = [:]

        /// An exchange in EUR, an offer to earn in USD and a held redemption in CHF, all settled
        /// in EUR.
        init() throws {
            story = try NetworkStory.founded(
                partners: ["nordwind", "harbour"],
                currencies: ["EUR", "USD", "CHF"],
                signs: false
            )
            deals["exchange"] = try story.deal()
            deals["earn"] = try story.deal(Self.converted(NetworkTerms.earn(), "USD"))
            let redeem = Self.converted(NetworkTerms.redeem(), "CHF")
            deals["redeem"] = try story.deal(NetworkTerms.held(redeem, seconds: 2 * 86_400))
            for entry in story.ledger.entries {
                _ = twin.apply(entry.text, at: entry.time, ledger: story.network.ledger)
            }
        }

        private static func converted(_ terms: JSONValue, _ currency: String) -> JSONValue {
            terms.with("settlement.priceCurrency", .string(currency))
                .with("settlement.fxSource", "ecb")
                .with("settlement.fxFallback", "previousWorkingDay")
                .with("settlement.fxMaxAgeDays", 3)
        }

        /// Applies a text to both, which agree on the state.
        @discardableResult
        mutating func take(_ text: [UInt8]) throws -> UInt64 {
            let entry = try story.take(text)
            #expect(twin.apply(text, at: story.network.now, ledger: story.network.ledger) == [])
            #expect(story.ledger.book.stateDigest() == twin.stateDigest)
            return entry
        }

        mutating func send(_ name: String, _ amount: Int64) throws -> UInt64 {
            let deal = try #require(deals[name])
            return try take(story.send(deal, amount))
        }

        mutating func close() throws {
            let (text, cutoff) = story.dueClose()
            story.network.now = max(story.network.now, cutoff)
            try take(text)
        }

        /// Purpose, currency and exact value of the debts of a window.
        func debts(_ window: UInt64) -> [String] {
            let debts = story.ledger.book.window(window, of: "network")?.debts ?? []
            return debts.map {
                "\($0.purpose) \($0.currency) \($0.exact) of \($0.entries)"
            }.sorted()
        }
    }

    @Test func windowsTakeWhatWasPostedInThem() throws {
        var world = try World()
        // What is posted under rule set 1 is of the first window too.
        let first = try world.send("exchange", 100)
        try world.take(world.story.network.calendar())
        let next = UInt64(world.story.ledger.entries.count) + 1
        try world.take(world.story.network.activate(2, from: next))
        try world.take(world.story.network.policy(feePerItem: (1, 10)))
        _ = try world.send("earn", 250)
        _ = try world.send("earn", 50)
        world.story.network.advance(hours: 20)
        let hold = try world.send("redeem", 300)
        try world.close()
        // The hold is across the cut.
        #expect(
            world.debts(1) == [
                "networkFee EUR 1/5 of 2", "units EUR 100/1 of 1", "units USD 300/1 of 2",
            ]
        )
        try world.take(world.story.network.commit(hold, [(0, 300, 0)], by: "harbour"))
        let reversal = Network.reversal(0, remaining: 30, debit: 70, credit: 70)
        try world.take(world.story.network.reverse(first, [reversal], by: "harbour"))
        try world.close()
        #expect(
            world.debts(2) == [
                "networkFee EUR 1/10 of 1", "units CHF 300/1 of 1", "units EUR -70/1 of 1",
            ]
        )
        // Nobody posted anything: a window without debts.
        try world.close()
        #expect(world.debts(3).isEmpty)
        // The limits still see everything.
        #expect(BookView(world.story).owed("nordwind", "harbour") == 30)
    }

    @Test func aLateCloseWaitsForAnotherOperator() throws {
        var world = try World()
        try world.take(world.story.network.calendar())
        let next = UInt64(world.story.ledger.entries.count) + 1
        try world.take(world.story.network.activate(2, from: next))
        _ = try world.send("exchange", 5)
        let cutoff = try #require(world.story.ledger.book.openWindow(of: "network").cutoff)
        world.story.network.now = cutoff.advanced(byMilliseconds: 2 * 3_600_000)
        let text = world.story.network.close(start: 0, cutoff: cutoff, reason: "late")
        let entry = try world.take(text)
        #expect(world.story.ledger.book.windows(of: "network").isEmpty)
        // What comes before the approval is of the window.
        _ = try world.send("exchange", 6)
        let own = world.story.network.approve(entry, by: "operator-a")
        #expect(world.story.refusal(of: own) == .selfApproval)
        let approval = try world.take(world.story.network.approve(entry))
        let window = try #require(world.story.ledger.book.window(1, of: "network"))
        #expect(window.start == 0 && window.end == approval && window.cutoff == cutoff)
        #expect(world.debts(1) == ["units EUR 11/1 of 2"])
        #expect(world.story.ledger.book.openWindow(of: "network").start == approval)
        // One on time waits for nobody, up to ten minutes before or after its cut-off.
        let open = world.story.ledger.book.openWindow(of: "network")
        let second = try #require(open.cutoff)
        world.story.network.now = second.advanced(byMilliseconds: -600_000)
        try world.take(world.story.network.close(start: open.start, cutoff: second))
        #expect(world.story.ledger.book.windows(of: "network").count == 2)
    }

    @Test func finalSheetsBookWhatTheyChange() throws {
        var world = try World()
        try world.take(world.story.network.calendar())
        let next = UInt64(world.story.ledger.entries.count) + 1
        try world.take(world.story.network.activate(2, from: next))
        _ = try world.send("earn", 250)
        try world.close()
        let sheet = world.story.sheet(daysAgo: 1)
        try world.take(world.story.network.fix(window: 1, sheets: [sheet]))
        var story = world.story
        let book = story.ledger.book
        let debt = try #require(book.window(1, of: "network")?.debts.first)
        #expect(book.valuation(of: debt, in: "network").quote == Quotient(100, 110))
        // 250 cents at 1.10 are 227.27…; the twin knows no settlements, so it goes no further.
        let eur = try #require(Currency("EUR"))
        let plan = try book.rehearseCalculation(
            calendar: "network",
            window: 1,
            model: .multilateral,
            currency: eur
        )
        #expect(plan.debts.map(\.amount) == [227])
        try story.take(story.network.calculate(plan))
        story.network.advance(days: 1)
        let final = [story.sheet(usd: 120)]
        try story.take(story.network.fix(.settlementFinalise, window: 1, sheets: final))
        // 250 cents at 1.20 are 208.33…: 19 too many were settled.
        let lines = story.ledger.book.openLines(of: "network")
        #expect(lines.map(\.debt.purpose) == [.trueUp] && lines[0].debt.exact == Quotient(-19))
        #expect(lines[0].debt.entries == 0 && lines[0].debt.trail == .zero)
        #expect(BookView(story).owed("nordwind", "harbour") == -19)
        // What was calculated keeps its sheets, whatever becomes of its settlement.
        let kept = try #require(story.ledger.book.window(1, of: "network")?.debts.first)
        #expect(story.ledger.book.valuation(of: kept, in: "network").quote == Quotient(100, 110))
        try Self.expectRestorable(story.ledger.book)
    }

    @Test func sheetsAreOfAnAge() throws {
        let book = try World().story.ledger.book
        let terms = try #require(book.agreements[1].version.terms.settlement)
        let cutoff = Network.start
        let (eur, usd) = (try #require(Currency("EUR")), try #require(Currency("USD")))
        let chf = try #require(Currency("CHF"))
        for (age, isThere) in [(-2, true), (0, true), (3, true), (4, false)] {
            let date = CivilDate(days: cutoff.date().days - age)
            let sheet = try QuoteSheet(reading: Network.sheet(on: date, [("USD", (11, 10))]))
            let result = book.valuation(of: usd, under: terms, [sheet], cutoff: cutoff)
            #expect(result.currency == eur)
            #expect(result.quote == (isThere ? Quotient(10, 11) : nil), "\(age)")
            // A fee in CHF has no quote here, and is paid in CHF.
            let fee = book.valuation(of: chf, under: terms, [sheet], cutoff: cutoff)
            #expect(fee.currency == chf && fee.quote == .one)
        }
    }

    @Test func quotesCrossTheBaseAtBothScales() throws {
        let quotes: [(String, (Int64, Int64))] = [("JPY", (160, 1)), ("BHD", (2, 5))]
        let sheet = try QuoteSheet(
            reading: Network.sheet(on: CivilDate(days: 20_000), quotes.map { ($0.0, $0.1) })
        )
        let (jpy, bhd) = (try #require(Currency("JPY")), try #require(Currency("BHD")))
        let eur = try #require(Currency("EUR"))
        // 1 EUR = 100 cents = 160 JPY = 400 fils.
        #expect(sheet.quote(from: eur, to: jpy) == Quotient(160, 100))
        #expect(sheet.quote(from: jpy, to: bhd) == Quotient(400, 160))
        #expect(sheet.quote(from: bhd, to: eur) == Quotient(100, 400))
        #expect(sheet.quote(from: eur, to: try #require(Currency("USD"))) == nil)
    }

    @Test func windowsAreKeptForFourHundredDays() throws {
        var story = try NetworkStory.founded(partners: ["nordwind", "harbour"], signs: false)
        let deal = try story.deal()
        try story.take(story.network.calendar(days: 450))
        try story.take(story.network.activate(2, from: UInt64(story.ledger.entries.count) + 1))
        try story.closeWindow()
        try story.take(story.send(deal, 5))
        for _ in 2...401 { try story.closeWindow() }
        #expect(story.ledger.book.windows(of: "network").map(\.number).first == 1)
        try story.closeWindow()
        // Window 1 had nothing to settle; the debt of window 2 was never settled.
        #expect(story.ledger.book.windows(of: "network").map(\.number).first == 2)
        for _ in 0..<3 { try story.closeWindow() }
        #expect(story.ledger.book.windows(of: "network").map(\.number).prefix(2) == [2, 5])
        let fix = story.network.fix(window: 1, sheets: [])
        #expect(story.refusal(of: fix) == .unknownSettlement)
    }

    @Test func nightsOutliveAProjection() throws {
        var world = try World()
        try world.take(world.story.network.calendar())
        let next = UInt64(world.story.ledger.entries.count) + 1
        try world.take(world.story.network.activate(2, from: next))
        _ = try world.send("exchange", 5)
        try world.close()
        _ = try world.send("earn", 7)
        try Self.expectRestorable(world.story.ledger.book)
        // Accounts are found again under their places.
        var restored = try Self.restored(world.story.ledger.book)
        var story = world.story
        let text = story.send(try #require(world.deals["earn"]), 8)
        try story.take(text)
        swap(&story.ledger.book, &restored)
        #expect(story.ledger.book.openLines(of: "network").map(\.debt.exact) == [Quotient(7)])
    }

    private static func expectRestorable(_ book: Book) throws {
        #expect(try restored(book).stateDigest() == book.stateDigest())
    }

    private static func restored(_ book: Book) throws -> Book {
        var book = book
        book.markAllChanged()
        let data = try JSONEncoder().encode(book.snapshot)
        var restored = Book(restoring: try JSONDecoder().decode(BookSnapshot.self, from: data))
        var isLoaded = true
        book.takeChangedPages { table, number, bytes in
            isLoaded = restored.load(table, page: number, bytes) && isLoaded
        }
        restored.finishLoading()
        #expect(isLoaded)
        return restored
    }
}

extension Network {
    /// The figures of a settlement as the book gives them.
    fileprivate mutating func calculate(_ plan: SettlementRehearsal) -> [UInt8] {
        let figures = plan.result.figures
        return sign(
            .settlementCalculate,
            by: "operator-a",
            [
                "settlement": .string(plan.id.description), "revision": .integer(plan.revision),
                "participants": .integer(Int64(figures.participants)),
                "debts": .integer(Int64(figures.debts)), "gross": .integer(Int64(figures.gross)),
                "paid": .integer(Int64(figures.paid)), "float": .integer(Int64(figures.float)),
                "root": .string(figures.root.base64URL), "size": .integer(Int64(figures.size)),
                "head": .string(Digest.zero.base64URL),
            ]
        )
    }
}
