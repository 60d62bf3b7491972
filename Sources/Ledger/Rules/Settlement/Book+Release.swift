internal import Money
internal import Settlement
internal import Signing

/// Exposures follow the settlement: what is paid is no longer owed (spec/20 §8).
extension Book {
    /// Takes the exact value of debts of a settlement from exposures, each once.
    mutating func release(_ place: Int, where isDue: (CalculatedDebt) -> Bool) {
        for number in nights.settlements.records[place].result.debts.indices {
            let debt = nights.settlements.records[place].result.debts[number]
            guard !debt.isReleased, isDue(debt) else { continue }
            addToExposure(debt, sign: -1)
            nights.settlements.change(place) { $0.result.debts[number].isReleased = true }
            let id = nights.settlements.records[place].id
            nights.mark(id.calendar, id.window, debt.key, as: .released)
        }
    }

    /// Puts the exact value of released debts back, since the settlement was aborted.
    mutating func takeBack(_ place: Int) {
        for number in nights.settlements.records[place].result.debts.indices {
            let debt = nights.settlements.records[place].result.debts[number]
            guard debt.isReleased else { continue }
            addToExposure(debt, sign: 1)
            nights.settlements.change(place) { $0.result.debts[number].isReleased = false }
            let id = nights.settlements.records[place].id
            nights.mark(id.calendar, id.window, debt.key, as: .open)
        }
    }

    private mutating func addToExposure(_ debt: CalculatedDebt, sign: Int128) {
        let exposure = exposures.place(
            debtor: debt.key.debtor,
            creditor: debt.key.creditor,
            currency: debt.key.currency
        )
        // Every posting had a denominator that divides the exposure's, and so has their sum.
        let factor = Int128(exposures.list[Int(exposure)].denominator) / debt.value.denominator
        exposures.add(exposure, posted: debt.value.numerator * factor * sign)
    }
}
