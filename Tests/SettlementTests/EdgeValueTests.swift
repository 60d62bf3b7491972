import Money
import Testing

@testable import Settlement

/// The value of an edge: a table that one can check by hand, and brute force over all amounts.
@Suite struct EdgeValueTests {
    private typealias Sample = ArbitrageSamples

    private func check(
        _ terms: EdgeTerms?,
        _ ratio: String,
        _ attainment: EdgeValue.Attainment,
        withOnce: Bool = false,
        _ place: SourceLocation = #_sourceLocation
    ) throws {
        let terms = try #require(terms)
        let value = try #require(EdgeValue(of: terms, withOnce: withOnce))
        #expect(value.ratio.description == ratio, sourceLocation: place)
        #expect(value.attainment == attainment, sourceLocation: place)
    }

    @Test func ratios() throws {
        try check(Sample.edge("a", "b", 1, 3, minimum: 3_000), "1/3", .reached(at: 3_000))
        try check(Sample.edge("a", "b", 20, 31, minimum: 5_000), "20/31", .reached(at: 5_022))
        try check(
            Sample.edge("a", "b", 1, 3, minimum: 3_001, increment: 3),
            "1/3",
            .reached(at: 3_001)
        )
        try check(
            Sample.edge("a", "b", 1, 3, rest: .consumeAll, minimum: 3_001, increment: 3),
            "1/3",
            .approached
        )
        try check(
            Sample.edge("a", "b", 1, 3, rest: .exact, minimum: 10, increment: 10),
            "1/3",
            .reached(at: 30)
        )
        let never = try #require(
            Sample.edge("a", "b", 1, 2, rest: .exact, minimum: 1, increment: 2)
        )
        #expect(EdgeValue(of: never, withOnce: false) == nil)
    }

    @Test func bonuses() throws {
        let marriott = [Sample.perBlock(60_000, 5_000)]
        try check(
            Sample.edge("a", "b", 1, 3, minimum: 3_000, bonuses: marriott),
            "5/12",
            .reached(at: 60_000)
        )
        // 15 % and 15 %, side by side.
        let stacked = [Sample.percent(3, 20), Sample.percent(3, 20)]
        try check(Sample.edge("a", "b", 1, 2, bonuses: stacked), "13/20", .reached(at: 40))
        let exclusive = [
            Sample.percent(3, 25, from: 10_000, .target, exclusive: true),
            Sample.percent(3, 20, from: 50_000, .target, exclusive: true),
        ]
        try check(Sample.edge("a", "b", 1, 1, bonuses: exclusive), "23/20", .reached(at: 50_000))
        let target = [Sample.perBlock(100, 7, .target)]
        try check(Sample.edge("a", "b", 2, 1, bonuses: target), "107/50", .reached(at: 50))
        // What once brings is no rate.
        let once = [Sample.once(500, from: 1_600)]
        let nectar = Sample.edge("a", "b", 5, 8, minimum: 400, increment: 400, bonuses: once)
        try check(nectar, "5/8", .reached(at: 400))
        try check(nectar, "15/16", .reached(at: 1_600), withOnce: true)
    }

    /// With a kept rest a block counts offered units that are not debited.
    @Test func blockCountsMoreThanIsDebited() throws {
        let bonuses = [Sample.perBlock(101, 50)]
        try check(Sample.edge("a", "b", 1, 10, bonuses: bonuses), "3/5", .reached(at: 101))
    }

    @Test func stepsAndCaps() throws {
        let rewards = EdgeTerms(
            id: "r",
            from: "a",
            to: "b",
            conversion: Sample.steps([(2_000, 275), (4_000, 625), (6_000, 1_000)]),
            minimum: 2_000
        )
        try check(rewards, "1/6", .reached(at: 6_000))
        let reload = EdgeTerms(
            id: "r",
            from: "USD",
            to: "b",
            conversion: Sample.steps([(2_500, 25), (5_000, 50), (7_500, 50)], cumulative: true),
            rest: .consumeAll
        )
        try check(reload, "1/60", .reached(at: 7_500))
        let cap = EdgeTerms.Cap(
            amount: 100,
            unit: .source,
            period: "transaction",
            subject: "member"
        )
        let block = [Sample.perBlock(200, 100)]
        try check(
            Sample.edge("a", "b", 1, 1, bonuses: block, caps: [cap]),
            "1",
            .reached(at: 1)
        )
    }

    @Test func fees() throws {
        let cent = try #require(Rate(numerator: 1, denominator: 1))
        let tenth = try #require(Rate(numerator: 1, denominator: 10))
        // 20.00 a transfer are nothing beside enough units.
        let fixed = EdgeTerms.Fee(
            fixed: 2_000,
            perUnit: nil,
            cap: nil,
            rounding: .halfUp,
            side: .target,
            value: cent
        )
        try check(Sample.edge("a", "b", 1, 1, fee: fixed), "1", .approached)
        // A tenth of a cent a unit, rounded up: never less than a tenth.
        let share = EdgeTerms.Fee(
            fixed: 0,
            perUnit: tenth,
            cap: nil,
            rounding: .ceiling,
            side: .target,
            value: cent
        )
        try check(Sample.edge("a", "b", 1, 1, fee: share), "9/10", .reached(at: 10))
        // Rounded half-up, four units are free.
        let small = EdgeTerms.Fee(
            fixed: 0,
            perUnit: tenth,
            cap: nil,
            rounding: .halfUp,
            side: .target,
            value: cent
        )
        try check(Sample.edge("a", "b", 1, 1, fee: small), "1", .reached(at: 1))
    }

    /// No allowed amount gives more than the value, and the named amount gives it.
    @Test(arguments: 0..<24) func bruteForce(_ seed: UInt64) throws {
        var source = SeededSource(seed: seed)
        for _ in 0..<50 {
            let terms = try #require(randomTerms(&source))
            for withOnce in [false, true] {
                var best: ExactRatio?
                for amount in Int64(1)...400 {
                    guard let average = terms.average(amount, withOnce: withOnce) else { continue }
                    best = best.map { max($0, average) } ?? average
                }
                guard let value = EdgeValue(of: terms, withOnce: withOnce) else {
                    #expect(best == nil, "\(terms)")
                    continue
                }
                if let best { #expect(best <= value.ratio, "\(terms)") }
                switch value.attainment {
                case .reached(let amount):
                    #expect(terms.average(amount, withOnce: withOnce) == value.ratio, "\(terms)")
                case .approached:
                    if let best { #expect(best < value.ratio, "\(terms)") }
                    // Far out, the average is near.
                    let grid = AmountGrid(minimum: terms.minimum, increment: terms.increment)
                    var nearest = ExactRatio.zero
                    for place in Int64(10_000_000)...10_000_060 {
                        let amount = grid.amount(at: place)
                        let average = terms.average(amount, withOnce: withOnce)
                        nearest = max(nearest, average ?? .zero)
                    }
                    let gap = value.ratio - nearest
                    #expect(gap < value.ratio * ExactRatio(1, 100), "\(terms)")
                case .atMost: Issue.record("cut off: \(terms)")
                }
            }
        }
    }

    private func randomTerms(_ source: inout SeededSource) -> EdgeTerms? {
        var bonuses: [EdgeTerms.Bonus] = []
        for _ in 0..<source.number(0...2) {
            let measure: EdgeTerms.Side = source.number(0...1) == 0 ? .source : .target
            let kinds: [EdgeTerms.Bonus.Kind] = [
                .perBlock(source.number(1...9)),
                .percentOfBase(
                    Rate(numerator: source.number(1...3), denominator: source.number(2...7)) ?? .one
                ), .once(source.number(1...30)),
            ]
            bonuses.append(
                EdgeTerms.Bonus(
                    kinds[Int(source.number(0...2))],
                    threshold: source.number(1...30),
                    measure: measure,
                    isExclusive: source.number(0...1) == 0
                )
            )
        }
        var caps: [EdgeTerms.Cap] = []
        if source.number(0...3) == 0 {
            let unit: EdgeTerms.Side = source.number(0...1) == 0 ? .source : .target
            caps.append(
                EdgeTerms.Cap(
                    amount: source.number(5...400),
                    unit: unit,
                    period: "transaction",
                    subject: "member"
                )
            )
        }
        let rests: [EdgeTerms.Rest] = [.keepRest, .exact, .consumeAll]
        var conversion = EdgeTerms.Conversion.ratio(
            numerator: source.number(1...6),
            denominator: source.number(1...6)
        )
        let isStepped = source.number(0...5) == 0
        if isStepped {
            conversion = ArbitrageSamples.steps(
                [(source.number(1...9), source.number(1...5)), (12, 9), (20, 18)],
                cumulative: source.number(0...1) == 0
            )
            bonuses.removeAll { if case .perBlock = $0.kind { true } else { false } }
        }
        var fee: EdgeTerms.Fee?
        if source.number(0...4) == 0, !isStepped {
            let isFixed = source.number(0...1) == 0
            fee = EdgeTerms.Fee(
                fixed: source.number(0...3),
                perUnit: isFixed ? nil : Rate(numerator: 1, denominator: source.number(8...11)),
                cap: source.number(0...1) == 0 ? 3 : nil,
                rounding: [.floor, .ceiling, .halfEven, .halfUp][Int(source.number(0...3))],
                side: source.number(0...1) == 0 ? .source : .target,
                value: Rate(numerator: source.number(1...4), denominator: 2) ?? .one
            )
        }
        return EdgeTerms(
            id: "t",
            from: "a",
            to: "b",
            conversion: conversion,
            rest: rests[Int(source.number(0...2))],
            minimum: source.number(1...9),
            increment: source.number(1...4),
            bonuses: bonuses,
            caps: caps,
            fee: fee
        )
    }
}
