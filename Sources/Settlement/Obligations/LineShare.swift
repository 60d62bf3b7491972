public import Money

/// The parts of a rounded total that people see line by line, by largest remainder (S-21).
///
/// Each line is rounded toward −∞; the minor units that are then missing to the total go, one
/// each, to the lines with the largest fractional parts, ties in the order of the keys. So lines
/// sum to the total, each is within 1 of its exact value, and an exact integer stays as it is.
///
/// Why that is always possible: let f be the sum of the k fractional parts that are not 0. Since
/// the total is the sum of the exact lines rounded to the nearest, f − 1/2 ≤ missing ≤ f + 1/2,
/// and f is from 0 to below k; so missing, an integer, is from 0 to k.
public enum LineShare {
    /// What orders lines whose fractional parts are equal: entry index, then item.
    public struct Key: Sendable, Hashable, Comparable {
        /// The index of the entry.
        public let index: UInt64
        /// The number of the item in it.
        public let item: Int32

        /// A key.
        public init(index: UInt64, item: Int32) {
            self.index = index
            self.item = item
        }

        /// Orders by index, then by item.
        public static func < (left: Key, right: Key) -> Bool {
            left.index != right.index ? left.index < right.index : left.item < right.item
        }
    }

    /// The lines of a total, in the order of the numerators.
    ///
    /// The exact value of a line is numerator ÷ denominator × quote. Keys are distinct and as many
    /// as numerators; missing ones count as (0, 0), and equal ones in the order of the list.
    ///
    /// Complexity: O(n log n).
    /// - Throws: `linesDoNotSum` when the total is not the rounded sum of the lines; `range` when
    ///   a line is 2^100 minor units or more.
    public static func lines(
        total: Int128,
        numerators: [Int128],
        over denominator: Int128 = 1,
        by quote: Quotient = .one,
        keys: [Key] = []
    ) throws(SettlementError) -> [Int128] {
        guard total.magnitude < SettlementLimits.sum.magnitude else {
            throw .range(debtor: "lines", creditor: "lines")
        }
        let scale = try Scale(quote, over: denominator)
        var lines: [Int128] = []
        lines.reserveCapacity(numerators.count)
        var rests: [(rest: Int128, place: Int)] = []
        var sum: Int128 = 0
        for (place, numerator) in numerators.enumerated() {
            let (floor, rest) = try scale.floor(of: numerator)
            lines.append(floor)
            sum += floor
            if rest > 0 { rests.append((rest, place)) }
        }
        let missing = total - sum
        guard missing >= 0, missing <= rests.count else { throw .linesDoNotSum(missing: missing) }
        if missing > 0, missing < rests.count {
            let none = Key(index: 0, item: 0)
            rests.sort { left, right in
                if left.rest != right.rest { return left.rest > right.rest }
                let one = left.place < keys.count ? keys[left.place] : none
                let other = right.place < keys.count ? keys[right.place] : none
                return one != other ? one < other : left.place < right.place
            }
        }
        for (_, place) in rests.prefix(Int(missing)) { lines[place] += 1 }
        return lines
    }

    /// A total in proportion to weights from 0, not all of them 0, by largest remainder.
    ///
    /// Ties go to the first in the list. Where the total is at most the sum of the weights, no
    /// share is above its weight.
    /// - Throws: `linesDoNotSum` when all weights are 0; `range` when a weight is below 0, or a
    ///   weight, the total or a share is 2^100 or more.
    public static func shares(
        of total: Int128,
        weights: [Int128]
    ) throws(SettlementError) -> [Int128] {
        guard weights.allSatisfy({ (0..<SettlementLimits.sum).contains($0) }) else {
            throw .range(debtor: "shares", creditor: "shares")
        }
        let sum = weights.reduce(0, +)
        guard sum > 0, let quote = Quotient(total, sum) else {
            throw .linesDoNotSum(missing: total)
        }
        return try lines(total: total, numerators: weights, by: quote)
    }
}

/// A quote over a denominator, as one factor that all lines share.
private struct Scale {
    private let top: Int128
    private let bottom: Int128
    private let isSmall: Bool

    init(_ quote: Quotient, over denominator: Int128) throws(SettlementError) {
        guard denominator > 0, let inverse = Quotient(1, denominator) else {
            throw .range(debtor: "lines", creditor: "lines")
        }
        do {
            let factor = try quote.multiplied(by: inverse)
            top = factor.numerator
            bottom = factor.denominator
        } catch {
            throw .range(debtor: "lines", creditor: "lines")
        }
        isSmall = Int64(exactly: top) != nil && Int64(exactly: bottom) != nil
    }

    /// The value of a line, rounded down, and what is left over the common denominator.
    func floor(of numerator: Int128) throws(SettlementError) -> (Int128, Int128) {
        if isSmall, let small = Int64(exactly: numerator) {
            let product = Int128(small) * top
            let floor = product.divided(by: bottom, rounding: .floor)
            guard floor.magnitude < SettlementLimits.sum.magnitude else {
                throw .range(debtor: "lines", creditor: "lines")
            }
            return (floor, product - floor * bottom)
        }
        guard let factor = Quotient(top, bottom),
            let floor = Quotient.scaled(numerator, by: factor, rounding: .floor),
            floor.magnitude < SettlementLimits.sum.magnitude
        else { throw .range(debtor: "lines", creditor: "lines") }
        // The rest is below the denominator, so the low 128 bits of the difference are all of it.
        return (floor, numerator &* top &- floor &* bottom)
    }
}
