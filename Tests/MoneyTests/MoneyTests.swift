import Money
import Testing

@Suite struct RoundingTests {
    @Test(
        arguments: [
            (7, 2, 3, 4, 4, 4), (5, 2, 2, 3, 2, 3), (-5, 2, -3, -2, -2, -3),
            (-7, 2, -4, -3, -4, -4),
            (6, 3, 2, 2, 2, 2), (-6, 3, -2, -2, -2, -2), (0, 9, 0, 0, 0, 0), (1, 3, 0, 1, 0, 0),
            (2, 3, 0, 1, 1, 1),
            (-1, 3, -1, 0, 0, 0), (-2, 3, -1, 0, -1, -1),
        ] as [(Int128, Int128, Int128, Int128, Int128, Int128)]
    )
    func quotients(
        dividend: Int128,
        divisor: Int128,
        floor: Int128,
        ceiling: Int128,
        halfEven: Int128,
        halfUp: Int128
    ) {
        #expect(dividend.divided(by: divisor, rounding: .floor) == floor)
        #expect(dividend.divided(by: divisor, rounding: .ceiling) == ceiling)
        #expect(dividend.divided(by: divisor, rounding: .halfEven) == halfEven)
        #expect(dividend.divided(by: divisor, rounding: .halfUp) == halfUp)
    }

    @Test func bigNumbersRoundAsSmallOnes() {
        let big = Int128(1) << 100
        for rest in Int128(-3)...3 {
            let exact = (big * 4 + rest).divided(by: 4, rounding: .halfEven)
            #expect(exact - big == rest.divided(by: 4, rounding: .halfEven))
        }
    }

    @Test func theSmallestNumberDoesNotTrap() {
        #expect(Int128(Int64.min).divided(by: 1, rounding: .floor) == Int128(Int64.min))
    }

    @Test func leastCommonMultiple() {
        #expect(Int128.leastCommonMultiple(4, 6, atMost: 12) == 12)
        #expect(Int128.leastCommonMultiple(4, 6, atMost: 11) == nil)
        #expect(Int128.leastCommonMultiple(Int128.max, Int128.max - 1, atMost: Int128.max) == nil)
    }
}

@Suite struct RateTests {
    @Test(
        arguments: [
            (0, 1, false), (1, 0, false), (1, 1, true), (2_147_483_647, 2_147_483_647, true),
            (2_147_483_648, 1, false), (1, 2_147_483_648, false), (-1, 1, false),
        ] as [(Int64, Int64, Bool)]
    )
    func partsAreInRange(numerator: Int64, denominator: Int64, isRate: Bool) {
        #expect((Rate(numerator: numerator, denominator: denominator) != nil) == isRate)
    }

    @Test func fractionsSumExactly() throws {
        let third = try #require(Fraction(numerator: 1, denominator: 3))
        let half = try #require(Fraction(numerator: 1, denominator: 2))
        let odd = try #require(Fraction(numerator: 1, denominator: 2_147_483_647))
        #expect(Fraction.sumIsAtMostOne([third, third, third]))
        #expect(Fraction.sumIsAtMostOne([half, half]))
        #expect(!Fraction.sumIsAtMostOne([half, half, odd]))
        #expect(!Fraction.sumIsAtMostOne([third, third, third, odd]))
        #expect(Fraction(numerator: 2, denominator: 1) == nil)
        #expect(Fraction(numerator: 0, denominator: 1)?.floor(of: 5) == 0)
    }

    @Test func aRateOfTheLargestAmountIsExact() throws {
        let rate = try #require(Rate(numerator: 2_147_483_647, denominator: 2))
        #expect(rate.floor(of: 9_007_199_254_740_991) == 9_671_406_552_413_432_696_537_088)
    }

    @Test func ratesCompareByValue() throws {
        let left = try #require(Rate(numerator: 2, denominator: 4))
        let right = try #require(Rate(numerator: 1, denominator: 2))
        #expect(left <= right && right <= left)
        #expect(left <= Rate.one && !(Rate.one <= left))
    }
}

@Suite struct CurrencyTests {
    @Test(arguments: ["EU", "EURO", "eur", "E1R", "", "€UR"])
    func threeCapitalsAreDue(code: String) {
        #expect(Currency(code) == nil)
    }

    @Test(
        arguments: [
            ("EUR", 123_456_789, "1,234,567.89"), ("EUR", -5, "-0.05"), ("JPY", 1_000, "1,000"),
            ("KWD", 1_234, "1.234"),
            ("EUR", 0, "0.00"), ("USD", 100_000, "1,000.00"),
        ] as [(String, Int128, String)]
    )
    func peopleReadAmounts(code: String, amount: Int128, text: String) throws {
        let currency = try #require(Currency(code))
        #expect(currency.code == code)
        #expect(currency.format(minorUnits: amount) == text)
    }
}
