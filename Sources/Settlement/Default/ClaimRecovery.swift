/// What is recovered later of a default, paid in the shares in which the loss was borne (S-30).
public struct ClaimRecovery: Sendable, Hashable {
    /// Who failed.
    public let debtor: String
    /// The shares of the loss, by creditor.
    public let losses: [LossShare]
    /// What each has got back so far, in the order of the shares.
    public private(set) var recovered: [Int128]

    /// A recovery of which nothing is paid yet, for the shares of one debtor among all.
    public init(debtor: String, losses: [LossShare]) {
        self.debtor = debtor
        self.losses = losses.filter { $0.debtor == debtor }.sorted { $0.creditor < $1.creditor }
        recovered = Array(repeating: 0, count: self.losses.count)
    }

    /// What is still lost.
    public var outstanding: Int128 {
        zip(losses, recovered).reduce(0) { $0 + $1.0.minorUnits - $1.1 }
    }

    /// Shares an amount among those that lost, and returns what each gets, by name.
    ///
    /// The shares are in proportion to what each still misses, by largest remainder, ties by name:
    /// the proportion of the loss but for roundings, and never more than it lost.
    /// - Throws: `recoveredTooMuch` when the amount is negative or more than what is still lost.
    public mutating func recover(
        _ amount: Int128
    ) throws(SettlementError) -> [PaymentPlan.Due] {
        guard amount >= 0, amount <= outstanding else { throw .recoveredTooMuch(debtor) }
        guard amount > 0 else { return [] }
        let missing = zip(losses, recovered).map { $0.minorUnits - $1 }
        let shares = try LineShare.shares(of: amount, weights: missing)
        for (place, share) in shares.enumerated() { recovered[place] += share }
        return zip(losses, shares).filter { $0.1 > 0 }.map {
            PaymentPlan.Due(participant: $0.creditor, minorUnits: $1)
        }
    }
}
