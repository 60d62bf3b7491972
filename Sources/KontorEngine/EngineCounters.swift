public import KontorStorage
public import Signing

/// What a writer has done since it was opened.
///
/// A commit updates it under one lock.
public struct EngineCounters: Sendable {
    /// When the last commit became durable.
    public struct Moment: Sendable, Hashable {
        /// The machine's monotonic clock, in nanoseconds.
        public let monotonicNanoseconds: UInt64
        /// The ledger time of the last entry.
        public let time: Timestamp
    }

    /// Durable commits of entries.
    public internal(set) var commits: UInt64 = 0
    /// Entries that these commits added.
    public internal(set) var entries: UInt64 = 0
    /// Bytes of headers, payloads and signatures of these entries.
    public internal(set) var bytes: UInt64 = 0
    /// How long each commit took to become durable, in seconds.
    public internal(set) var commitSeconds = Histogram(bounds: Self.secondsBounds)
    /// How many entries each commit added.
    public internal(set) var groupSizes = Histogram(bounds: Self.groupBounds)
    /// When the last commit became durable, or nil before the first.
    public internal(set) var lastCommit: Moment?
    /// Submissions that wait for the writer now.
    public internal(set) var queueLength = 0
    /// Tasks that wait for the log to grow now.
    public internal(set) var waiterCount = 0
    /// Full tiles that were read from the store for proofs; each cost 255 node hashes.
    public internal(set) var tileLoads: UInt64 = 0
    /// What the store has written; each of its transactions cost one sync.
    public internal(set) var store = StoreCounters()

    /// The bounds of `commitSeconds`: from half a millisecond to five seconds.
    public static let secondsBounds = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
    ]
    /// The bounds of `groupSizes`: powers of four up to the greatest group.
    public static let groupBounds: [Double] = [1, 4, 16, 64, 256, 1_024, 4_096]

    mutating func note(_ commit: LogCommit, seconds: Double, at moment: Moment) {
        commits += 1
        entries += UInt64(commit.entries.count)
        for entry in commit.entries {
            bytes += UInt64(entry.header.count + entry.payload.count + entry.signature.count)
        }
        commitSeconds.note(seconds)
        groupSizes.note(Double(commit.entries.count))
        lastCommit = moment
    }
}
