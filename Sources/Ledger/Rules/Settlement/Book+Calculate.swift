internal import Money
internal import Settlement
internal import Signing

/// `settlement.calculate`: the operator states what the rules give (spec/20 §6, §7.2).
extension Book {
    mutating func calculate(_ stated: SettlementCalculate, at position: Position) throws(Fault) {
        let id = stated.id
        let work = try work(for: id)
        guard work.revision == stated.revision, work.id.attempt == id.attempt else {
            throw Fault(
                .windowOrder,
                at: work.id.attempt == id.attempt ? "revision" : "settlement",
                "due are attempt \(work.id.attempt) and revision \(work.revision)"
            )
        }
        try checkOrder(of: id)
        let outcome = try outcome(of: work)
        try check(stated, against: outcome.result.figures)
        for (place, reason) in outcome.setAside {
            nights.setAside(id.calendar, id.window, place: place, as: reason)
        }
        nights.settlements.put(
            SettlementRecord(
                id: id,
                revision: work.revision,
                result: outcome.result,
                objections: work.objections,
                legs: outcome.result.legs
            )
        )
    }

    /// What is to be calculated next for a window, model and currency.
    struct SettlementWork {
        /// With the attempt that is due.
        var id: SettlementID
        var revision: Int64
        let window: SettlementWindow
        /// What a recalculation starts from.
        let result: SettlementResult?
        var objections: [Objection] = []
    }

    /// What a calculation gives, and which debts it sets aside.
    struct SettlementOutcome {
        var result: SettlementResult
        let leaves: [[UInt8]]
        let setAside: [(place: Int, reason: WindowDebt.State)]
    }

    /// The work that is due for a window, model and currency, whatever the attempt of the id.
    func work(for id: SettlementID) throws(Fault) -> SettlementWork {
        guard let window = nights.window(id.calendar, id.window) else {
            throw Fault(
                .unknownSettlement,
                at: "settlement",
                "window \(id.window) of \(id.calendar) is not closed, or no longer kept"
            )
        }
        let last = nights.settlements.lastAttempt(id)
        let state = last?.state ?? .none
        guard SettlementLife.next(state, .calculate, last?.facts ?? .init()) != nil else {
            throw Fault(
                .wrongState,
                at: "settlement",
                "attempt \(last?.id.attempt ?? 1) is \(state.rawValue)"
            )
        }
        guard window.state != .closed else {
            throw Fault(.wrongState, at: "settlement", "window \(id.window) is not fixed yet")
        }
        var due = id
        guard let last else {
            due.attempt = 1
            return SettlementWork(id: due, revision: 0, window: window, result: nil)
        }
        guard state == .advised else {
            due.attempt = last.id.attempt + 1
            return SettlementWork(id: due, revision: 0, window: window, result: nil)
        }
        due.attempt = last.id.attempt
        return SettlementWork(
            id: due,
            revision: 1,
            window: window,
            result: last.result,
            objections: last.objections
        )
    }

    /// Requires that windows of one model and currency settle in their order (S-07).
    private func checkOrder(of id: SettlementID) throws(Fault) {
        let settled = nights.settlements.lastCommitted(id)
        if let settled, settled >= id.window {
            throw Fault(.windowOrder, at: "settlement", "window \(settled) is settled already")
        }
        let carries = !nights.settlements.carries(of: id).isEmpty
        for window in nights.windows(id.calendar) where window.number < id.window {
            if let settled, window.number <= settled { continue }
            guard !carries, !hasDebts(window, of: id) else {
                throw Fault(
                    .windowOrder,
                    at: "settlement",
                    "window \(window.number) has debts or carry of this model and currency; "
                        + "it settles first"
                )
            }
        }
    }

    private func hasDebts(_ window: SettlementWindow, of id: SettlementID) -> Bool {
        window.debts.contains { $0.state == .open && belongs($0, in: window, to: id) }
    }

    /// Whether a debt is settled in this model and currency; without a quote the currency of its
    /// agreement counts.
    private func belongs(_ debt: WindowDebt, in window: SettlementWindow, to id: SettlementID)
        -> Bool
    {
        guard let terms = registry.agreement(debt.key.agreement)?.terms.settlement,
            terms.model.rawValue == id.model.rawValue
        else { return false }
        return quote(of: debt, in: window).currency == id.currency
    }

