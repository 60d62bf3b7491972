/// A default that was claimed: who bears what, and what was recovered since (spec/20 §10).
public struct ClaimRecord: Sendable, Hashable, Codable {
    /// The index of the entry that opened it.
    public let entry: UInt64
    /// The settlement in which it happened.
    public let settlement: SettlementID
    /// Who did not pay.
    public let debtor: String
    /// Minor units of the settlement currency that cover did not pay.
    public let uncovered: Int128
    /// Who bears how much, by name; they sum to what is uncovered.
    public internal(set) var shares: [ClaimShare]

    /// What was recovered so far.
    public var recovered: Int128 { shares.reduce(0) { $0 + $1.recovered } }
}

/// What one claimant bears of a default.
public struct ClaimShare: Sendable, Hashable, Codable {
    /// A participant, or `operator/float`.
    public let claimant: String
    /// What it bears, in minor units.
    public let amount: Int128
    /// What it got back so far, in minor units.
    public internal(set) var recovered: Int128 = 0
}
