import Money
import Settlement
import Testing

/// Values of a program's unit by each rule (spec/24 §1).
@Suite struct UnitValueTests {
    @Test func middleOfBidAndAsk() throws {
        let bid = try Rates.rate(120, 100)
        let ask = try Rates.rate(130, 100)
        #expect(UnitValue(bid: bid, ask: ask, quote: .one)?.millionths == 1_250_000)
        // 1 USD cent = 1/1.1357 EUR cents.
        let quote = try #require(Quotient(10_000, 11_357))
        #expect(UnitValue(bid: bid, ask: ask, quote: quote)?.millionths == 1_100_643)
    }

    @Test(
        arguments: [
            // A half of a millionth goes to the even one.
            (1, 2_000_000, nil), (3, 2_000_000, 2), (5, 2_000_000, 2), (7, 2_000_000, 4),
            (1, 2_000_001, nil), (2_147_483_646, 1_000_000, 2_147_483_646),
            (2_147_483_647, 1_000_000, nil), (2_147_483_647, 1, nil), (1, 2_147_483_647, nil),
        ] as [(Int64, Int64, Int64?)]
    )
    func priceIsRoundedOnce(_ row: (Int64, Int64, Int64?)) throws {
        let price = try Rates.rate(row.0, row.1)
        #expect(UnitValue(price, quote: .one)?.millionths == row.2)
        #expect(UnitValue(bid: price, ask: price, quote: .one)?.millionths == row.2)
    }

    @Test func largestAndSmallestQuotesAreNoTrap() throws {
        let large = try Rates.rate(Rate.limit, 1)
        let small = try Rates.rate(1, Rate.limit)
        for quote in [Quotient(.max, 1), Quotient(1, .max), Quotient(-.max, 1), Quotient(0, 1)] {
            let quote = try #require(quote)
            #expect(UnitValue(bid: small, ask: large, quote: quote) == nil)
            #expect(UnitValue(large, quote: quote) == nil)
        }
    }

    @Test func meanOfNights() throws {
        #expect(UnitValue(meanOf: []) == nil)
        let nights = try [1_000_000, 1_000_001, 1_000_004].map { try Rates.value($0) }
        #expect(UnitValue(meanOf: Array(nights[..<2]))?.millionths == 1_000_000)
        #expect(UnitValue(meanOf: nights)?.millionths == 1_000_002)
    }

    /// Pairs with their units, and what follows: shares of exactly 40 % are allowed.
    @Test(
        arguments: [
            ([("a", "b", 40), ("b", "c", 40), ("c", "d", 20)], true),
            ([("a", "b", 41), ("b", "c", 39), ("c", "d", 20)], false),
            ([("a", "b", 50), ("b", "c", 50)], false),
            // Both directions of a pair are one pair, and a name is no pair of its own.
            ([("a", "b", 30), ("b", "a", 30), ("b", "c", 30), ("c", "d", 10)], false),
            ([("a", "b", 20), ("b", "a", 20), ("b", "c", 40), ("c", "d", 20)], true),
            ([("a", "b", 40), ("b", "c", 40), ("c", "d", 0), ("d", "e", -5)], false),
            ([], false),
        ] as [([(String, String, Int64)], Bool)]
    )
    func threePairsAndFortyPercent(_ row: ([(String, String, Int64)], Bool)) throws {
        let price = try Rates.value(710_000)
        let trades = row.0.map { TradedUnits($0.0, $0.1, units: $0.2, price: price) }
        #expect(UnitValue(weighted: trades) == (row.1 ? price : nil))
    }

    @Test func weightsCount() throws {
        let trades = try [
            TradedUnits("a", "b", units: 4, price: Rates.value(1_000_000)),
            TradedUnits("b", "c", units: 4, price: Rates.value(2_000_000)),
            TradedUnits("c", "d", units: 3, price: Rates.value(3_000_001)),
        ]
        // 21,000,003 / 11 = 1,909,091.18
        #expect(UnitValue(weighted: trades)?.millionths == 1_909_091)
    }

    @Test func largestUnitsAreNoTrap() throws {
        let price = try Rates.value(Rate.limit - 1)
        let trades = (0..<1_000).map {
            TradedUnits("a\($0)", "b", units: .max, price: price)
        }
        #expect(UnitValue(weighted: trades) == price)
    }
}
