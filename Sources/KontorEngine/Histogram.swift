/// How often values fell into ranges that are fixed, and their sum.
public struct Histogram: Sendable, Hashable {
    /// The upper end of each range, rising; a value equal to it is inside.
    public let bounds: [Double]
    /// The number of values of each range, and at last of those above every bound.
    public private(set) var counts: [UInt64]
    /// The sum of all values.
    public private(set) var sum = 0.0

    /// A histogram without values.
    public init(bounds: [Double]) {
        self.bounds = bounds
        counts = [UInt64](repeating: 0, count: bounds.count + 1)
    }

    /// The number of values.
    public var count: UInt64 { counts.reduce(0, +) }

    /// Notes a value.
    ///
    /// Complexity: O(bounds).
    public mutating func note(_ value: Double) {
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        sum += value
    }
}
