public import Signing

/// What the operator states of a settlement, and signs (spec/20 §7.2).
public struct SettlementFigures: Sendable, Hashable, Codable {
    /// How many participants have a statement.
    public let participants: Int
    /// How many debts it takes.
    public let debts: Int
    /// The sum of all obligations, in minor units.
    public let gross: Int128
    /// What participants are paid in all, in minor units.
    public let paid: Int128
    /// What the operator's float keeps, or pays when negative, in minor units.
    public let float: Int128
    /// The root of the tree over the statements (spec/20 §9).
    public internal(set) var root: Digest
    /// The end of the window: the number of entries before its close.
    public internal(set) var size: UInt64
}
