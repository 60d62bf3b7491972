public import Money

/// What two partners agreed about a rate that is fixed each night: spread, band and bounds (S-45).
public struct FixingBounds: Hashable, Sendable {
    /// The part of the rate that is kept back.
    public let spread: Fraction
    /// The part of the last rate by which it may move a day without being accepted.
    public let bandPerDay: Fraction
    /// The least rate.
    public let floor: Rate
    /// The largest rate, at least `floor`.
    public let ceiling: Rate

    /// The denominator of every fixed price.
    public static let priceDenominator: Int64 = 1_000_000
    /// The most digits after the point of a ratio.
    static let ratioDigits = 9

    /// Bounds as the terms state them.
    public init(spread: Fraction, bandPerDay: Fraction, floor: Rate, ceiling: Rate) {
        self.spread = spread
        self.bandPerDay = bandPerDay
        self.floor = floor
        self.ceiling = ceiling
    }

    /// Units of `to` for one of `from`, of which both are worth so many minor units (spec/24 §2).
    ///
    /// It is rounded down to a power of ten as denominator, the largest up to 10^9 for which the
    /// numerator is a rate's, so that a cycle of rates without floors never exceeds 1 (S-45). Nil
    /// if there is no such rate.
    public func ratio(from: Quotient, to: Quotient) -> Rate? {
        guard from > .zero, to > .zero else { return nil }
        let cross: Quotient
        do { cross = try from.divided(by: to) } catch { return nil }
        var power: Int64 = 1
        var best: Rate?
        for _ in 0...Self.ratioDigits {
            let numerator = bounded(cross, over: power, .floor)
            guard numerator <= Int128(Rate.limit) else { break }
            best = Rate(numerator: Int64(numerator), denominator: power)
            power *= 10
        }
        return best
    }

    /// Minor units of a currency for one unit of the priced program: millionths, half-even.
    ///
    /// The value is in minor units of the numeraire, of which one is `quote` minor units of the
    /// currency. Nil if there is no such rate.
    public func price(of value: Quotient, quote: Quotient) -> Rate? {
        guard value > .zero, quote > .zero else { return nil }
        let price: Quotient
        do { price = try value.multiplied(by: quote) } catch { return nil }
        let numerator = bounded(price, over: Self.priceDenominator, .halfEven)
        guard let small = Int64(exactly: numerator) else { return nil }
        return Rate(numerator: small, denominator: Self.priceDenominator)
    }

    /// Whether a rate is as near to the last one as the band allows after so many days (S-46).
    ///
    /// Less than one day counts as one.
    public func allows(_ next: Rate, after last: Rate, days: Int64) -> Bool {
        let days = Int128(min(max(days, 1), 1 << 30))
        let move =
            Int128(next.numerator) * Int128(last.denominator)
            - Int128(last.numerator) * Int128(next.denominator)
        let band = Int128(last.numerator) * Int128(next.denominator) * days
        return Int128(move.magnitude) * Int128(bandPerDay.denominator)
            <= band * Int128(bandPerDay.numerator)
    }

    /// The rate less its spread, within floor and ceiling, as a rounded number of parts.
    ///
    /// Rounding keeps the order of numbers, so it may be done before the bounds are looked at. A
    /// rate that does not fit is above every ceiling.
    private func bounded(_ rate: Quotient, over parts: Int64, _ rounding: Rounding) -> Int128 {
        func rounded(_ bound: Rate) -> Int128 {
            (Int128(bound.numerator) * Int128(parts))
                .divided(by: Int128(bound.denominator), rounding: rounding)
        }
        let kept = Int128(spread.denominator - spread.numerator)
        let exact = Quotient.scaled(
            kept * Int128(parts),
            by: rate,
            over: Int128(spread.denominator),
            rounding: rounding
        )
        let most = rounded(ceiling)
        return min(max(exact ?? most, rounded(floor)), most)
    }
}
