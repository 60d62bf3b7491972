import Money
import Testing

/// Exact numbers: small ones against fractions by hand, large ones at the edge of 127 bits.
@Suite struct QuotientTests {
    private func quotient(_ numerator: Int128, _ denominator: Int128 = 1) throws -> Quotient {
        try #require(Quotient(numerator, denominator))
    }

    @Test(
        arguments: [
            (6, 4, 3, 2), (-6, 4, -3, 2), (0, 7, 0, 1), (.max, .max, 1, 1),
            (-.max, 1, -.max, 1),
        ] as [(Int128, Int128, Int128, Int128)]
    )
    func lowestTerms(top: Int128, bottom: Int128, lowTop: Int128, lowBottom: Int128) throws {
        let number = try quotient(top, bottom)
        #expect(number.numerator == lowTop)
        #expect(number.denominator == lowBottom)
    }

    @Test func whatIsNoQuotient() {
        #expect(Quotient(1, 0) == nil)
        #expect(Quotient(1, -1) == nil)
        #expect(Quotient(.min, 1) == nil)
        #expect(Quotient(1, .min) == nil)
    }

    @Test func smallOnesAgainstFractions() throws {
        let parts: [(Int128, Int128)] = (-4...4).flatMap { top in (1...6).map { (top, $0) } }
        for (a, b) in parts {
            for (c, d) in parts {
                let (left, right) = (try quotient(a, b), try quotient(c, d))
                #expect(try left.adding(right) == quotient(a * d + c * b, b * d))
                #expect(try left.subtracting(right) == quotient(a * d - c * b, b * d))
                #expect(try left.multiplied(by: right) == quotient(a * c, b * d))
                #expect((left < right) == (a * d < c * b))
                if c == 0 {
                    #expect(throws: QuotientError.divisionByZero) { try left.divided(by: right) }
                } else {
                    let sign: Int128 = c < 0 ? -1 : 1
                    #expect(try left.divided(by: right) == quotient(a * d * sign, b * c * sign))
                }
                for rounding in Rounding.allCases {
                    let scaled = Quotient.scaled(a, by: right, over: b, rounding: rounding)
                    #expect(scaled == (a * c).divided(by: b * d, rounding: rounding))
                }
            }
        }
    }

    @Test func largeOnesCancelBeforeTheyOverflow() throws {
        let big = Int128.max
        let third = try quotient(big, 3)
        #expect(try third.multiplied(by: quotient(3, big)) == .one)
        #expect(try quotient(1, big).adding(quotient(-1, big)) == .zero)
        #expect(try quotient(big - 1, big).adding(quotient(1, big)) == .one)
        // 1/(2p) + 1/(2p) = 1/p, though the common denominator alone is at the edge.
        let half = try quotient(1, big - 1)
        #expect(try half.adding(half) == quotient(1, (big - 1) / 2))
    }

    @Test func overflowIsReported() throws {
        let big = try quotient(.max)
        #expect(throws: QuotientError.overflow) { try big.adding(.one) }
        #expect(throws: QuotientError.overflow) { try big.negated.subtracting(.one) }
        #expect(throws: QuotientError.overflow) { try big.multiplied(by: quotient(2)) }
        #expect(throws: QuotientError.overflow) {
            try quotient(1, .max).adding(quotient(1, .max - 1))
        }
        #expect(throws: QuotientError.overflow) { try quotient(1, .max).divided(by: quotient(2)) }
        #expect(throws: QuotientError.divisionByZero) { try big.divided(by: .zero) }
        #expect(try big.adding(.zero) == big)
    }

    @Test func comparisonIsExactAtFullWidth() throws {
        let left = try quotient(.max - 1, .max)
        let right = try quotient(.max - 2, .max - 1)
        #expect(right < left)
        #expect(left.negated < right.negated)
        #expect(left.negated < right)
        #expect(!(left < left))
    }

    /// A product of up to 250 bits, made so that the answer is known.
    @Test(arguments: Rounding.allCases)
    func wideProductsRoundOnce(rounding: Rounding) throws {
        let amount: Int128 = (1 << 91) - 19
        let quote = try quotient((1 << 62) - 57, (1 << 62) - 87)
        // (a × q) ÷ (q' × a) with q = q' + 30 is 1 + 30/q'; and ÷ a/7 is 7 and a little.
        let ratio = Quotient.scaled(amount, by: quote, over: amount, rounding: rounding)
        #expect(ratio == (rounding == .ceiling ? 2 : 1))
        let negative = Quotient.scaled(-amount, by: quote, over: amount, rounding: rounding)
        #expect(negative == (rounding == .floor ? -2 : -1))
        let divisor = try quotient(.max, .max - 2)
        // The divisor (max − 2) × max has 254 bits, and max × max ÷ it is 1 and a little.
        let full = Quotient.scaled(.max, by: divisor, over: .max, rounding: rounding)
        #expect(full == (rounding == .ceiling ? 2 : 1))
        #expect(Quotient.scaled(.max, by: try quotient(2), rounding: rounding) == nil)
        #expect(Quotient.scaled(.max, by: try quotient(3, 2), over: 3, rounding: rounding) != nil)
        #expect(Quotient.scaled(1, by: .one, over: 0, rounding: rounding) == nil)
    }

    @Test(
        arguments: [
            (5, .halfEven, 2), (5, .halfUp, 3), (-5, .halfEven, -2), (-5, .halfUp, -3),
            (7, .halfEven, 4), (-7, .halfUp, -4),
        ] as [(Int128, Rounding, Int128)]
    )
    func tiesAtFullWidth(halves: Int128, rounding: Rounding, whole: Int128) throws {
        let big: Int128 = 1 << 100
        let scaled = Quotient.scaled(
            halves * big,
            by: try quotient(big, 1),
            over: big,
            rounding: rounding
        )
        #expect(scaled == nil || scaled == halves * big)
        let quote = try quotient(1, big)
        #expect(Quotient.scaled(halves * big, by: quote, over: 2, rounding: rounding) == whole)
        #expect(try quotient(halves, 2).rounded(rounding) == whole)
    }

    @Test(
        arguments: [
            ("1.1357", 11_357, 10_000), ("0.0071", 71, 10_000), ("-2.50", -5, 2), ("7", 7, 1),
            ("0", 0, 1), ("0.0", 0, 1), ("-0.5", -1, 2),
        ] as [(String, Int128, Int128)]
    )
    func decimals(text: String, numerator: Int128, denominator: Int128) throws {
        #expect(try #require(Quotient(decimal: text)) == quotient(numerator, denominator))
    }

    @Test(
        arguments: [
            "", "-", ".", "1.", ".5", "01", "00.1", "1.2.3", "1e5", "+1", " 1", "1,5", "N/A",
            "1234567890123456789012345678901234567",
        ]
    )
    func whatIsNoDecimal(text: String) {
        #expect(Quotient(decimal: text) == nil)
    }

    @Test func ratesAndShares() throws {
        let rate = try #require(Rate(numerator: 4, denominator: 6))
        #expect(Quotient(rate) == (try quotient(2, 3)))
        #expect(Rate(try quotient(2, 3))?.denominator == 3)
        #expect(Rate(Quotient.zero) == nil)
        #expect(Rate(try quotient(1 << 31)) == nil)
        #expect(Rate(try quotient(1 << 100)) == nil)
        let none = try #require(Fraction(numerator: 0, denominator: 9))
        #expect(Quotient(none) == .zero)
        #expect(Quotient(-7).description == "-7/1")
    }
}
