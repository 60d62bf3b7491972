internal import Money

/// The value of an edge by branch and bound over its amounts (spec/23 §2).
///
/// Between thresholds a conversion repeats itself with a period M: it credits and debits the same
/// more for each M units. So the average of `q × M + r` moves toward one limit as q grows, and only
/// the first and the last period of each stretch can hold the best. Within them, an interval of
/// amounts is dropped when the credit of its end over the debit of its start cannot beat the best.
struct ValueSearch {
    /// Amounts between two thresholds, as places of the grid, both included.
    private struct Stretch {
        let places: ClosedRange<Int64>
        let coefficients: Coefficients
    }

    /// The best average per debited unit in the long run, and what stands beside it.
    struct Coefficients {
        /// Credit per debited unit that base and target bonuses give at most.
        let base: ExactRatio
        /// Units that source blocks give at most per unit of amount.
        let blocks: ExactRatio
        /// Units that do not grow.
        let constant: Int128
    }

    private let terms: EdgeTerms
    private let withOnce: Bool
    private let grid: AmountGrid?
    private var best: ExactRatio?
    private var reachedAt: Int64?
    private var visited = 0
    private var cutBound: ExactRatio?

    init(_ terms: EdgeTerms, withOnce: Bool) {
        self.terms = terms
        self.withOnce = withOnce
        let grid = AmountGrid(minimum: terms.minimum, increment: terms.increment)
        if case .ratio(let numerator, let denominator) = terms.conversion, terms.rest == .exact {
            let divisor = Int128.greatestCommonDivisor(Int128(numerator), Int128(denominator))
            self.grid = grid.aligned(to: Int64(Int128(denominator) / divisor))
        } else {
            self.grid = grid
        }
    }

    /// The value, or nil when no amount is allowed.
    mutating func value() -> EdgeValue? {
        guard let grid, let end = lastPlace(grid) else { return nil }
        if case .steps(let steps, _) = terms.conversion, terms.rest == .exact {
            for step in steps { visit(step.amount) }
        } else {
            search(grid, end)
        }
        guard let best else { return nil }
        if let cutBound, best < cutBound {
            return EdgeValue(ratio: cutBound, attainment: .atMost)
        }
        return EdgeValue(
            ratio: best,
            attainment: reachedAt.map { EdgeValue.Attainment.reached(at: $0) } ?? .approached
        )
    }

    private mutating func search(_ grid: AmountGrid, _ end: Int64) {
        let stretches = stretches(grid, end)
        let isUnbounded = !terms.caps.contains(where: \.isPerItem) && growsWithAmount
        let allowed = stretches.last.flatMap {
            terms.gross(grid.amount(at: $0.places.upperBound), withOnce: withOnce)
        }
        if isUnbounded, let last = stretches.last, allowed.map({ $0.base >= 1 }) ?? false {
            best = limit(last.coefficients)
        }
        let period = period(grid)
        for (index, stretch) in stretches.enumerated().reversed() {
            let (first, last) = (stretch.places.lowerBound, stretch.places.upperBound)
            guard let period, last - first >= 2 * period else {
                explore(grid, stretch.places, stretch.coefficients)
                continue
            }
            explore(grid, first...first + period - 1, stretch.coefficients)
            if isUnbounded, index == stretches.count - 1 { continue }
            explore(grid, last - period + 1...last, stretch.coefficients)
        }
    }

    /// Whether the debit grows with the amount without end.
    private var growsWithAmount: Bool {
        if case .steps = terms.conversion { terms.rest != .keepRest } else { true }
    }

    /// The last place whose amount passes neither a limit nor an item's cap; nil when there is
    /// none.
    private func lastPlace(_ grid: AmountGrid) -> Int64? {
        func fits(_ place: Int64) -> Bool {
            terms.gross(grid.amount(at: place), withOnce: withOnce) != nil
        }
        guard grid.minimum <= EdgeTerms.limit, fits(0) else { return nil }
        return Self.firstPlace(in: 1...(EdgeTerms.limit - grid.minimum) / grid.increment + 1) {
            $0 > (EdgeTerms.limit - grid.minimum) / grid.increment || !fits($0)
        } - 1
    }

