import Settlement
import TestSupport
import Testing

/// Plans for small nets, against brute force (S-25).
@Suite struct PaymentPlanTests {
    private func dues(_ nets: [Int128]) -> [PaymentPlan.Due] {
        nets.enumerated().map { PaymentPlan.Due(participant: "p\($0)", minorUnits: $1) }
    }

    private func plan(_ mode: PaymentPlan.Mode, _ nets: [Int128]) throws -> [String] {
        try PaymentPlan(mode: mode, dues: dues(nets)).payments.map {
            "\($0.payer)>\($0.payee) \($0.minorUnits)"
        }
    }

    @Test func greedyMissesTheOptimum() throws {
        let nets: [Int128] = [6, -9, 5, 4, -6]
        #expect(try plan(.direct, nets) == ["p1>p0 6", "p4>p2 5", "p1>p3 3", "p4>p3 1"])
        #expect(try plan(.exact, nets) == ["p4>p0 6", "p1>p2 5", "p1>p3 4"])
        #expect(
            try plan(.account, nets) == [
                "p1>operator/settlement 9", "p4>operator/settlement 6",
                "operator/settlement>p0 6", "operator/settlement>p2 5",
                "operator/settlement>p3 4",
            ]
        )
    }

    @Test func tiesGoByName() throws {
        #expect(try plan(.direct, [-5, -5, 5, 5]) == ["p0>p2 5", "p1>p3 5"])
        // Both {p0, p2}, {p1, p3} and {p0, p3}, {p1, p2} are greatest cuts; the first one comes
        // first.
        #expect(try plan(.exact, [-5, -5, 5, 5]) == ["p0>p2 5", "p1>p3 5"])
        #expect(try plan(.exact, [0, 0]).isEmpty)
        #expect(try plan(.direct, []).isEmpty)
    }

    @Test func whatIsRefused() {
        #expect(throws: SettlementError.sumNotZero(1)) { try plan(.direct, [2, -1]) }
        #expect(throws: SettlementError.tooManyForExactPlan(count: 22, limit: 20)) {
            try plan(.exact, Array(repeating: [1, -1], count: 11).flatMap { $0 })
        }
        #expect(throws: SettlementError.duplicateParticipant("a")) {
            let due = PaymentPlan.Due(participant: "a", minorUnits: 0)
            return try PaymentPlan(mode: .direct, dues: [due, due])
        }
        #expect(throws: SettlementError.range(debtor: "p0", creditor: "all")) {
            try plan(.direct, [1 << 100, -(1 << 100)])
        }
    }

    @Test func twentyAreEnough() throws {
        let nets = (0..<10).flatMap { [Int128($0 + 1), -Int128($0 + 1)] }
        #expect(try plan(.exact, nets).count == 10)
        let odd = (0..<19).map { Int128(1) << Int128($0) }
        #expect(try plan(.exact, odd + [-odd.reduce(0, +)]).count == 19)
    }

    /// Every cut into groups that sum to 0, as lists of places in the order of `exact`.
    private func cuts(_ nets: [Int128], _ rest: [Int]) -> [[[Int]]] {
        guard let first = rest.first else { return [[]] }
        let others = Array(rest.dropFirst())
        return (0..<(1 << others.count)).flatMap { mask -> [[[Int]]] in
            let group = [first] + others.indices.filter { mask >> $0 & 1 == 1 }.map { others[$0] }
            guard group.reduce(0, { $0 + nets[$1] }) == 0 else { return [] }
            return cuts(nets, rest.filter { !group.contains($0) }).map { [group] + $0 }
        }
    }

    /// The largest debtor pays the largest creditor, with lists searched from the start each time.
    private func naiveGreedy(_ nets: [Int128], _ group: [Int]) -> [String] {
        var rest = nets
        var payments: [String] = []
        while true {
            let debtor = group.filter { rest[$0] < 0 }.min { (rest[$0], $0) < (rest[$1], $1) }
            let creditor = group.filter { rest[$0] > 0 }.min { (-rest[$0], $0) < (-rest[$1], $1) }
            guard let debtor, let creditor else { return payments }
            let amount = min(-rest[debtor], rest[creditor])
            payments.append("p\(debtor)>p\(creditor) \(amount)")
            rest[debtor] += amount
            rest[creditor] -= amount
        }
    }

    private func nets(_ random: inout RandomSource, atMost count: Int64) -> [Int128] {
        let nets = (0..<Int(random.number(1...count - 1))).map { _ in
            Int128(random.number(-6...6))
        }
        return nets + [-nets.reduce(0, +)]
    }

    @Test func greedyAgreesWithTheTwin() throws {
        var random = RandomSource(seed: 41)
        for _ in 0..<10_000 {
            let nets = nets(&random, atMost: 9)
            let payments = try plan(.direct, nets)
            guard payments == naiveGreedy(nets, Array(nets.indices)),
                payments.count <= max(0, nets.count { $0 != 0 } - 1)
            else {
                Issue.record("\(nets): \(payments)")
                return
            }
        }
    }

    @Test func exactAgreesWithTheTwin() throws {
        var random = RandomSource(seed: 42)
        for _ in 0..<10_000 {
            let nets = nets(&random, atMost: 6)
            let open = nets.indices.filter { nets[$0] != 0 }
            let all = cuts(nets, open)
            let most = all.map(\.count).max() ?? 0
            let best = all.filter { $0.count == most }
                .min { $0.joined().lexicographicallyPrecedes($1.joined()) }
            let expected = (best ?? []).flatMap { naiveGreedy(nets, $0) }
            let payments = try plan(.exact, nets)
            guard payments == expected, payments.count == open.count - most else {
                Issue.record("\(nets): \(payments), not \(expected)")
                return
            }
        }
    }

    /// No set of payments whatever, through third parties or not, is smaller than the exact plan.
    @Test func nothingIsSmallerThanTheExactPlan() throws {
        var random = RandomSource(seed: 43)
        for _ in 0..<300 {
            let nets = nets(&random, atMost: 5)
            let count = try plan(.exact, nets).count
            #expect(!Self.canSettle(nets, payments: count - 1), "\(nets)")
        }
    }

    /// Whether so few payments suffice: someone settles all it has with one other at first.
    private static func canSettle(_ nets: [Int128], payments: Int) -> Bool {
        let open = nets.indices.filter { nets[$0] != 0 }
        if open.isEmpty { return payments >= 0 }
        guard payments > 0 else { return false }
        // Payments form a forest; a leaf of it pays or receives its whole net once.
        return open.contains { leaf in
            nets.indices.contains { other in
                guard other != leaf else { return false }
                var rest = nets
                rest[other] += rest[leaf]
                rest[leaf] = 0
                return canSettle(rest, payments: payments - 1)
            }
        }
    }
}
