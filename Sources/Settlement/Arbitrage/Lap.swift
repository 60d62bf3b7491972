internal import Money

/// One round along a cycle, in whole units.
public struct Lap: Hashable, Sendable {
    /// Units offered at the start.
    public let offered: Int64
    /// Units spent at the start.
    public let spent: Int64
    /// Units of the start that come back, less fees at their value.
    public let returned: Int64
    /// Whether no smaller offer gains.
    public let isSmallest: Bool

    /// Units gained.
    public var gain: Int64 { returned - spent }

    /// The smallest offer that gains, or nil when none was found.
    ///
    /// The first `ArbitrageLimits.laps` allowed offers are tried one by one, then each doubled and
    /// those that the values of edges name.
    static func smallestGain(_ edges: [EdgeTerms], also: [Int64], withOnce: Bool) -> Lap? {
        guard let first = edges.first else { return nil }
        let grid = AmountGrid(minimum: first.minimum, increment: first.increment)
        for place in 0..<Int64(ArbitrageLimits.laps) / Int64(edges.count) {
            let (offset, overflow) = place.multipliedReportingOverflow(by: grid.increment)
            guard !overflow, offset <= EdgeTerms.limit - grid.minimum else { return nil }
            let amount = grid.minimum + offset
            if let lap = lap(edges, amount, withOnce, isSmallest: true), lap.gain > 0 {
                return lap
            }
        }
        var place: Int64 = 1
        var tries = also
        while place <= (EdgeTerms.limit - grid.minimum) / grid.increment {
            tries.append(grid.amount(at: place))
            place *= 2
        }
        return tries.sorted().lazy.compactMap { lap(edges, $0, withOnce, isSmallest: false) }
            .first { $0.gain > 0 }
    }

    /// A lap from an offer: at each conversion the largest allowed amount of what is there.
    static func lap(
        _ edges: [EdgeTerms],
        _ amount: Int64,
        _ withOnce: Bool,
        isSmallest: Bool
    ) -> Lap? {
        var spent: Int64?
        var held = amount
        for edge in edges {
            guard let (debit, credit) = convert(edge, held, withOnce) else { return nil }
            spent = spent ?? debit
            held = credit
        }
        guard let spent else { return nil }
        return Lap(offered: amount, spent: spent, returned: held, isSmallest: isSmallest)
    }

    /// Debit and credit of the largest allowed amount of some units, with the fee in units.
    private static func convert(
        _ edge: EdgeTerms,
        _ held: Int64,
        _ withOnce: Bool
    ) -> (debit: Int64, credit: Int64)? {
        guard var amount = edge.largestAllowed(held) else { return nil }
        for _ in 0..<1_000 where amount >= edge.minimum {
            if let outcome = edge.outcome(amount, withOnce: withOnce) {
                let units = fee(edge, amount)
                let isTarget = edge.fee?.side == .target
                let debit = Int128(outcome.debit) + (isTarget ? 0 : units)
                let credit = Int128(outcome.credit) - (isTarget ? units : 0)
                guard credit > 0, debit <= Int128(EdgeTerms.limit) else { return nil }
                return (Int64(debit), Int64(credit))
            }
            amount -= edge.increment
        }
        return nil
    }

    private static func fee(_ edge: EdgeTerms, _ amount: Int64) -> Int128 {
        guard let fee = edge.fee else { return 0 }
        return (Int128(edge.fee(of: amount)) * Int128(fee.value.denominator))
            .divided(by: Int128(fee.value.numerator), rounding: .ceiling)
    }
}
