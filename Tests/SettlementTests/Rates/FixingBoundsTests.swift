import Money
import Settlement
import Testing

/// Ratio, price and band of one agreement (spec/24 §2).
@Suite struct FixingBoundsTests {
    @Test(
        arguments: [
            // from, to, spread in percent, ratio
            (1_000_000, 3_000_000, 0, "333333333/1000000000"),
            (1_000_000, 3_000_000, 10, "300000000/1000000000"),
            (1_250_000, 710_000, 2, "1725352112/1000000000"),
            (2_147_483, 1_000_000, 0, "2147483000/1000000000"),
            (2_147_484, 1_000_000, 0, "214748400/100000000"),
            (2_000_000_000, 1, 0, "2000000000/1"),
            (1, 2_000_000_000, 0, nil), (3, 2_000_000_000, 0, "1/1000000000"),
            (1_000_000, 1_000_000, 100, nil),
        ] as [(Int64, Int64, Int64, String?)]
    )
    func ratio(_ row: (Int64, Int64, Int64, String?)) throws {
        let from = try Rates.value(row.0).minorUnits
        let to = try Rates.value(row.1).minorUnits
        let ratio = try Rates.bounds(spread: row.2).ratio(from: from, to: to)
        #expect(ratio.map { "\($0.numerator)/\($0.denominator)" } == row.3)
    }

    @Test func floorAndCeilingBind() throws {
        let bounds = try Rates.bounds(spread: 5, floor: (1, 3), ceiling: (1, 2))
        let one = Quotient.one
        #expect(
            bounds.ratio(from: one, to: Quotient(100))
                == (try Rates.rate(333_333_333, 1_000_000_000))
        )
        #expect(bounds.ratio(from: one, to: one) == (try Rates.rate(500_000_000, 1_000_000_000)))
        #expect(bounds.price(of: one, quote: Quotient(2)) == (try Rates.rate(500_000, 1_000_000)))
        let low = try #require(Quotient(1, 100))
        #expect(bounds.price(of: low, quote: one) == (try Rates.rate(333_333, 1_000_000)))
        // A spread of all still leaves the floor.
        let all = try Rates.bounds(spread: 100, floor: (1, 3), ceiling: (1, 2))
        #expect(all.ratio(from: one, to: one) == (try Rates.rate(333_333_333, 1_000_000_000)))
    }

    @Test func priceIsRoundedToTheEvenMillionth() throws {
        let bounds = try Rates.bounds()
        for (millionths, expected) in [(3, 2), (5, 2), (7, 4), (1_000_001, 500_000)] {
            let value = try Rates.value(Int64(millionths)).minorUnits
            let half = try #require(Quotient(1, 2))
            #expect(bounds.price(of: value, quote: half)?.numerator == Int64(expected))
        }
        #expect(bounds.price(of: .one, quote: Quotient(2_147)) != nil)
        #expect(bounds.price(of: .one, quote: Quotient(2_148)) == nil)
        #expect(bounds.price(of: .one, quote: .zero) == nil)
    }

    @Test func hugeQuotesAreNoTrap() throws {
        let bounds = try Rates.bounds(spread: 1)
        let extremes = [Quotient(.max, 1), Quotient(1, .max), .one, .zero, Quotient(-3, 7)]
        for from in extremes.compactMap(\.self) {
            for to in extremes.compactMap(\.self) {
                let ratio = bounds.ratio(from: from, to: to)
                #expect(ratio == nil || from > .zero && to > .zero)
                _ = bounds.price(of: from, quote: to)
            }
        }
    }

    @Test(
        arguments: [
            // last, next, days; the band is 5 % a day
            (100, 105, 1, true), (100, 95, 1, true), (100, 106, 1, false), (100, 94, 1, false),
            (100, 110, 2, true), (100, 111, 2, false), (100, 111, 3, true), (100, 105, 0, true),
            (100, 106, -9, false), (100, 1, 30, true), (100, 100, 1, true),
        ] as [(Int64, Int64, Int64, Bool)]
    )
    func band(_ row: (Int64, Int64, Int64, Bool)) throws {
        let last = try Rates.rate(row.0, 300)
        let next = try Rates.rate(row.1 * 7, 2_100)
        #expect(try Rates.bounds(band: 5).allows(next, after: last, days: row.2) == row.3)
    }

    @Test func largestBandIsNoTrap() throws {
        let bounds = try Rates.bounds(band: 100)
        let least = try Rates.rate(1, Rate.limit)
        let most = try Rates.rate(Rate.limit, 1)
        #expect(!bounds.allows(most, after: least, days: .max))
        #expect(bounds.allows(least, after: most, days: .max))
    }

    /// Around a cycle of programs nobody gains: each rate is at most the quotient of two values.
    @Test func cyclesNeverGain() throws {
        var random = Rates(seed: 5)
        var longest = 0
        var isBelow = true
        for _ in 0..<12_000 {
            let values = try (0..<random.number(2...7)).map { _ in try random.value().minorUnits }
            longest = max(longest, values.count)
            // What becomes of 2^60 units on their way around.
            var units = Int128(1) << 60
            for (from, to) in zip(values, values.dropFirst() + values.prefix(1)) {
                let spread = random.number(0...3)
                guard let rate = try Rates.bounds(spread: spread).ratio(from: from, to: to) else {
                    units = 0
                    break
                }
                isBelow = try isBelow && Quotient(rate) <= from.divided(by: to)
                units = units * Int128(rate.numerator) / Int128(rate.denominator)
            }
            isBelow = isBelow && units <= Int128(1) << 60
        }
        #expect(isBelow)
        #expect(longest == 7)
    }

    /// The same numbers by long multiplication of small parts and a search for the largest one.
    @Test func agreesWithTheDefinition() throws {
        var random = Rates(seed: 11)
        var given = 0
        for _ in 0..<10_000 {
            let from = random.anySize(1 << 24)
            let to = random.anySize(1 << 24)
            let spread = try Rates.fraction(random.number(0...20), 20 + random.number(0...80))
            let bounds = FixingBounds(
                spread: spread,
                bandPerDay: spread,
                floor: try Rates.rate(1, random.anySize(1 << 20)),
                ceiling: try Rates.rate(random.anySize(1 << 20), 1)
            )
            let rate = bounds.ratio(
                from: try Rates.value(from).minorUnits,
                to: try Rates.value(to).minorUnits
            )
            #expect(rate == (try naiveRatio(from, to, bounds)))
            given += rate == nil ? 0 : 1
        }
        #expect(given > 5_000)
    }

    private func naiveRatio(_ from: Int64, _ to: Int64, _ bounds: FixingBounds) throws -> Rate? {
        var top = Int128(from) * Int128(bounds.spread.denominator - bounds.spread.numerator)
        var bottom = Int128(to) * Int128(bounds.spread.denominator)
        if top * Int128(bounds.floor.denominator) < bottom * Int128(bounds.floor.numerator) {
            (top, bottom) = (Int128(bounds.floor.numerator), Int128(bounds.floor.denominator))
        }
        if top * Int128(bounds.ceiling.denominator) > bottom * Int128(bounds.ceiling.numerator) {
            (top, bottom) = (Int128(bounds.ceiling.numerator), Int128(bounds.ceiling.denominator))
        }
        for digits in (0...9).reversed() {
            let power = (0..<digits).reduce(Int128(1)) { power, _ in power * 10 }
            let numerator = top * power / bottom
            guard numerator <= Int128(Rate.limit) else { continue }
            return Rate(numerator: Int64(numerator), denominator: Int64(power))
        }
        return nil
    }
}
