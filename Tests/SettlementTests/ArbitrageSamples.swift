import Money

@testable import Settlement

/// Numbers that depend on a seed alone.
struct SeededSource: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 0x6a09_e667_f3bc_c909
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
        return word ^ word >> 31
    }

    mutating func number(_ range: ClosedRange<Int64>) -> Int64 {
        Int64.random(in: range, using: &self)
    }
}

/// Terms in short, for tables.
enum ArbitrageSamples {
    static func edge(
        _ from: String,
        _ to: String,
        _ numerator: Int64,
        _ denominator: Int64,
        rest: EdgeTerms.Rest = .keepRest,
        minimum: Int64 = 1,
        increment: Int64 = 1,
        bonuses: [EdgeTerms.Bonus] = [],
        caps: [EdgeTerms.Cap] = [],
        fee: EdgeTerms.Fee? = nil,
        id: String? = nil
    ) -> EdgeTerms? {
        EdgeTerms(
            id: id ?? "\(from)>\(to)",
            from: from,
            to: to,
            conversion: .ratio(numerator: numerator, denominator: denominator),
            rest: rest,
            minimum: minimum,
            increment: increment,
            bonuses: bonuses,
            caps: caps,
            fee: fee
        )
    }

    static func perBlock(
        _ threshold: Int64,
        _ units: Int64,
        _ measure: EdgeTerms.Side = .source,
        exclusive: Bool = false
    ) -> EdgeTerms.Bonus {
        EdgeTerms.Bonus(
            .perBlock(units),
            threshold: threshold,
            measure: measure,
            isExclusive: exclusive
        )
    }

    static func percent(
        _ numerator: Int64,
        _ denominator: Int64,
        from threshold: Int64 = 0,
        _ measure: EdgeTerms.Side = .source,
        exclusive: Bool = false
    ) -> EdgeTerms.Bonus {
        EdgeTerms.Bonus(
            .percentOfBase(Rate(numerator: numerator, denominator: denominator) ?? .one),
            threshold: threshold,
            measure: measure,
            isExclusive: exclusive
        )
    }

    static func once(
        _ units: Int64,
        from threshold: Int64 = 0,
        exclusive: Bool = false
    ) -> EdgeTerms.Bonus {
        EdgeTerms.Bonus(
            .once(units),
            threshold: threshold,
            measure: .source,
            isExclusive: exclusive
        )
    }

    static func steps(_ steps: [(Int64, Int64)], cumulative: Bool = false) -> EdgeTerms.Conversion {
        .steps(
            steps.map { EdgeTerms.Step(amount: $0.0, credit: $0.1) },
            isCumulative: cumulative
        )
    }
}
