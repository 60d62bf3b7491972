/// What a store has done since it was opened; gates compare these counts, never times.
public struct StoreCounters: Sendable, Hashable {
    /// Calls of `append` that took effect.
    public var commits: UInt64 = 0
    /// Entries that these commits added.
    public var entries: UInt64 = 0
    /// Durable transactions: commits, projections saved or dropped, and settings.
    ///
    /// Each costs one sync of the log file.
    public var transactions: UInt64 = 0
    /// Rows inserted, changed or deleted by calls that took effect.
    public var rows: UInt64 = 0
    /// SQL statements run to write, also by calls that failed.
    public var statements: UInt64 = 0

    /// Counters at zero.
    public init() {}
}
