public import KontorEngine

/// All samples of one metric, as Prometheus knows them.
public struct MetricFamily: Sendable, Hashable {
    /// What a metric is.
    public enum Kind: String, Sendable, Hashable {
        /// Only goes up until the process ends.
        case counter
        /// Goes up and down.
        case gauge
        /// Observations counted by size.
        case histogram
    }

    /// One value with its labels.
    public struct Sample: Sendable, Hashable {
        /// A name and a value of a label.
        public struct Label: Sendable, Hashable {
            /// The name, letters, digits and `_`.
            public let name: String
            /// The value, any text.
            public let value: String

            /// A label.
            public init(_ name: String, _ value: String) {
                self.name = name
                self.value = value
            }
        }

        /// What follows the name of the family: `_bucket`, `_sum`, `_count`, or nothing.
        public let suffix: String
        /// The labels, in their order.
        public let labels: [Label]
        /// The value as it is written.
        public let value: String
    }

    /// The name, with its unit last.
    public let name: String
    /// What it says, in one line.
    public let help: String
    /// What it is.
    public let kind: Kind
    /// Its values.
    public private(set) var samples: [Sample] = []

    /// A family without samples.
    public init(_ name: String, _ kind: Kind, _ help: String) {
        self.name = name
        self.help = help
        self.kind = kind
    }

    /// A family with one whole number and no labels.
    public init(_ name: String, _ kind: Kind, _ help: String, _ value: some BinaryInteger) {
        self.init(name, kind, help)
        add(value)
    }

    /// Adds a whole number.
    public mutating func add(_ value: some BinaryInteger, _ labels: [Sample.Label] = []) {
        samples.append(Sample(suffix: "", labels: labels, value: "\(value)"))
    }

    /// Adds a number.
    public mutating func add(number: Double, _ labels: [Sample.Label] = []) {
        samples.append(Sample(suffix: "", labels: labels, value: Self.text(number)))
    }

    /// Adds the buckets, the sum and the count of a histogram.
    public mutating func add(_ histogram: Histogram) {
        var total: UInt64 = 0
        for (place, count) in histogram.counts.enumerated() {
            total += count
            let bound =
                histogram.bounds.indices.contains(place)
                ? Self.text(histogram.bounds[place]) : "+Inf"
            let labels = [Sample.Label("le", bound)]
            samples.append(Sample(suffix: "_bucket", labels: labels, value: "\(total)"))
        }
        samples.append(Sample(suffix: "_sum", labels: [], value: Self.text(histogram.sum)))
        samples.append(Sample(suffix: "_count", labels: [], value: "\(total)"))
    }

    private static func text(_ number: Double) -> String {
        guard number.isFinite else { return number.isNaN ? "NaN" : number > 0 ? "+Inf" : "-Inf" }
        return number == number.rounded() && number.magnitude < 1e15
            ? "\(Int64(number))" : "\(number)"
    }
}
