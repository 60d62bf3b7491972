/// What one party bears of another's default, and its claim for recovery (S-30).
public struct LossShare: Sendable, Hashable {
    /// Who bears it.
    public let creditor: String
    /// Who failed.
    public let debtor: String
    /// The net bilateral claim that it is a share of, and that it is never above.
    public let claim: Int128
    /// Minor units that are borne.
    public let minorUnits: Int128

    /// A share of a loss.
    public init(creditor: String, debtor: String, claim: Int128, minorUnits: Int128) {
        self.creditor = creditor
        self.debtor = debtor
        self.claim = claim
        self.minorUnits = minorUnits
    }
}