    /// The first place of a range from which on a condition holds; the end if it never does.
    private static func firstPlace(
        in range: ClosedRange<Int64>,
        where holds: (Int64) -> Bool
    ) -> Int64 {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private func stretches(_ grid: AmountGrid, _ end: Int64) -> [Stretch] {
        var starts: Set<Int64> = [0]
        func note(_ holds: (Int64) -> Bool) {
            let place = Self.firstPlace(in: 0...end + 1) { $0 > end || holds(grid.amount(at: $0)) }
            if place <= end { starts.insert(place) }
        }
        note { (terms.gross($0, withOnce: withOnce)?.base ?? 1) >= 1 }
        for bonus in terms.bonuses where bonus.threshold > 0 {
            note { Self.measure(bonus, $0, terms) >= bonus.threshold }
        }
        if case .steps(let steps, _) = terms.conversion {
            for step in steps { note { $0 >= step.amount } }
        }
        if let cap = terms.fee?.cap { note { terms.fee(of: $0) >= cap } }
        let sorted = starts.sorted()
        return sorted.enumerated().map { index, start in
            let last = index + 1 < sorted.count ? sorted[index + 1] - 1 : end
            return Stretch(
                places: start...last,
                coefficients: coefficients(at: grid.amount(at: last))
            )
        }
    }

    private static func measure(
        _ bonus: EdgeTerms.Bonus,
        _ amount: Int64,
        _ terms: EdgeTerms
    ) -> Int64 {
        guard bonus.measure == .target else { return amount }
        return terms.gross(amount, withOnce: false)?.base ?? EdgeTerms.limit
    }

    /// What the bonuses that are open at an amount give at most.
    private func coefficients(at amount: Int64) -> Coefficients {
        var sums = (base: ExactRatio.one, blocks: ExactRatio.zero, constant: Int128(0))
        var best = (base: ExactRatio.zero, blocks: ExactRatio.zero, constant: Int128(0))
        for bonus in terms.bonuses where withOnce || !bonus.isOnce {
            guard Self.measure(bonus, amount, terms) >= bonus.threshold else { continue }
            var part = (base: ExactRatio.zero, blocks: ExactRatio.zero, constant: Int128(0))
            switch bonus.kind {
            case .perBlock(let units):
                let share = ExactRatio(Int128(units), Int128(bonus.threshold))
                if bonus.measure == .source { part.blocks = share } else { part.base = share }
            case .percentOfBase(let percent):
                part.base = ExactRatio(Int128(percent.numerator), Int128(percent.denominator))
            case .once(let units): part.constant = Int128(units)
            }
            if bonus.isExclusive {
                best.base = max(best.base, part.base)
                best.blocks = max(best.blocks, part.blocks)
                best.constant = max(best.constant, part.constant)
            } else {
                sums.base = sums.base + part.base
                sums.blocks = sums.blocks + part.blocks
                sums.constant += part.constant
            }
        }
        let (base, blocks) = (sums.base + best.base, sums.blocks + best.blocks)
        let constant = sums.constant + best.constant
        if case .ratio(let numerator, let denominator) = terms.conversion {
            let ratio = ExactRatio(Int128(numerator), Int128(denominator))
            return Coefficients(base: base * ratio, blocks: blocks, constant: constant)
        }
        let credit = Int128(terms.gross(amount, withOnce: false)?.base ?? 0)
        let whole = (base * ExactRatio(credit, 1)).wholePart ?? 0
        return Coefficients(base: .zero, blocks: blocks, constant: whole + 1 + constant)
    }
}

extension ValueSearch {
    /// The limit of the average for growing amounts.
    ///
    /// Of exclusive bonuses the one that grows fastest counts, so the sum of both kinds of maxima
    /// is not the limit; it is taken bonus by bonus.
    private func limit(_ coefficients: Coefficients) -> ExactRatio {
        var ratio = ExactRatio.zero
        if case .ratio(let numerator, let denominator) = terms.conversion {
            ratio = ExactRatio(Int128(numerator), Int128(denominator))
        }
        var sum = ratio
        var best = ExactRatio.zero
        for bonus in terms.bonuses {
            var part = ExactRatio.zero
            switch bonus.kind {
            case .perBlock(let units):
                part = ExactRatio(Int128(units), Int128(bonus.threshold))
                if bonus.measure == .target { part = part * ratio }
            case .percentOfBase(let percent):
                part =
                    ExactRatio(Int128(percent.numerator), Int128(percent.denominator)) * ratio
            case .once: break
            }
            if bonus.isExclusive { best = max(best, part) } else { sum = sum + part }
        }
        return lessFee(sum + best)
    }

