import Money
import Testing

@testable import Settlement

/// Cycles, detours and proposals: tables, and brute force over small random graphs.
@Suite struct ArbitrageTests {
    private typealias Sample = ArbitrageSamples

    private func report(_ edges: [EdgeTerms?]) throws -> ArbitrageReport {
        ArbitrageReport(try edges.map { try #require($0) })
    }

    @Test func onceBonusGainsOnce() throws {
        let report = try report([
            Sample.edge(
                "nectar",
                "avios",
                5,
                8,
                minimum: 400,
                increment: 400,
                bonuses: [Sample.once(500, from: 1_600)]
            ), Sample.edge("avios", "nectar", 8, 5, minimum: 250, increment: 250),
        ])
        let cycle = try #require(report.cycles.first)
        #expect(report.cycles.count == 1)
        #expect(cycle.verdict == .onceGain)
        #expect(cycle.nodes == ["nectar", "avios"])
        #expect(cycle.product == .one)
        #expect(cycle.onceProduct.description == "3/2")
        #expect(cycle.onceGainAtMost == 800)
        #expect(cycle.lap == Lap(offered: 1_600, spent: 1_600, returned: 2_400, isSmallest: true))
    }

    /// One cent buys two points, three points are worth two cents: money out of money.
    @Test func cycleInMoney() throws {
        let cap = EdgeTerms.Cap(
            amount: 3_000,
            unit: .source,
            period: "month",
            subject: "member"
        )
        let report = try report([
            Sample.edge("EUR", "shop/points", 2, 1, rest: .consumeAll),
            Sample.edge("shop/points", "EUR", 2, 3, minimum: 300, increment: 300, caps: [cap]),
        ])
        let cycle = try #require(report.alarms.first)
        #expect(cycle.nodes == ["EUR", "shop/points"])
        #expect(cycle.product.description == "4/3")
        // 3,000 points cost 1,500 cents and give 2,000.
        #expect(cycle.caps.first?.gainAtMost == 500)
        #expect(cycle.lap == Lap(offered: 150, spent: 150, returned: 200, isSmallest: true))
    }

    /// Products of exactly 1 are no alarm, however their floats come out; next to 1, both ways are
    /// told apart.
    @Test func nearOne() throws {
        for (first, second, verdict) in [
            ((100_949, 67_103), (67_103, 100_949), FoundCycle.Verdict.even),
            ((1, 3), (3, 1), .even), ((10, 49), (49, 10), .even),
            ((2_147_483_646, 2_147_483_647), (2_147_483_645, 2_147_483_644), .gain),
            ((2_147_483_646, 2_147_483_647), (2_147_483_643, 2_147_483_642), .gain),
            ((2_147_483_645, 2_147_483_646), (2_147_483_647, 2_147_483_646), .loss),
        ] as [((Int64, Int64), (Int64, Int64), FoundCycle.Verdict)] {
            let report = try report([
                Sample.edge("a", "b", first.0, first.1), Sample.edge("b", "a", second.0, second.1),
            ])
            #expect(report.cycles.map(\.verdict) == [verdict])
        }
    }

    /// A ring of seven is longer than what is listed for its own sake, and is found all the same.
    @Test func longRings() throws {
        for (last, expected) in [
            ((7, 1), FoundCycle.Verdict.even), ((7_000_001, 1_000_000), .gain),
            ((6_999_999, 1_000_000), nil),
        ] as [((Int64, Int64), FoundCycle.Verdict?)] {
            var edges = (0..<6).map {
                Sample.edge("n\($0)", "n\($0 + 1)", Int64($0 + 1), Int64($0 + 2))
            }
            edges.append(Sample.edge("n6", "n0", last.0, last.1))
            let report = try report(edges)
            #expect(report.cycles.map(\.verdict) == (expected.map { [$0] } ?? []))
            #expect(report.undecided.isEmpty)
        }
    }

    /// So near to 1 that logarithms cannot tell: (n+1)/n six times against one exact return.
    @Test func longRingNearOne() throws {
        let (high, low): (Int64, Int64) = (2_147_483_647, 2_147_483_646)
        for (turn, expected) in [(true, FoundCycle.Verdict.gain), (false, nil)] {
            var edges = (0..<6).map { place in
                place.isMultiple(of: 2)
                    ? Sample.edge("n\(place)", "n\(place + 1)", high, low)
                    : Sample.edge("n\(place)", "n\(place + 1)", low, high)
            }
            edges.append(
                turn ? Sample.edge("n6", "n0", high, low) : Sample.edge("n6", "n0", low, high)
            )
            let report = try report(edges)
            #expect(report.cycles.map(\.verdict) == (expected.map { [$0] } ?? []))
        }
    }

    @Test func memberToMember() throws {
        #expect(try report([Sample.edge("a", "a", 1, 1)]).cycles.isEmpty)
        let bonus = try report([Sample.edge("a", "a", 1, 1, bonuses: [Sample.percent(1, 10)])])
        #expect(bonus.alarms.map(\.product.description) == ["11/10"])
    }

    @Test func detoursAndRoundTrips() throws {
        let report = try report([
            Sample.edge("accor", "ba", 1, 2), Sample.edge("accor", "finnair", 1, 1),
            Sample.edge("finnair", "ba", 1, 1), Sample.edge("ba", "qatar", 1, 1),
            Sample.edge("accor", "qatar", 1, 2), Sample.edge("qatar", "accor", 2, 9),
        ])
        #expect(report.detours.map(\.agreement) == ["accor>ba", "accor>qatar"])
        #expect(report.detours.map(\.factor.description) == ["2", "2"])
        #expect(report.detours.last?.via == ["finnair", "ba"])
        #expect(report.roundTrips.map(\.kept.description) == ["1/9"])
        #expect(report.roundTrips.map(\.loss.description) == ["8/9"])
    }

    @Test func proposal() throws {
        let edges = try [
            Sample.edge("a", "b", 1, 2), Sample.edge("b", "a", 1, 1), Sample.edge("c", "b", 1, 4),
        ].map { try #require($0) }
        let proposed = try #require(Sample.edge("c", "a", 3, 1, id: "new"))
        let calm = TermProposal(edges, proposed: [proposed])
        #expect(calm.cycles.isEmpty)
        #expect(calm.dominates.map(\.agreement) == ["c>b"])
        #expect(calm.dominates.map(\.factor.description) == ["6"])
        let flow = try #require(
            AgreementFlow(agreement: "c>b", from: "c", to: "b", debit: 1_000, credit: 250)
        )
        let cent = try #require(Rate(numerator: 1, denominator: 2))
        let euro = try #require(Currency("EUR"))
        let drain = ProjectedDrain([flow], proposal: calm, proposed: [proposed], replaced: []) {
            $0 == "b" ? UnitWorth(currency: euro, rate: cent) : nil
        }
        #expect(drain.lines.map(\.route) == [["new", "a>b"]])
        #expect(drain.lines.map(\.credit) == [1_500])
        #expect(drain.lines.map(\.worth) == [625])
        let better = try #require(Sample.edge("a", "b", 3, 2, id: "better"))
        let loud = TermProposal(edges, proposed: [better], replaced: ["a>b"])
        #expect(loud.alarms.map(\.agreements) == [["better", "b>a"]])
        #expect(loud.roundTrips.map(\.kept.description) == ["3/2"])
        // Beside the old agreement it is as bad; a worse one than the old one changes nothing.
        #expect(TermProposal(edges, proposed: [better]).alarms.count == 1)
        let worse = try #require(Sample.edge("a", "b", 1, 3, id: "worse"))
        #expect(TermProposal(edges, proposed: [worse]).cycles.isEmpty)
    }

    /// 10,000 graphs of up to six nodes: every simple cycle up to length 5, every verdict, every
    /// detour, in any order of the input.
    @Test(arguments: 0..<100) func bruteForce(_ seed: UInt64) throws {
        var source = SeededSource(seed: 7_000 + seed)
        for _ in 0..<100 {
            let count = source.number(0...9) == 0 ? 6 : source.number(2...5)
            var edges: [EdgeTerms] = []
            for from in 0..<count {
                for to in 0..<count where from != to && source.number(0...2) > 0 {
                    let numerator = source.number(1...4)
                    let denominator = source.number(max(1, numerator - source.number(0...1))...4)
                    let edge = Sample.edge("n\(from)", "n\(to)", numerator, denominator)
                    edges.append(try #require(edge))
                }
            }
            let report = ArbitrageReport(edges)
            let twin = NaiveCycles(edges)
            #expect(report.isComplete && report.undecided.isEmpty)
            let short = report.cycles.filter { $0.nodes.count <= 5 }
            #expect(Set(short.map { Set($0.agreements) }) == twin.short)
            let worst = report.cycles.map(\.product).max() ?? .zero
            #expect((worst > .one) == (twin.best > .one))
            #expect((worst >= .one) == (twin.best >= .one))
            #expect(report.detours.map { "\($0.agreement) \($0.factor)" }.sorted() == twin.detours)
            guard source.number(0...3) == 0 else { continue }
            edges.shuffle(using: &source)
            let again = ArbitrageReport(edges)
            #expect(again.cycles == report.cycles && again.detours == report.detours)
        }
    }
}

/// The same by trying everything.
private struct NaiveCycles {
    private let edges: [EdgeTerms]
    private(set) var short: Set<Set<String>> = []
    private(set) var best = ExactRatio.zero
    private(set) var detours: [String] = []

    init(_ edges: [EdgeTerms]) {
        self.edges = edges
        for start in Set(edges.map(\.from)) { cycles(start, [], .one) }
        for direct in edges {
            var better: ExactRatio?
            paths(direct.from, direct.to, [direct.from], .one, 3) { product, hops in
                if hops > 1 { better = max(better ?? .zero, product) }
            }
            if let better, better > Self.ratio(direct) {
                detours.append("\(direct.id) \(better / Self.ratio(direct))")
            }
        }
        detours.sort()
    }

    private static func ratio(_ edge: EdgeTerms) -> ExactRatio {
        guard case .ratio(let numerator, let denominator) = edge.conversion else { return .zero }
        return ExactRatio(Int128(numerator), Int128(denominator))
    }

    private mutating func cycles(_ start: String, _ path: [EdgeTerms], _ product: ExactRatio) {
        let node = path.last?.to ?? start
        if !path.isEmpty, node == start {
            best = max(best, product)
            if path.count <= 5 { short.insert(Set(path.map(\.id))) }
            return
        }
        for edge in edges where edge.from == node && !path.contains(where: { $0.to == edge.to }) {
            cycles(start, path + [edge], product * Self.ratio(edge))
        }
    }

    private func paths(
        _ node: String,
        _ target: String,
        _ seen: [String],
        _ product: ExactRatio,
        _ left: Int,
        _ found: (ExactRatio, Int) -> Void
    ) {
        if node == target { return found(product, 3 - left) }
        for edge in edges where left > 0 && edge.from == node && !seen.contains(edge.to) {
            let next = product * Self.ratio(edge)
            paths(edge.to, target, seen + [edge.to], next, left - 1, found)
        }
    }
}
