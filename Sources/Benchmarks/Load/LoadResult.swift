/// What came of a load.
struct LoadResult: Sendable {
    /// Answers of the counted time by status, and how long it was.
    var statuses: [Int: Int] = [:]
    var seconds = 0.0
    /// Processor time of this process meanwhile, in seconds.
    var processorSeconds = 0.0
    /// Nanoseconds from the moment at which a request was due to its answer.
    var latencies: [UInt64] = []
    /// Requests that were sent and not answered.
    var unanswered: [Int] = []
    /// How many requests were sent, also before the counted time.
    var sent = 0

    /// The answers of the counted time.
    var count: Int { statuses.values.reduce(0, +) }

    /// Answers a second.
    var rate: Double { Double(count) / seconds }

    /// Milliseconds within which a share of the answers came; the list must be sorted.
    func milliseconds(of share: Double) -> Double {
        guard !latencies.isEmpty else { return 0 }
        let place = min(latencies.count - 1, Int(Double(latencies.count) * share))
        return Double(latencies[place]) / 1e6
    }

    /// Requires that every answer has a status.
    func require(_ expected: Set<Int>, _ what: String) throws {
        guard statuses.keys.allSatisfy(expected.contains) else {
            let list = statuses.sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)" }
            throw BenchmarkError("\(what): answers \(list.joined(separator: ", "))")
        }
    }
}
