internal import Money
internal import Settlement
internal import Signing

/// Which debts a settlement takes, and in which order (spec/20 §6, §7.3).
extension Book {
    /// Whether a debt is settled in this model and currency; without a quote the currency of its
    /// agreement counts.
    func belongs(_ debt: WindowDebt, to id: SettlementID, calendar: String) -> Bool {
        guard let terms = registry.agreements[Int(debt.agreement)].terms.settlement,
            terms.model.rawValue == id.model.rawValue
        else { return false }
        if let amount = debt.amount { return amount.currency == id.currency }
        return valuation(of: debt, in: calendar).currency == id.currency
    }

    /// The debts that a first calculation takes, in their order, and those that it sets aside.
    func gather(
        _ work: SettlementWork
    ) throws(Fault) -> ([CalculatedDebt], [(place: Int, status: WindowDebt.Status)]) {
        var debts: [CalculatedDebt] = []
        var setAside: [(place: Int, status: WindowDebt.Status)] = []
        for (place, debt) in work.window.debts.enumerated()
        where debt.status == .open && belongs(debt, to: work.id, calendar: work.id.calendar) {
            if isSuspended(debt.debtor) || isSuspended(debt.creditor) {
                setAside.append((place, .suspended))
            } else if let quote = valuation(of: debt, in: work.id.calendar).quote {
                debts.append(try calculated(debt, at: place, quote))
            } else {
                setAside.append((place, .unrated))
            }
        }
        return (debts.sorted(by: precedes), setAside)
    }

    /// The debts that a settlement has calculated, in their order.
    ///
    /// An aborted settlement has none. Complexity: O(n log n) in the debts of its window.
    func settledDebts(of id: SettlementID) -> [CalculatedDebt] {
        guard let window = nights.window(id.window, of: id.calendar),
            nights.settlements.lastAttempt(id).map({ $0.id == id }) ?? true
        else { return [] }
        return window.debts.enumerated().compactMap { place, debt -> CalculatedDebt? in
            guard let amount = debt.amount,
                belongs(debt, to: id, calendar: id.calendar)
            else { return nil }
            return CalculatedDebt(
                place: place,
                debt: debt,
                agreement: registry.agreements[Int(debt.agreement)].hash,
                quote: amount.quote,
                minorUnits: amount.minorUnits
            )
        }.sorted(by: precedes)
    }

    private func calculated(
        _ debt: WindowDebt,
        at place: Int,
        _ quote: Quotient
    ) throws(Fault) -> CalculatedDebt {
        guard let minorUnits = amount(of: debt, by: quote) else {
            throw Fault(.positionRange, at: "settlement", "amounts stay below 2^60 minor units")
        }
        return CalculatedDebt(
            place: place,
            debt: debt,
            agreement: registry.agreements[Int(debt.agreement)].hash,
            quote: quote,
            minorUnits: minorUnits
        )
    }

    /// Orders debts by terms hash, purpose, names, currency and window (spec/20 §6).
    private func precedes(_ left: CalculatedDebt, _ right: CalculatedDebt) -> Bool {
        if left.agreement != right.agreement { return left.agreement < right.agreement }
        let (one, other) = (left.debt, right.debt)
        if one.purpose != other.purpose { return one.purpose.order < other.purpose.order }
        if one.debtor != other.debtor {
            return registry.name(of: one.debtor) < registry.name(of: other.debtor)
        }
        if one.creditor != other.creditor {
            return registry.name(of: one.creditor) < registry.name(of: other.creditor)
        }
        if one.currency != other.currency { return one.currency < other.currency }
        return one.window < other.window
    }

    /// Whether a participant is a suspended partner; the operator never is.
    private func isSuspended(_ place: Int32) -> Bool {
        place != Registry.operatorPlace && registry.state(of: place) == .suspended
    }

    /// Lets debts of a calendar that were set aside join its open window.
    mutating func join(_ calendar: String, where isDue: (WindowDebt) -> Bool) {
        for window in nights.calendars[calendar]?.windows ?? [] {
            let due = window.debts.filter(isDue)
            guard !due.isEmpty else { continue }
            nights.changeWindow(window.number, of: calendar) { $0.debts.removeAll(where: isDue) }
            for debt in due { nights.join(debt, to: calendar) }
        }
    }

    /// Moves debts that were set aside for a suspension to the open windows of their calendars.
    mutating func joinSuspendedDebts(of partner: String) {
        guard let place = registry.partnerPlaces[partner] else { return }
        let book = self
        for calendar in nights.calendars.sortedNames {
            join(calendar) { debt in
                debt.status == .suspended && (debt.debtor == place || debt.creditor == place)
                    && !book.isSuspended(debt.debtor) && !book.isSuspended(debt.creditor)
            }
        }
    }
}

extension WindowDebt {
    /// Notes that a settlement has calculated the debt.
    mutating func settle(_ calculated: CalculatedDebt, in currency: Currency) {
        if status == .open { status = .settled }
        amount = Amount(
            currency: currency,
            quote: calculated.quote,
            minorUnits: calculated.minorUnits
        )
    }

    /// Notes that no settlement counts the debt.
    mutating func leave(as status: Status) {
        self.status = status
        amount = nil
    }
}

extension DebtPurpose {
    /// The place in the order of spec/20 §1.
    var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
