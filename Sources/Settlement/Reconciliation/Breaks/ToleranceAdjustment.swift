/// What is to be posted because a difference is within what both signed.
///
/// Its reason is `tolerance`. It brings the ledger to what the partner states.
public struct ToleranceAdjustment: Hashable, Sendable {
    /// The match whose differences it settles: a number of `Reconciliation.matches`.
    public let match: Int
    /// The agreement: a number of `ReconciliationTerms.agreements`.
    public let agreement: Int
    /// Who pays.
    public let payer: String
    /// Who receives.
    public let payee: String
    /// How much, in minor units, at least 0: with 0 the differences cancel out or are worth less
    /// than one minor unit, and nothing is posted.
    public let minorUnits: Int64
    /// The currency.
    public let currency: String
    /// Whether it is for the fee, and not for what is owed.
    public let isFee: Bool
    /// What its match takes of the day's budget: the sum of the magnitudes of the differences.
    public let residual: Int64
}
