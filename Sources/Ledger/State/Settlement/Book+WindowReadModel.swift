public import Signing

/// A debt of a window, as people read it.
public struct WindowDebtLine: Sendable {
    /// The terms hash of the agreement.
    public let agreement: Digest
    /// The slug of who owes.
    public let debtor: String
    /// The slug of whom it is owed to, or `operator`.
    public let creditor: String
    /// The debt itself.
    public let debt: WindowDebt
}

/// Windows, as people and programs read them; nothing here changes anything.
extension Book {
    /// The names of calendars, in order.
    public var calendarNames: [String] { registry.calendars.sortedNames }

    /// The cut-offs of a calendar that are published, past and future ones.
    public func cutoffs(of calendar: String) -> [Timestamp] {
        registry.calendars[calendar]?.cutoffs ?? []
    }

    /// The closed windows of a calendar that are kept, by rising number.
    public func windows(of calendar: String) -> [Window] {
        nights.calendars[calendar]?.windows ?? []
    }

    /// A closed window that is kept, or nil.
    public func window(_ number: UInt64, of calendar: String) -> Window? {
        nights.window(number, of: calendar)
    }

    /// The window of a calendar that is open: its number, its first entry, and the cut-off that it
    /// is to be closed for, if one is published.
    public func openWindow(
        of calendar: String
    ) -> (number: UInt64, start: UInt64, cutoff: Timestamp?) {
        let known = nights.calendars[calendar] ?? Nights.OfCalendar()
        let next = cutoffs(of: calendar).first { cutoff in
            known.lastCutoff.map { cutoff > $0 } ?? true
        }
        return (known.lastNumber + 1, known.openStart, next)
    }

    /// The debts of a window with their names.
    public func lines(of window: Window) -> [WindowDebtLine] { window.debts.map(line) }

    /// What a close of a calendar's open window would make of its accounts, with names.
    ///
    /// Complexity: O(accounts).
    public func openLines(of calendar: String) -> [WindowDebtLine] {
        openDebts(of: calendar).map(line)
    }

    /// The rule set that an entry at an index is under.
    public func rules(at index: UInt64) -> Int64 { registry.rules(at: index) }

    private func line(_ debt: WindowDebt) -> WindowDebtLine {
        WindowDebtLine(
            agreement: registry.agreements[Int(debt.agreement)].hash,
            debtor: registry.name(of: debt.debtor),
            creditor: registry.name(of: debt.creditor),
            debt: debt
        )
    }
}
