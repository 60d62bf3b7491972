import Money
import Settlement
import TestSupport
import Testing

/// Lines of a rounded total (S-21).
@Suite struct LineShareTests {
    private func keys(_ indexes: [UInt64]) -> [LineShare.Key] {
        indexes.map { LineShare.Key(index: $0, item: 0) }
    }

    @Test(
        arguments: [
            ([1, 1, 1], 3, 1, [1, 0, 0]), ([2, 2, 2], 3, 2, [1, 1, 0]), ([3, 3], 3, 2, [1, 1]),
            ([-1, 2], 3, 0, [0, 0]), ([-2, 2], 3, 0, [-1, 1]), ([-1, -1, -1], 3, -1, [0, 0, -1]),
            ([], 3, 0, []),
            ([5, 0, 1], 2, 3, [3, 0, 0]), ([1, 2, 0], 3, 1, [0, 1, 0]),
        ] as [([Int128], Int128, Int128, [Int128])]
    )
    func byHand(numerators: [Int128], over: Int128, total: Int128, lines: [Int128]) throws {
        #expect(try LineShare.lines(total: total, numerators: numerators, over: over) == lines)
    }

    @Test func tiesGoToTheFirstKey() throws {
        let lines = try LineShare.lines(
            total: 1,
            numerators: [1, 1, 1],
            over: 3,
            keys: keys([9, 4, 5])
        )
        #expect(lines == [0, 1, 0])
        let items = [LineShare.Key(index: 4, item: 2), LineShare.Key(index: 4, item: 1)]
        #expect(try LineShare.lines(total: 1, numerators: [1, 1], over: 2, keys: items) == [0, 1])
    }

    @Test func aTotalOfOtherLinesIsRefused() {
        #expect(throws: SettlementError.linesDoNotSum(missing: 2)) {
            try LineShare.lines(total: 2, numerators: [1], over: 3)
        }
        #expect(throws: SettlementError.linesDoNotSum(missing: -1)) {
            try LineShare.lines(total: 0, numerators: [3], over: 3)
        }
        #expect(throws: SettlementError.linesDoNotSum(missing: 1)) {
            try LineShare.lines(total: 4, numerators: [9], over: 3)
        }
        #expect(throws: SettlementError.linesDoNotSum(missing: 5)) {
            try LineShare.shares(of: 5, weights: [0, 0])
        }
        let range = SettlementError.range(debtor: "lines", creditor: "lines")
        #expect(throws: range) { try LineShare.lines(total: .max, numerators: [-1]) }
        #expect(throws: range) { try LineShare.lines(total: 1, numerators: [1], over: 0) }
        #expect(throws: SettlementError.self) { try LineShare.shares(of: 1, weights: [-1, 2]) }
        #expect(throws: SettlementError.self) { try LineShare.shares(of: 1, weights: [.max, 2]) }
        #expect(throws: SettlementError.self) {
            try LineShare.lines(total: 0, numerators: [.max], by: Quotient(1 << 40))
        }
    }

    @Test func numbersOfFullWidth() throws {
        let quote = try #require(Quotient((1 << 62) - 57, (1 << 62) - 87))
        let big: Int128 = (1 << 91) - 19
        let numerators = [big, -big, 7, big - 1]
        let sum = numerators.reduce(0, +)
        let over: Int128 = (1 << 31) - 1
        let total = try #require(Quotient.scaled(sum, by: quote, over: over, rounding: .halfEven))
        let lines = try LineShare.lines(
            total: total,
            numerators: numerators,
            over: over,
            by: quote
        )
        #expect(lines.reduce(0, +) == total)
        for (line, numerator) in zip(lines, numerators) {
            let floor = Quotient.scaled(numerator, by: quote, over: over, rounding: .floor)
            #expect(line == floor || line - 1 == floor)
        }
    }

    /// Lines as S-21 says them: give each missing unit to the line that has most left over.
    private func naive(
        _ total: Int128,
        _ values: [(numerator: Int128, key: LineShare.Key)],
        _ denominator: Int128
    ) -> [Int128] {
        var lines = values.map { $0.numerator.divided(by: denominator, rounding: .floor) }
        var rests = values.indices.map { values[$0].numerator - lines[$0] * denominator }
        while lines.reduce(0, +) < total {
            var best = 0
            for place in values.indices.dropFirst()
            where rests[place] > rests[best]
                || rests[place] == rests[best] && values[place].key < values[best].key
            {
                best = place
            }
            lines[best] += 1
            rests[best] = -1
        }
        return lines
    }

    @Test func tenThousandTotals() throws {
        var random = RandomSource(seed: 21)
        for _ in 0..<10_000 {
            let top = Int128(random.number(1...40))
            let bottom = Int128(random.number(1...40))
            let over = Int128(random.number(1...12))
            let count = Int(random.number(0...9))
            let numerators = (0..<count).map { _ in Int128(random.number(-60...60)) }
            let keys = (0..<count).map {
                LineShare.Key(index: UInt64(random.number(0...2)), item: Int32($0))
            }
            let quote = try #require(Quotient(top, bottom))
            let rounding: Rounding = random.chance(50) ? .halfEven : .halfUp
            let sum = numerators.reduce(0, +) * top
            let total = sum.divided(by: bottom * over, rounding: rounding)
            let lines = try LineShare.lines(
                total: total,
                numerators: numerators,
                over: over,
                by: quote,
                keys: keys
            )
            let values = zip(numerators, keys).map { (numerator: $0 * top, key: $1) }
            guard lines == naive(total, values, bottom * over) else {
                Issue.record("\(numerators) \(keys) \(top)/\(bottom)/\(over) \(rounding): \(lines)")
                return
            }
            let isNear = zip(lines, values).allSatisfy { line, value in
                (line * bottom * over - value.numerator).magnitude < (bottom * over).magnitude
            }
            guard lines.reduce(0, +) == total, isNear else {
                Issue.record("\(numerators) \(top)/\(bottom)/\(over): \(lines)")
                return
            }
        }
    }

    @Test func orderOfLinesDoesNotMatter() throws {
        var random = RandomSource(seed: 22)
        for _ in 0..<10_000 {
            let count = Int(random.number(1...8))
            let lines = (0..<count).map { place in
                (
                    numerator: Int128(random.number(-30...30)),
                    key: LineShare.Key(index: UInt64(place / 3), item: Int32(place % 3))
                )
            }
            let shuffled = lines.shuffled(using: &random)
            let sum = lines.reduce(0) { $0 + $1.numerator }
            let total = sum.divided(by: 7, rounding: .halfEven)
            let one = try LineShare.lines(
                total: total,
                numerators: lines.map(\.numerator),
                over: 7,
                keys: lines.map(\.key)
            )
            let other = try LineShare.lines(
                total: total,
                numerators: shuffled.map(\.numerator),
                over: 7,
                keys: shuffled.map(\.key)
            )
            let back = zip(shuffled, other).sorted { $0.0.key < $1.0.key }.map(\.1)
            guard one == back else {
                Issue.record("\(lines): \(one) or \(back)")
                return
            }
        }
    }
}
