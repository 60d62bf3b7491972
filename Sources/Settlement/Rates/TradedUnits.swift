internal import Money

/// Units that one agreement with a fixed price posted in a window, and their price (spec/24 §1).
public struct TradedUnits: Hashable, Sendable {
    /// The two partners; their order means nothing.
    public let partners: [String]
    /// Units of the priced program: 0 or more.
    public let units: Int64
    /// The price of a unit, brought to the numeraire.
    public let price: UnitValue

    /// Units between two partners; less than 0 counts as 0.
    public init(_ one: String, _ other: String, units: Int64, price: UnitValue) {
        partners = one < other ? [one, other] : [other, one]
        self.units = max(0, units)
        self.price = price
    }
}

extension UnitValue {
    /// How many pairs of partners must have traded for a weighted value.
    public static let leastPairs = 3
    /// The largest part of all units that one pair may have, in percent.
    public static let largestPart: Int128 = 40

    /// The mean price of traded units, weighted by their number.
    ///
    /// It is nil when fewer than 3 pairs traded, or one has more than 40 % of the units: nobody can
    /// trade with itself to move it.
    ///
    /// Complexity: O(n log n).
    public init?(weighted trades: [TradedUnits]) {
        var total: Int128 = 0
        var worth: Int128 = 0
        for trade in trades {
            total += Int128(trade.units)
            worth += Int128(trade.units) * Int128(trade.price.millionths)
        }
        let pairs = Self.unitsByPair(trades)
        guard pairs.count >= Self.leastPairs,
            pairs.allSatisfy({ $0 * 100 <= total * Self.largestPart })
        else { return nil }
        self.init(millionths: worth.divided(by: total, rounding: .halfEven))
    }

    /// The units of each pair that has any.
    private static func unitsByPair(_ trades: [TradedUnits]) -> [Int128] {
        let sorted = trades.filter { $0.units > 0 }.sorted {
            $0.partners.lexicographicallyPrecedes($1.partners)
        }
        var sums: [Int128] = []
        var last: [String] = []
        for trade in sorted {
            if trade.partners != last { sums.append(0) }
            sums[sums.count - 1] += Int128(trade.units)
            last = trade.partners
        }
        return sums
    }
}
