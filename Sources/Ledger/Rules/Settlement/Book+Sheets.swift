internal import Money
internal import Settlement
internal import Signing

/// Sheets of a window, provisional and final (spec/20 §5).
extension Book {
    mutating func fixWindow(_ fix: SettlementFix, at position: Position) throws(Fault) {
        let window = try window(of: fix)
        guard window.state == .closed else {
            throw Fault(.wrongState, at: "window", "it is \(window.state.rawValue)")
        }
        let windows = nights.calendars[fix.calendar]?.windows ?? []
        if let open = windows.first(where: { $0.number < fix.window && $0.state == .closed }) {
            throw Fault(.windowOrder, at: "window", "window \(open.number) is not fixed yet")
        }
        let last = nights.window(fix.window - 1, of: fix.calendar)?.provisional ?? []
        for (index, sheet) in fix.sheets.enumerated() {
            let before = last.sheet(of: sheet.source)?.date
            guard sheet.date <= position.time.date(), before.map({ $0 <= sheet.date }) ?? true
            else {
                let least = before.map { "\($0)" } ?? "any day"
                throw Fault(
                    .timeRange,
                    at: "sheets[\(index)].date",
                    "a sheet is from \(least) to \(position.time.date())"
                )
            }
        }
        try applyFixing(fix, of: window, at: position)
        nights.changeWindow(fix.window, of: fix.calendar) {
            $0.state = .fixed
            $0.provisional = fix.sheets
        }
    }

    mutating func finaliseWindow(_ fix: SettlementFix, at position: Position) throws(Fault) {
        let window = try window(of: fix)
        guard window.state == .fixed else {
            throw Fault(.wrongState, at: "window", "it is \(window.state.rawValue)")
        }
        let windows = nights.calendars[fix.calendar]?.windows ?? []
        let isEarlier = { (one: Window) in
            one.number < fix.window && one.state == .fixed && !one.provisional.isEmpty
        }
        if let open = windows.first(where: isEarlier) {
            throw Fault(.windowOrder, at: "window", "window \(open.number) is not finalised yet")
        }
        try checkFinal(fix.sheets, of: window, at: position)
        nights.changeWindow(fix.window, of: fix.calendar) {
            $0.state = .finalised
            $0.final = fix.sheets
        }
        bookTrueUps(of: fix.window, in: fix.calendar)
    }

    private func window(of fix: SettlementFix) throws(Fault) -> Window {
        guard let window = nights.window(fix.window, of: fix.calendar) else {
            throw Fault(
                .unknownSettlement,
                at: "window",
                "\(fix.calendar) has no closed window \(fix.window)"
            )
        }
        return window
    }

    private func checkFinal(
        _ sheets: [QuoteSheet],
        of window: Window,
        at position: Position
    ) throws(Fault) {
        guard sheets.count == window.provisional.count,
            sheets.allSatisfy({ window.provisional.sheet(of: $0.source) != nil })
        else {
            let names = window.provisional.map(\.source).joined(separator: ", ")
            throw Fault(.invalidValue, at: "sheets", "the sources of the fix are due: \(names)")
        }
        let days = window.cutoff.date()...max(window.cutoff.date(), position.time.date())
        for (index, sheet) in sheets.enumerated() {
            guard days.contains(sheet.date), sheet.date <= position.time.date() else {
                throw Fault(
                    .timeRange,
                    at: "sheets[\(index)].date",
                    "a final sheet is from \(days.lowerBound) to \(position.time.date())"
                )
            }
            guard let before = window.provisional.sheet(of: sheet.source),
                before.date < days.lowerBound || before == sheet
            else {
                throw Fault(
                    .invalidValue,
                    at: "sheets[\(index)]",
                    "the sheet of the fix was final and is repeated"
                )
            }
        }
    }