    /// Debts, nets, legs, leaves and root: all that a calculation states.
    func outcome(of work: SettlementWork) throws(Fault) -> SettlementOutcome {
        let id = work.id
        let carried = nights.settlements.carries(of: id)
        var debts: [CalculatedDebt] = []
        var setAside: [(place: Int, reason: WindowDebt.State)] = []
        if let result = work.result {
            debts = result.debts.filter { debt in
                !work.objections.contains { $0.isSetAside && $0.agreement == debt.key.agreement }
            }
        } else {
            (debts, setAside) = try gather(work)
            guard !debts.isEmpty || !setAside.isEmpty || !carried.isEmpty else {
                throw Fault(
                    .nothingToSettle,
                    at: "settlement",
                    "the window has neither debts nor carry of this model and currency"
                )
            }
        }
        do throws(SettlementError) {
            var result = try calculation(work, debts, carried).result()
            let leaf = StatementLeaf(
                id: id,
                revision: work.revision,
                window: work.window,
                result: result,
                name: registry.name(of:)
            )
            let leaves = leaf.all()
            result.figures.root = StatementTree(leaves: leaves.map(StatementTree.leafHash)).root
            result.figures.size = work.window.end
            return SettlementOutcome(result: result, leaves: leaves, setAside: setAside)
        } catch {
            throw Fault(.positionRange, at: "settlement", "\(error)")
        }
    }

    private func calculation(
        _ work: SettlementWork,
        _ debts: [CalculatedDebt],
        _ carried: [CarryRecord]
    ) -> Calculation {
        var closed: Set<String> = []
        let names =
            debts.flatMap { [registry.name(of: $0.key.debtor), registry.name(of: $0.key.creditor)] }
            + carried.flatMap { [$0.key.first, $0.key.second ?? $0.key.first] }
        for name in names where registry.state(of: name) == .closed { closed.insert(name) }
        return Calculation(
            id: work.id,
            debts: debts,
            carried: carried,
            cutoff: work.window.cutoff,
            policy: registry.policy,
            closed: closed,
            name: registry.name(of:)
        )
    }

    /// The debts that a first calculation takes, in their order, and those that it sets aside.
    private func gather(
        _ work: SettlementWork
    ) throws(Fault) -> ([CalculatedDebt], [(place: Int, reason: WindowDebt.State)]) {
        var debts: [CalculatedDebt] = []
        var setAside: [(place: Int, reason: WindowDebt.State)] = []
        for (place, debt) in work.window.debts.enumerated()
        where debt.state == .open && belongs(debt, in: work.window, to: work.id) {
            let quote = quote(of: debt, in: work.window)
            if isSuspended(debt.key.debtor) || isSuspended(debt.key.creditor) {
                setAside.append((place, .suspended))
            } else if let rate = quote.rate {
                debts.append(try calculated(debt, rate))
            } else {
                setAside.append((place, .unrated))
            }
        }
        return (debts.sorted { precedes($0.key, $1.key) }, setAside)
    }

    private func calculated(
        _ debt: WindowDebt,
        _ rate: Quotient
    ) throws(Fault) -> CalculatedDebt {
        guard let terms = registry.agreement(debt.key.agreement)?.terms.settlement,
            let amount = Quotient.scaled(
                debt.value.numerator,
                by: rate,
                over: debt.value.denominator,
                rounding: terms.rounding
            )
        else {
            throw Fault(.positionRange, at: "settlement", "amounts stay below 2^60 minor units")
        }
        return CalculatedDebt(
            key: debt.key,
            value: debt.value,
            quote: rate,
            amount: amount,
            entries: debt.entries,
            trail: debt.trail
        )
    }

    /// Orders debts by terms hash, purpose, names, currency and window (spec/20 §6).
    func precedes(_ left: DebtKey, _ right: DebtKey) -> Bool {
        if left.agreement != right.agreement { return left.agreement < right.agreement }
        if left.purpose != right.purpose { return left.purpose < right.purpose }
        if left.debtor != right.debtor {
            return registry.name(of: left.debtor) < registry.name(of: right.debtor)
        }
        if left.creditor != right.creditor {
            return registry.name(of: left.creditor) < registry.name(of: right.creditor)
        }
        return (left.currency, left.window) < (right.currency, right.window)
    }

    /// Whether a participant is a suspended partner; the operator never is.
    func isSuspended(_ place: Int32) -> Bool {
        place != Registry.operatorPlace && registry.state(of: place) == .suspended
    }

    private func check(
        _ stated: SettlementCalculate,
        against figures: SettlementFigures
    ) throws(Fault) {
        let pairs: [(place: String, stated: String, given: String)] = [
            ("participants", "\(stated.participants)", "\(figures.participants)"),
            ("debts", "\(stated.debts)", "\(figures.debts)"),
            ("gross", "\(stated.gross)", "\(figures.gross)"),
            ("paid", "\(stated.paid)", "\(figures.paid)"),
            ("float", "\(stated.float)", "\(figures.float)"),
            ("root", "\(stated.root)", "\(figures.root)"),
            ("size", "\(stated.size)", "\(figures.size)"),
        ]
        for pair in pairs where pair.stated != pair.given {
            throw Fault(
                .settlementMismatch,
                at: pair.place,
                "\(pair.stated) is stated, and the rules give \(pair.given)"
            )
        }
    }
}
