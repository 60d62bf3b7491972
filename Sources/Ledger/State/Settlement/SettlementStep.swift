internal import Settlement
public import Signing

/// What a calendar's night needs next, for the tool that runs it.
public enum SettlementStep: Sendable, Hashable {
    /// Close the open window for this cut-off, which has come; its first entry is stated.
    case close(cutoff: Timestamp, start: UInt64)
    /// Fix a window.
    case fix(window: UInt64)
    /// Calculate, with this revision.
    case calculate(SettlementID, revision: Int64)
    /// Advise.
    case advise(SettlementID)
    /// Collect, from this moment on, or at once when all have confirmed.
    case collect(SettlementID, from: Timestamp)
    /// Wait for payments of these legs, whose default may be claimed from the deadline on.
    case receive(SettlementID, legs: [SettlementLeg], deadline: Timestamp?)
    /// Commit.
    case commit(SettlementID)
    /// Pay these legs.
    case pay(SettlementID, legs: [SettlementLeg])
    /// Return what came in by these legs.
    case refund(SettlementID, legs: [SettlementLeg])
    /// Finalise a window.
    case finalise(window: UInt64)
}

extension Book {
    /// What is due next in a calendar at a moment, in the order of windows, models and currencies.
    ///
    /// A model and currency has one step: that of its first window which is not settled.
    /// Complexity: O(windows · debts).
    public func nextSteps(of calendar: String, at time: Timestamp) -> [SettlementStep] {
        var steps: [SettlementStep] = []
        let windows = windows(of: calendar)
        if let window = windows.first(where: { $0.state == .closed }) {
            steps.append(.fix(window: window.number))
        }
        for id in openSettlements(of: calendar) {
            if let step = step(of: id, at: time) { steps.append(step) }
        }
        let isFixed = { (window: Window) in window.state == .fixed && !window.provisional.isEmpty }
        if let window = windows.first(where: isFixed), window.cutoff <= time {
            steps.append(.finalise(window: window.number))
        }
        let open = openWindow(of: calendar)
        if let cutoff = open.cutoff, cutoff <= time {
            steps.append(.close(cutoff: cutoff, start: open.start))
        }
        return steps
    }

    /// For each model and currency its first window with work, as the id of a first attempt.
    private func openSettlements(of calendar: String) -> [SettlementID] {
        var open: [SettlementID] = []
        for window in windows(of: calendar) where window.state != .closed {
            for model in SettlementModel.allCases {
                for currency in currencies {
                    let id = SettlementID(
                        calendar: calendar,
                        window: window.number,
                        model: model,
                        currency: currency,
                        attempt: 1
                    )
                    guard !open.contains(where: { $0.model == model && $0.currency == currency }),
                        isUnderWay(id)
                    else { continue }
                    open.append(id)
                }
            }
        }
        return open
    }

    private func isUnderWay(_ id: SettlementID) -> Bool {
        if let last = nights.settlements.lastAttempt(id), last.state != .aborted {
            return last.state != .settled && last.state != .partlySettled
        }
        do throws(Fault) {
            let work = try work(for: id)
            try checkOrder(of: id)
            _ = try outcome(of: work)
            return true
        } catch {
            return false
        }
    }

    private func step(of id: SettlementID, at time: Timestamp) -> SettlementStep? {
        guard let record = nights.settlements.lastAttempt(id), record.state != .aborted else {
            let attempt = (nights.settlements.lastAttempt(id)?.id.attempt ?? 0) + 1
            return .calculate(id.attempt(attempt), revision: 0)
        }
        switch record.state {
        case .calculated: return .advise(record.id)
        case .advised:
            if record.isRecalculationDue { return .calculate(record.id, revision: 1) }
            return .collect(
                record.id,
                from: isConfirmed(record) ? time : record.objectionsEnd ?? time
            )
        case .collecting:
            let legs = record.legs.filter { !$0.isPayout && $0.open > 0 }
            return legs.isEmpty
                ? .commit(record.id)
                : .receive(record.id, legs: legs, deadline: record.deadline)
        case .committed: return .pay(record.id, legs: record.legs.filter { $0.open > 0 })
        case .refunding: return .refund(record.id, legs: record.legs.filter { $0.paid > 0 })
        case .none, .settled, .partlySettled, .aborted: return nil
        }
    }

    /// Whether all participants but the operator have confirmed.
    func isConfirmed(_ record: SettlementRecord) -> Bool {
        record.result.participants.allSatisfy {
            $0.name == Registry.operatorName || record.confirmed.contains($0.name)
        }
    }
}
