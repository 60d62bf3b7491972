internal import Money
internal import Settlement
internal import Signing

/// `settlement.calculate`: the operator states what the rules give (spec/20 §6, §7.2).
extension Book {
    mutating func calculate(_ stated: SettlementCalculate, at position: Position) throws(Fault) {
        let id = stated.settlement
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
        nights.changeWindow(id.window, of: id.calendar) { window in
            for debt in outcome.debts { window.debts[debt.place].settle(debt, in: id.currency) }
            for (place, status) in outcome.setAside { window.debts[place].status = status }
        }
        nights.settlements.put(
            SettlementRecord(
                id: id,
                revision: work.revision,
                calculatedAt: position.index,
                result: outcome.result,
                objections: work.objections,
                legs: outcome.result.legs
            )
        )
    }

    /// What is to be calculated next for a window, model and currency.
    struct SettlementWork {
        /// With the attempt that is due.
        let id: SettlementID
        let revision: Int64
        let window: Window
        var objections: [Objection] = []
    }

    /// What a calculation gives, and which debts it sets aside.
    struct SettlementOutcome {
        let result: SettlementResult
        let debts: [CalculatedDebt]
        let leaves: [[UInt8]]
        let setAside: [(place: Int, status: WindowDebt.Status)]
    }

    /// The work that is due for a window, model and currency, whatever the attempt of the id.
    func work(for id: SettlementID) throws(Fault) -> SettlementWork {
        guard let window = nights.window(id.window, of: id.calendar) else {
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
        guard let last, state == .advised else {
            let attempt = (last?.id.attempt ?? 0) + 1
            return SettlementWork(id: id.attempt(attempt), revision: 0, window: window)
        }
        return SettlementWork(
            id: last.id,
            revision: 1,
            window: window,
            objections: last.objections
        )
    }

    /// Requires that windows of one model and currency settle in their order (S-07).
    func checkOrder(of id: SettlementID) throws(Fault) {
        let settled = nights.settlements.lastCommitted(id)
        if let settled, settled >= id.window {
            throw Fault(.windowOrder, at: "settlement", "window \(settled) is settled already")
        }
        let carries = !nights.settlements.carries(of: id).isEmpty
        for window in nights.calendars[id.calendar]?.windows ?? []
        where window.number < id.window && window.number > settled ?? 0 {
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

    /// Whether a window has debts for a model and currency, or a settlement of them is under way.
    private func hasDebts(_ window: Window, of id: SettlementID) -> Bool {
        let last = nights.settlements.lastAttempt(id.window(window.number))
        if let last, last.state != .aborted { return true }
        return window.debts.contains {
            $0.status == .open && belongs($0, to: id, calendar: window.calendar)
        }
    }

    /// Debts, nets, legs, leaves and root: all that a calculation states.
    func outcome(of work: SettlementWork) throws(Fault) -> SettlementOutcome {
        let id = work.id
        let carried = nights.settlements.carries(of: id)
        var debts: [CalculatedDebt] = []
        var setAside: [(place: Int, status: WindowDebt.Status)] = []
        if work.revision == 0 {
            (debts, setAside) = try gather(work)
            guard !debts.isEmpty || !setAside.isEmpty || !carried.isEmpty else {
                throw Fault(
                    .nothingToSettle,
                    at: "settlement",
                    "the window has neither debts nor carry of this model and currency"
                )
            }
        } else {
            debts = settledDebts(of: id)
        }
        do throws(SettlementError) {
            var result = try calculation(work, debts, carried).result()
            let leaf = StatementLeaf(
                id: id,
                revision: work.revision,
                window: work.window,
                result: result,
                debts: debts,
                name: registry.name(of:)
            )
            let leaves = leaf.all()
            result.figures.root = StatementTree(leaves: leaves.map(StatementTree.leafHash)).root
            result.figures.size = work.window.end
            return SettlementOutcome(
                result: result,
                debts: debts,
                leaves: leaves,
                setAside: setAside
            )
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
        for carry in carried {
            for name in [carry.key.first, carry.key.second ?? carry.key.first]
            where registry.state(of: name) == .closed { closed.insert(name) }
        }
        for debt in debts {
            for place in [debt.debt.debtor, debt.debt.creditor]
            where place != Registry.operatorPlace && registry.state(of: place) == .closed {
                closed.insert(registry.name(of: place))
            }
        }
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
