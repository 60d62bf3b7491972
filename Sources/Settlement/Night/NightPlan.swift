/// Where the nights of one calendar stand, as far as the next steps depend on it.
///
/// The plan is a function of the state alone: whoever runs it again after a crash goes on where the
/// log ends, and does nothing twice.
public struct NightPlan: Sendable, Hashable {
    /// A window that was closed.
    public struct Window: Sendable, Hashable {
        /// Its number, from 1.
        public let number: UInt64
        /// Whether its provisional sheets are entered.
        public let isFixed: Bool
        /// Whether its final sheets are entered, or none are due.
        public let isFinal: Bool
        /// The settlements that it needs, in their order; none before it is fixed.
        public let settlements: [Settlement]

        /// A window.
        public init(number: UInt64, isFixed: Bool, isFinal: Bool, settlements: [Settlement]) {
            self.number = number
            self.isFixed = isFixed
            self.isFinal = isFinal
            self.settlements = settlements
        }
    }

    /// The settlement of one window, model and currency, in its last attempt.
    public struct Settlement: Sendable, Hashable {
        /// Which one.
        public let book: NightStep.Book
        /// Where it stands.
        public let state: SettlementState
        /// An objection above the threshold waits for the one recalculation.
        public let isRecalculationDue: Bool
        /// When objections end, in milliseconds since 1970.
        public let objectionsEnd: Int64
        /// Every participant has confirmed.
        public let isConfirmed: Bool
        /// When collection ends, in milliseconds since 1970.
        public let deadline: Int64
        /// A leg of a payer that is no account of the operator's is open.
        public let hasOpenCollections: Bool

        /// A settlement.
        public init(
            book: NightStep.Book,
            state: SettlementState,
            isRecalculationDue: Bool = false,
            objectionsEnd: Int64 = 0,
            isConfirmed: Bool = false,
            deadline: Int64 = 0,
            hasOpenCollections: Bool = false
        ) {
            self.book = book
            self.state = state
            self.isRecalculationDue = isRecalculationDue
            self.objectionsEnd = objectionsEnd
            self.isConfirmed = isConfirmed
            self.deadline = deadline
            self.hasOpenCollections = hasOpenCollections
        }
    }

    /// The first cut-off after the last window's, in milliseconds since 1970; nil when the calendar
    /// has no more.
    public let nextCutoff: Int64?
    /// The windows whose settlements are not all over, or that are not final, in their order.
    public let windows: [Window]

    /// A plan of what stands.
    public init(nextCutoff: Int64?, windows: [Window]) {
        self.nextCutoff = nextCutoff
        self.windows = windows
    }

    /// What is next at a moment, in milliseconds since 1970: one step for each settlement that is
    /// not over, besides those of the windows.
    ///
    /// A settlement waits for the one of the window before it in the same model and currency.
    public func steps(at now: Int64) -> [NightStep] {
        var steps: [NightStep] = []
        var waiting: [NightStep.Book] = []
        var isFixing = true
        for window in windows {
            if !window.isFixed {
                if isFixing { steps.append(.fix(window: window.number)) }
                isFixing = false
                continue
            }
            for settlement in window.settlements where !settlement.state.isSettled {
                let isBehind = waiting.contains { $0.isSeries(of: settlement.book) }
                if !settlement.state.isCommitted { waiting.append(settlement.book) }
                if isBehind, !settlement.state.isCommitted { continue }
                steps.append(settlement.step(at: now))
            }
        }
        if let window = windows.first(where: { !$0.isFinal }), window.isFixed {
            steps.append(.finalise(window: window.number))
        }
        if let nextCutoff {
            steps.append(nextCutoff <= now ? .close(cutoff: nextCutoff) : .awaitCutoff(nextCutoff))
        }
        return steps
    }
}

extension NightPlan.Settlement {
    /// What this settlement needs next.
    func step(at now: Int64) -> NightStep {
        switch state {
        case .none, .aborted: .calculate(book, revision: 0)
        case .calculated: .advise(book)
        case .advised:
            if isRecalculationDue {
                .calculate(book, revision: 1)
            } else if isConfirmed || objectionsEnd <= now {
                .collect(book)
            } else {
                .awaitObjections(book, until: objectionsEnd)
            }
        case .collecting:
            hasOpenCollections ? .awaitPayments(book, deadline: deadline) : .commit(book)
        case .refunding: .awaitRefunds(book)
        case .committed, .settled, .partlySettled: .awaitPayouts(book)
        }
    }
}

extension SettlementState {
    /// Whether the settlement needs nothing any more.
    var isSettled: Bool { self == .settled || self == .partlySettled }
}

extension NightStep.Book {
    /// Whether both are settled one after the other.
    func isSeries(of other: NightStep.Book) -> Bool {
        model == other.model && currency == other.currency
    }
}
