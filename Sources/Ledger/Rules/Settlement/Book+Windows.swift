internal import Money
internal import Settlement
internal import Signing

/// Windows: closed once each, in order (spec/20 §4).
extension Book {
    mutating func closeWindow(_ close: SettlementClose, at position: Position) throws(Fault) {
        guard let calendar = registry.calendars[close.calendar] else {
            throw Fault(.unknownSubject, at: "calendar", "there is no calendar \(close.calendar)")
        }
        let known = nights.calendars[close.calendar] ?? Nights.OfCalendar()
        try check(close, calendar, known, at: position)
        let number = known.lastNumber + 1
        var window = Window(
            calendar: close.calendar,
            number: number,
            start: known.openStart,
            end: position.index,
            cutoff: close.cutoff,
            seed: close.seed
        )
        window.debts = openDebts(of: close.calendar) + takeUnrated(of: close.calendar, for: number)
        closeUnits(close.calendar, number)
        startAnew(close.calendar)
        nights.calendars[close.calendar, default: Nights.OfCalendar()].close(window)
        dropWindows(of: close.calendar, closing: close.cutoff)
        dropReconciliations(of: close.calendar)
    }

    private func check(
        _ close: SettlementClose,
        _ calendar: Calendar,
        _ known: Nights.OfCalendar,
        at position: Position
    ) throws(Fault) {
        let next = known.lastCutoff.flatMap { last in calendar.cutoffs.first { $0 > last } }
        let isDue =
            known.lastCutoff != nil
            ? close.cutoff == next
            : calendar.cutoffs.first == close.cutoff
                || close.cutoff <= position.time && calendar.cutoffs.contains(close.cutoff)
        guard isDue else {
            let due = (next ?? calendar.cutoffs.first).map(\.description) ?? "not published"
            let reason = "the cut-off of window \(known.lastNumber + 1) is \(due)"
            throw Fault(.windowOrder, at: "cutoff", reason)
        }
        guard close.start == known.openStart else {
            let reason = "window \(known.lastNumber + 1) starts at entry \(known.openStart)"
            throw Fault(.windowOrder, at: "start", reason)
        }
        guard close.reason != nil || !close.isOffCalendar(at: position.time) else {
            throw Fault(
                .missingMember,
                at: "reason",
                "\(position.time) is more than 10 minutes away from the cut-off"
            )
        }
    }

    /// What a close now would make of the accounts of a calendar, and what joins them.
    ///
    /// Complexity: O(accounts).
    func openDebts(of calendar: String) -> [WindowDebt] {
        let number = (nights.calendars[calendar]?.lastNumber ?? 0) + 1
        let posted = nights.accounts.list.compactMap { account -> WindowDebt? in
            guard account.numerator != 0, isSettled(account.agreement, in: calendar),
                let value = Quotient(account.numerator, Int128(account.denominator))
            else { return nil }
            let trail = nights.trails[account.agreement]
            return WindowDebt(
                agreement: account.agreement,
                purpose: account.purpose,
                debtor: account.debtor,
                creditor: account.creditor,
                currency: account.currency,
                window: number,
                numerator: value.numerator,
                denominator: value.denominator,
                entries: trail.entries,
                trail: trail.hash,
                sheetWindow: number
            )
        }
        return posted + (nights.calendars[calendar]?.joining ?? [])
    }

    private func isSettled(_ agreement: Int32, in calendar: String) -> Bool {
        registry.agreements[Int(agreement)].terms.settlement?.calendar.hasSameBytes(as: calendar)
            ?? false
    }

    /// Takes debts without a quote out of their windows: they join the one that is closed.
    private mutating func takeUnrated(of calendar: String, for number: UInt64) -> [WindowDebt] {
        var taken: [WindowDebt] = []
        for window in nights.calendars[calendar]?.windows ?? [] {
            let unrated = window.debts.filter { $0.status == .unrated }
            guard !unrated.isEmpty else { continue }
            taken += unrated
            nights.changeWindow(window.number, of: calendar) {
                $0.debts.removeAll { $0.status == .unrated }
            }
        }
        for place in taken.indices {
            taken[place].status = .open
            taken[place].amount = nil
            taken[place].keepsProvisional = false
            taken[place].sheetWindow = number
        }
        return taken
    }

    private mutating func startAnew(_ calendar: String) {
        let isDue = registry.agreements.indices.map { isSettled(Int32($0), in: calendar) }
        nights.accounts.reset { isDue[Int($0.agreement)] }
        nights.trails.reset { isDue[Int($0)] }
    }

    /// Forgets windows that nothing needs any more (spec/20 §12).
    private mutating func dropWindows(of calendar: String, closing cutoff: Timestamp) {
        guard let known = nights.calendars[calendar] else { return }
        let limit = cutoff.advanced(byMilliseconds: -Limits.windowDays * 86_400_000)
        guard known.windows.contains(where: { $0.cutoff < limit }) else { return }
        var needed: Set<UInt64> = []
        for debts in known.windows.map(\.debts) + [known.joining] {
            for debt in debts where debt.status != .released { needed.insert(debt.sheetWindow) }
        }
        for window in known.windows
        where window.cutoff < limit && !needed.contains(window.number) && hasEnded(window) {
            dropSettlements(of: window)
            nights.calendars[calendar]?.windows.removeAll { $0.number == window.number }
        }
    }
}

extension Nights.OfCalendar {
    /// Takes a closed window in, and opens the next one.
    mutating func close(_ window: Window) {
        windows.append(window)
        joining = []
        openStart = window.end
        lastNumber = window.number
        lastCutoff = window.cutoff
    }
}