    /// Books what final sheets change in debts that were calculated with provisional ones (S-43).
    private mutating func bookTrueUps(of number: UInt64, in calendar: String) {
        for window in nights.calendars[calendar]?.windows ?? [] where window.number >= number {
            for (place, debt) in window.debts.enumerated() {
                guard debt.sheetWindow == number, let before = debt.amount,
                    !debt.status.isSetAside
                else { continue }
                let change = trueUp(of: debt, before, in: calendar)
                if change != 0 { book(change, before.currency, for: debt) }
                nights.changeWindow(window.number, of: calendar) {
                    $0.debts[place].keepsProvisional = true
                }
            }
        }
    }

    /// Final amount less provisional amount, in minor units of the settlement currency.
    private func trueUp(
        of debt: WindowDebt,
        _ before: WindowDebt.Amount,
        in calendar: String
    ) -> Int128 {
        let final = valuation(of: debt, in: calendar)
        guard final.currency == before.currency, let quote = final.quote,
            let after = amount(of: debt, by: quote), after.magnitude < Limits.position.magnitude
        else { return 0 }
        return after - before.minorUnits
    }

    private mutating func book(_ change: Int128, _ currency: Currency, for debt: WindowDebt) {
        let exposure = exposures.place(
            debtor: debt.debtor,
            creditor: debt.creditor,
            currency: currency
        )
        let charge = Charge(
            exposure: exposure,
            account: nights.accounts.place(
                debt.agreement,
                .trueUp,
                debtor: debt.debtor,
                creditor: debt.creditor,
                currency: currency
            ),
            numerator: change * Int128(exposures.list[Int(exposure)].denominator)
        )
        add(charge, held: false, sign: 1)
    }
}

/// What debts are worth in the currencies in which they are settled (spec/20 §5).
extension Book {
    /// The currency in which a debt of a window is settled, and minor units of it for one of the
    /// debt's currency; without a quote the settlement currency of its agreement.
    ///
    /// The final sheets count once they are there, but for debts that had a true-up.
    func valuation(
        of debt: WindowDebt,
        in calendar: String
    ) -> (currency: Currency, quote: Quotient?) {
        guard let terms = registry.agreements[Int(debt.agreement)].terms.settlement,
            let window = nights.window(debt.sheetWindow, of: calendar)
        else { return (debt.currency, nil) }
        let isFinal = window.state == .finalised && !debt.keepsProvisional
        return valuation(
            of: debt.currency,
            under: terms,
            isFinal ? window.final : window.provisional,
            cutoff: window.cutoff
        )
    }

    /// The same for a currency under some terms, by sheets and a cut-off.
    func valuation(
        of currency: Currency,
        under terms: SettlementTerms,
        _ sheets: [QuoteSheet],
        cutoff: Timestamp
    ) -> (currency: Currency, quote: Quotient?) {
        let target = terms.settlementCurrency
        if currency == target { return (target, .one) }
        if let sheet = terms.fxSource.flatMap({ sheets.sheet(of: $0) }),
            let quote = sheet.quote(from: currency, to: target)
        {
            let age = cutoff.date().days - sheet.date.days
            let limit = terms.fxFallback == .previousWorkingDay ? terms.fxMaxAgeDays ?? 0 : 0
            if Int64(age) <= limit { return (target, quote) }
        }
        if terms.fxSource == nil || currency != terms.priceCurrency,
            registry.currencies.contains(currency)
        {
            return (currency, .one)
        }
        return (target, nil)
    }

    /// A debt at a quote, rounded once as its agreement says; nil beyond 127 bits (S-20).
    func amount(of debt: WindowDebt, by quote: Quotient) -> Int128? {
        let terms = registry.agreements[Int(debt.agreement)].terms.settlement
        return Quotient.scaled(
            debt.exact.numerator,
            by: quote,
            over: debt.exact.denominator,
            rounding: terms?.moneyRounding == .halfUp ? .halfUp : .halfEven
        )
    }
}

extension [QuoteSheet] {
    /// The sheet of a source, or nil.
    func sheet(of source: String) -> QuoteSheet? {
        first { $0.source.hasSameBytes(as: source) }
    }
}
