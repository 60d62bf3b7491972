internal import Money
internal import Settlement
internal import Signing

/// Exposures follow the settlement: what is paid is no longer owed (spec/20 §8).
extension Book {
    /// Takes the exact value of debts of a settlement from exposures, each once.
    mutating func release(_ id: SettlementID, where isDue: (WindowDebt) -> Bool) {
        for debt in settledDebts(of: id) where debt.debt.status != .released && isDue(debt.debt) {
            addToExposure(debt.debt, sign: -1)
            nights.changeWindow(id.window, of: id.calendar) {
                $0.debts[debt.place].status = .released
            }
        }
    }

    /// Opens the debts of an aborted settlement again, with their exposures.
    mutating func takeBack(_ id: SettlementID) {
        for debt in settledDebts(of: id) {
            if debt.debt.status == .released { addToExposure(debt.debt, sign: 1) }
            nights.changeWindow(id.window, of: id.calendar) {
                $0.debts[debt.place].leave(as: .open)
            }
        }
    }

    private mutating func addToExposure(_ debt: WindowDebt, sign: Int128) {
        let exposure = exposures.place(
            debtor: debt.debtor,
            creditor: debt.creditor,
            currency: debt.currency
        )
        // Every posting had a denominator that divides the exposure's, and so has their sum.
        let factor = Int128(exposures.list[Int(exposure)].denominator) / debt.exact.denominator
        exposures.add(exposure, posted: debt.exact.numerator * factor * sign)
    }
}
