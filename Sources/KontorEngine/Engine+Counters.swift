internal import KontorStorage
internal import Synchronization

extension Engine {
    /// How many submissions wait for the writer: those that are being verified, and those that no
    /// commit has taken yet.
    public var queueLength: Int { queue.withLock { $0.waiting } }

    /// What this writer has done since it was opened.
    public var counters: EngineCounters {
        var counters = tally.withLock { $0 }
        counters.queueLength = queueLength
        counters.waiterCount = signal.waiterCount
        counters.tileLoads = tiles.loads
        counters.store = store.counters
        return counters
    }
}
