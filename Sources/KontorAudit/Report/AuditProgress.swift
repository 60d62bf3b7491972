/// How far an audit is.
public struct AuditProgress: Sendable, Hashable {
    /// Entries that were applied.
    public let entries: UInt64
    /// Entries in all.
    public let size: UInt64
    /// Transfer items among the applied entries.
    public let transfers: UInt64
}
