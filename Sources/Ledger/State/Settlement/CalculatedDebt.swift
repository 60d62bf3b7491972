internal import Money
internal import Signing

/// A debt that a settlement takes: the exact value, its quote, and the one rounding (S-20).
struct CalculatedDebt {
    /// Its place among the debts of its window.
    let place: Int
    /// The debt.
    let debt: WindowDebt
    /// The terms hash of its agreement.
    let agreement: Digest
    /// Minor units of the settlement currency for one of the debt's currency.
    let quote: Quotient
    /// Minor units of the settlement currency.
    let minorUnits: Int128
}
