/// What an account or a debt is for (spec/20 §1).
public enum DebtPurpose: String, Sendable, Hashable, Codable, CaseIterable {
    /// Units and bonuses, which the debtor of the terms owes.
    case units
    /// Units of bonuses, which a funder owes.
    case funding
    /// A fee of the terms.
    case fee
    /// The network's fee.
    case networkFee
    /// An adjustment.
    case adjustment
    /// What a final sheet changed in a debt of an earlier window.
    case trueUp
}
