internal import Money
public import Settlement
internal import Signing

/// What the nights of a calendar need next, for the operator's tool (spec/20 §4 to §7).
extension Book {
    /// The sources of money rates that agreements of a calendar name, in their order.
    public func moneySources(of calendar: String) -> [String] {
        var sources: Set<String> = []
        for version in registry.agreements where version.boundAt != nil {
            guard let terms = version.terms.settlement, terms.calendar == calendar,
                let source = terms.fxSource
            else { continue }
            sources.insert(source)
        }
        return sources.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Whether acts of this entry wait for another operator.
    public func waits(_ entry: UInt64) -> Bool {
        registry.pending.contains { $0.entry == entry }
    }

    /// The payloads of acts that wait for another operator, in the order of their entries.
    public var waitingActs: [(entry: UInt64, payload: [UInt8])] {
        registry.pending.map { ($0.entry, $0.payload) }
    }

    /// Whether rule set 2 holds at the next entry.
    public var settlesNights: Bool { registry.rules(at: size) >= 2 }

    /// How many milliseconds the moment of an id may lie before its entry, but for transfers.
    public var idWindowMilliseconds: Int64 { registry.otherWindow * 1_000 }

    /// Where the nights of a calendar stand, and so what is next.
    ///
    /// Complexity: O(debts of windows that are not over).
    public func nightPlan(of calendar: String) -> NightPlan {
        var plans: [NightPlan.Window] = []
        for window in windows(of: calendar) {
            let settlements = window.state == .closed ? [] : settlements(of: window)
            let isFinal = window.state == .finalised || window.provisional.isEmpty
            guard !isFinal || window.state == .closed || settlements.contains(where: \.isOpen)
            else { continue }
            plans.append(
                NightPlan.Window(
                    number: window.number,
                    isFixed: window.state != .closed,
                    isFinal: isFinal,
                    settlements: settlements
                )
            )
        }
        return NightPlan(nextCutoff: openWindow(of: calendar).cutoff?.milliseconds, windows: plans)
    }

    /// The settlements that a fixed window needs, in their last attempts.
    private func settlements(of window: Window) -> [NightPlan.Settlement] {
        var books: Set<NightStep.Book> = []
        for debt in window.debts where debt.status == .open {
            guard let book = book(of: debt, in: window) else { continue }
            books.insert(book)
        }
        for carry in nights.settlements.carries where carry.calendar == window.calendar {
            books.insert(
                NightStep.Book(
                    window: window.number,
                    model: carry.model,
                    currency: carry.currency
                )
            )
        }
        var last: [NightStep.Book: SettlementRecord] = [:]
        for record in nights.settlements.records
        where record.id.calendar == window.calendar && record.id.window == window.number {
            let book = NightStep.Book(
                window: window.number,
                model: record.id.model,
                currency: record.id.currency
            )
            books.insert(book)
            last[book] = record
        }
        return books.sorted().compactMap { book in
            if let record = last[book] { return NightPlan.Settlement(book: book, record: record) }
            let isPast = nights.settlements.records.contains { record in
                record.id.calendar == window.calendar && record.id.window > window.number
                    && record.id.model == book.model && record.id.currency == book.currency
            }
            return isPast ? nil : NightPlan.Settlement(book: book, state: .none)
        }
    }

    private func book(of debt: WindowDebt, in window: Window) -> NightStep.Book? {
        let terms = registry.agreements[Int(debt.agreement)].terms.settlement
        guard let model = terms.flatMap({ SettlementModel(rawValue: $0.model.rawValue) }) else {
            return nil
        }
        return NightStep.Book(
            window: window.number,
            model: model,
            currency: valuation(of: debt, in: window.calendar).currency
        )
    }
}

extension NightPlan.Settlement {
    /// Whether something of it is still to be done.
    var isOpen: Bool { state != .settled && state != .partlySettled }

    init(book: NightStep.Book, record: SettlementRecord) {
        self.init(
            book: book,
            state: record.state,
            isRecalculationDue: record.isRecalculationDue,
            objectionsEnd: record.objectionsEnd?.milliseconds ?? 0,
            isConfirmed: record.isConfirmed,
            deadline: record.deadline?.milliseconds ?? 0,
            hasOpenCollections: record.legs.contains { !$0.isPayout && $0.open > 0 }
        )
    }
}
