/// Observations counted by size.
public struct Histogram: Sendable, Hashable {
    /// The upper bounds of the buckets, ascending; a last one without bound follows them.
    public let bounds: [Double]
    /// How many observations fell into each bucket and into none below it.
    public private(set) var counts: [UInt64]
    /// The sum of all observations.
    public private(set) var sum = 0.0

    /// An empty histogram.
    public init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    /// A histogram of counts that were taken elsewhere, one more than there are bounds.
    public init(bounds: [Double], counts: [UInt64], sum: Double) {
        self.init(bounds: bounds)
        for (place, count) in counts.prefix(bounds.count + 1).enumerated() {
            self.counts[place] = count
        }
        self.sum = sum
    }

    /// Counts an observation.
    public mutating func observe(_ value: Double) {
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        sum += value
    }
}
