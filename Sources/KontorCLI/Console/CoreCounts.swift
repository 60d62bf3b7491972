internal import Synchronization

/// One count for each core, added up at the end.
final class CoreCounts: Sendable {
    private let counts: Mutex<[Int64]>

    init(count: Int) {
        counts = Mutex([Int64](repeating: 0, count: count))
    }

    /// Sets the count of a core.
    func set(_ core: Int, _ count: Int64) {
        counts.withLock { $0[core] = count }
    }

    /// The sum of all counts.
    var sum: Int64 { counts.withLock { $0.reduce(0, +) } }
}
