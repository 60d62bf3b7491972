public import KontorEngine
public import Ledger
public import Settlement
public import Signing

/// What the engine tells of itself, for `/metrics`.
public struct EngineFigures: Sendable {
    /// Submissions that wait for the writer.
    public var queueLength = 0
    /// Durable commits since the start.
    public var commits: UInt64 = 0
    /// Entries of these commits.
    public var entries: UInt64 = 0
    /// Bytes of headers, payloads and signatures of these entries.
    public var bytes: UInt64 = 0
    /// Durable transactions of the store since the start, each of one fsync(2), or nil where they
    /// are not counted.
    public var fsyncs: UInt64?
    /// How long each commit took to become durable, in seconds.
    public var commitSeconds: Histogram?
    /// Entries of each commit.
    public var batchEntries: Histogram?
    /// Entries of the log.
    public var treeSize: UInt64 = 0
    /// The ledger time of the last entry.
    public var lastTime: Timestamp?
    /// What partners owe each other.
    public var positions: [PositionLine] = []
    /// What partners owe net, with their caps.
    public var netPositions: [NetPositionLine] = []

    /// Settlements that are kept, by their state; none under rule set 1.
    public var settlements: [SettlementState: Int] = [:]
    /// Legs of settlements that are collected or committed, and not paid in full.
    public var openLegs = 0

    /// Figures at zero.
    public init() {}
}
