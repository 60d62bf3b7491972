public import Money

/// What both partners allow to differ in one currency (R-14, spec/09 §8 `tolerances`).
///
/// A match is within it if what the partner states too much is at most `absoluteAbove`, what it
/// states too little at most `absoluteBelow`, and their sum, the residual, at most `percent` of
/// what the ledger states, at most `writeOffLimit`, and at most what is left of the budget.
public struct MoneyTolerance: Hashable, Sendable {
    /// The currency.
    public var currency: String
    /// The most that the partner may state too much, in minor units.
    public var absoluteAbove: Int64
    /// The most that the partner may state too little, in minor units.
    public var absoluteBelow: Int64
    /// The largest share of what the ledger states.
    public var percent: Fraction
    /// The most that all residuals of a day may sum to, in minor units.
    public var dailyBudget: Int64
    /// What earlier runs took of this day's budget, in minor units.
    public var spent: Int64 = 0
    /// The largest residual of one match, in minor units, if one is set besides.
    public var writeOffLimit: Int64?

    /// A tolerance.
    public init(
        currency: String,
        absoluteAbove: Int64,
        absoluteBelow: Int64,
        percent: Fraction,
        dailyBudget: Int64
    ) {
        self.currency = currency
        self.absoluteAbove = absoluteAbove
        self.absoluteBelow = absoluteBelow
        self.percent = percent
        self.dailyBudget = dailyBudget
    }
}