    /// A limit less the fee per unit, where the fee has no cap.
    private func lessFee(_ ratio: ExactRatio) -> ExactRatio {
        guard let fee = terms.fee, let perUnit = fee.perUnit, fee.cap == nil else { return ratio }
        let share =
            ExactRatio(Int128(perUnit.numerator), Int128(perUnit.denominator))
            / ExactRatio(Int128(fee.value.numerator), Int128(fee.value.denominator))
        return fee.side == .target ? ratio - share : ratio / (.one + share)
    }

    /// After how many places everything repeats, or nil when that passes 2^52 units.
    private func period(_ grid: AmountGrid) -> Int64? {
        var period = Int128(grid.increment)
        var target: Int128 = 1
        func join(_ left: Int128, _ right: Int128) -> Int128? {
            Int128.leastCommonMultiple(left, right, atMost: 1 << 60)
        }
        for bonus in terms.bonuses where withOnce || !bonus.isOnce {
            switch bonus.kind {
            case .perBlock:
                let isSource = bonus.measure == .source
                guard
                    let common = join(isSource ? period : target, Int128(bonus.threshold))
                else { return nil }
                if isSource { period = common } else { target = common }
            case .percentOfBase(let percent):
                guard let common = join(target, Int128(percent.denominator)) else { return nil }
                target = common
            case .once: break
            }
        }
        if let perUnit = terms.fee?.perUnit {
            let factor: Int128 = terms.fee?.rounding == .halfEven ? 2 : 1
            guard let common = join(period, Int128(perUnit.denominator) * factor) else {
                return nil
            }
            period = common
        }
        if case .ratio(let numerator, let denominator) = terms.conversion {
            let (scaled, overflow) = target.multipliedReportingOverflow(by: Int128(denominator))
            guard !overflow else { return nil }
            let divisor = Int128.greatestCommonDivisor(Int128(numerator), scaled)
            guard let common = join(period, scaled / divisor) else { return nil }
            period = common
        }
        return period <= 1 << 52 ? Int64(period / Int128(grid.increment)) : nil
    }

    /// Looks for better amounts among some places.
    private mutating func explore(
        _ grid: AmountGrid,
        _ places: ClosedRange<Int64>,
        _ coefficients: Coefficients
    ) {
        var stack = [places]
        while let range = stack.popLast() {
            visit(grid.amount(at: range.lowerBound))
            guard range.count > 1, let bound = bound(grid, range, coefficients) else { continue }
            if let best, bound < best || bound == best && reachedAt != nil { continue }
            guard visited < ArbitrageLimits.searchPlaces else {
                cutBound = max(cutBound ?? .zero, bound)
                continue
            }
            let middle = range.lowerBound + (range.upperBound - range.lowerBound) / 2
            if middle > range.lowerBound { stack.append(range.lowerBound + 1...middle) }
            stack.append(middle + 1...range.upperBound)
        }
    }

    private mutating func visit(_ amount: Int64) {
        visited += 1
        guard let average = terms.average(amount, withOnce: withOnce) else { return }
        if let best, average < best || average == best && reachedAt.map({ $0 <= amount }) ?? false {
            return
        }
        best = average
        reachedAt = amount
    }

    /// The most that any amount of a range can give, or nil when none gives anything.
    private func bound(
        _ grid: AmountGrid,
        _ range: ClosedRange<Int64>,
        _ coefficients: Coefficients
    ) -> ExactRatio? {
        let (low, high) = (grid.amount(at: range.lowerBound), grid.amount(at: range.upperBound))
        guard let start = terms.gross(low, withOnce: withOnce),
            let end = terms.gross(high, withOnce: withOnce), end.base >= 1
        else { return nil }
        let debit = max(1, start.debit)
        let ends = terms.average(credit: end.credit, debit: debit, fee: terms.fee(of: low))
        guard growsWithAmount else { return ends }
        var slack: Int128 = 0
        if case .ratio(let numerator, let denominator) = terms.conversion, terms.rest == .keepRest {
            slack = Int128(denominator).divided(by: Int128(numerator), rounding: .ceiling) - 1
        }
        let line =
            coefficients.base + coefficients.blocks
            + (coefficients.blocks * ExactRatio(slack, 1) + ExactRatio(coefficients.constant, 1))
            / ExactRatio(Int128(debit), 1)
        return min(ends, line)
    }
}
