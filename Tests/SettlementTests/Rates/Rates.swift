import Money
import Settlement
import Testing

/// A generator of numbers that depend on a seed alone, and short ways to make rates of them.
struct Rates {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1 }

    mutating func number(_ range: ClosedRange<Int64>) -> Int64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return range.lowerBound + Int64(state % UInt64(range.upperBound - range.lowerBound + 1))
    }

    /// Numbers of all sizes: as often small as large.
    mutating func anySize(_ limit: Int64) -> Int64 {
        let bits = number(0...62)
        return number(1...min(limit, max(1, (1 << bits) - 1)))
    }

    mutating func rate() throws -> Rate {
        try Self.rate(anySize(Rate.limit), anySize(Rate.limit))
    }

    mutating func fraction() throws -> Fraction {
        let denominator = anySize(Rate.limit)
        return try Self.fraction(number(0...denominator), denominator)
    }

    mutating func value() throws -> UnitValue {
        try #require(UnitValue(millionths: Int128(anySize(Rate.limit - 1))))
    }

    static func rate(_ numerator: Int64, _ denominator: Int64) throws -> Rate {
        try #require(Rate(numerator: numerator, denominator: denominator))
    }

    static func fraction(_ numerator: Int64, _ denominator: Int64) throws -> Fraction {
        try #require(Fraction(numerator: numerator, denominator: denominator))
    }

    static func value(_ millionths: Int64) throws -> UnitValue {
        try #require(UnitValue(millionths: Int128(millionths)))
    }

    /// A spread and a band in percent, without bounds that bind.
    static func bounds(
        spread: Int64 = 0,
        band: Int64 = 100,
        floor: (Int64, Int64) = (1, Rate.limit),
        ceiling: (Int64, Int64) = (Rate.limit, 1)
    ) throws -> FixingBounds {
        FixingBounds(
            spread: try fraction(spread, 100),
            bandPerDay: try fraction(band, 100),
            floor: try rate(floor.0, floor.1),
            ceiling: try rate(ceiling.0, ceiling.1)
        )
    }
}
