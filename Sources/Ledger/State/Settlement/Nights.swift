internal import Signing

/// What the nights of a ledger are about: accounts that windows close, closed windows, and what
/// becomes of them (spec/20).
struct Nights: Sendable, Codable {
    /// The windows of one calendar.
    struct OfCalendar: Sendable, Codable {
        /// The first entry of the open window.
        var openStart: UInt64 = 0
        /// The number of the last window that was closed, 0 before.
        var lastNumber: UInt64 = 0
        /// The cut-off of the last window that was closed.
        var lastCutoff: Timestamp?
        /// Closed windows that are kept, by rising number.
        var windows: [Window] = []
        /// Debts that were set aside and join the window that is open now.
        var joining: [WindowDebt] = []
    }

    var accounts = DebtAccounts()
    var trails = Trails()
    var calendars: [String: OfCalendar] = [:]
    var settlements = Settlements()

    /// Adds what was posted to an account.
    mutating func add(_ charge: Charge, _ sign: Int128, over denominator: Int64) {
        accounts.add(charge.account, charge.numerator * sign, over: denominator)
    }

    /// Keeps what an entry that took effect posted.
    mutating func keep() {
        accounts.keep()
        trails.keep()
    }

    /// Takes back what a refused entry posted.
    mutating func rollBack() {
        accounts.rollBack()
        trails.rollBack()
    }

    /// A closed window that is kept, or nil.
    ///
    /// Complexity: O(log windows).
    func window(_ number: UInt64, of calendar: String) -> Window? {
        guard let windows = calendars[calendar]?.windows,
            let place = Self.place(of: number, in: windows)
        else { return nil }
        return windows[place]
    }

    /// Changes a closed window that is kept.
    mutating func changeWindow(
        _ number: UInt64,
        of calendar: String,
        _ change: (inout Window) -> Void
    ) {
        guard let windows = calendars[calendar]?.windows,
            let place = Self.place(of: number, in: windows)
        else { return }
        _ = consume windows
        change(&calendars[calendar, default: OfCalendar()].windows[place])
    }

    /// Lets a debt that was set aside join the window of a calendar that is open.
    mutating func join(_ debt: WindowDebt, to calendar: String) {
        var debt = debt
        debt.status = .open
        debt.amount = nil
        calendars[calendar, default: OfCalendar()].joining.append(debt)
    }

    private static func place(of number: UInt64, in windows: [Window]) -> Int? {
        var range = windows.indices
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if windows[middle].number == number { return middle }
            range =
                windows[middle].number < number
                ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }
}
