internal import Money
internal import Settlement

/// A default that was claimed: who bears what, and what was recovered since (spec/20 §10).
struct ClaimRecord: Sendable, Hashable, Codable {
    /// The index of the entry that opened it.
    let entry: UInt64
    let settlement: SettlementID
    let debtor: String
    /// Minor units of the settlement currency that cover did not pay.
    let uncovered: Int128
    /// Who bears how much, by name; they sum to what is uncovered.
    var shares: [ClaimShare]

    /// What was recovered so far.
    var recovered: Int128 { shares.reduce(0) { $0 + $1.recovered } }
}

/// What one claimant bears of a default.
struct ClaimShare: Sendable, Hashable, Codable {
    let claimant: String
    let amount: Int128
    /// What it got back so far.
    var recovered: Int128 = 0
}
