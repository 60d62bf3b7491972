internal import Money
internal import Settlement
internal import Signing

/// All settlements that are kept, what is carried between them, and the claims of defaults.
struct Settlements: Sendable, Codable {
    /// In the order of their first calculation.
    private(set) var records: [SettlementRecord] = []
    /// In the order of calendar, model, currency and key.
    private(set) var carries: [CarryRecord] = []
    /// In the order of their entries.
    var claims: [ClaimRecord] = []

    /// The place of a settlement, or nil.
    func place(_ id: SettlementID) -> Int? {
        records.lastIndex { $0.id == id }
    }

    /// The last attempt for a window, model and currency, or nil.
    func lastAttempt(_ id: SettlementID) -> SettlementRecord? {
        records.last { $0.id.isAttempt(of: id) }
    }

    /// The last window that is past the point of no return for a model and currency, or nil.
    func lastCommitted(_ id: SettlementID) -> UInt64? {
        records.last {
            $0.state.isCommitted && $0.id.calendar == id.calendar && $0.id.model == id.model
                && $0.id.currency == id.currency
        }?.id.window
    }

    /// Changes one settlement.
    mutating func change(_ place: Int, _ change: (inout SettlementRecord) -> Void) {
        change(&records[place])
    }

    /// Puts a calculated settlement in, or in the place of the one that it recalculates.
    mutating func put(_ record: SettlementRecord) {
        if let place = place(record.id) {
            records[place] = record
        } else {
            records.append(record)
        }
    }

    /// What is carried for a settlement's calendar, model and currency, in the order of keys.
    func carries(of id: SettlementID) -> [CarryRecord] {
        carries.filter {
            $0.calendar == id.calendar && $0.model == id.model && $0.currency == id.currency
        }
    }

    /// Replaces what is carried for a settlement's calendar, model and currency.
    mutating func setCarries(_ lines: [CarryLine], of id: SettlementID) {
        carries.removeAll {
            $0.calendar == id.calendar && $0.model == id.model && $0.currency == id.currency
        }
        for line in lines {
            guard line.after != 0, let since = line.sinceAfter else { continue }
            carries.append(
                CarryRecord(
                    calendar: id.calendar,
                    model: id.model,
                    currency: id.currency,
                    key: line.key,
                    amount: line.after,
                    since: since
                )
            )
        }
        carries.sort { $0.place < $1.place }
    }

    /// Whether every settlement of a window is over, so that the window may be forgotten.
    func areOver(calendar: String, window: UInt64) -> Bool {
        records.allSatisfy {
            $0.id.calendar != calendar || $0.id.window != window || $0.state.isOver
        }
    }

    /// Forgets the settlements of a window that is no longer kept (spec/20 §12).
    mutating func forget(calendar: String, window: UInt64) {
        records.removeAll { $0.id.calendar == calendar && $0.id.window == window }
    }
}

extension CarryRecord {
    /// What orders carries.
    fileprivate var place: (String, String, Currency, CarryKey) {
        (calendar, model.rawValue, currency, key)
    }
}

extension SettlementID {
    /// The same with another attempt.
    func attempt(_ attempt: Int64) -> SettlementID { with(window: window, attempt: attempt) }

    /// The first attempt of the same in another window.
    func window(_ window: UInt64) -> SettlementID { with(window: window, attempt: 1) }

    private func with(window: UInt64, attempt: Int64) -> SettlementID {
        SettlementID(
            calendar: calendar,
            window: window,
            model: model,
            currency: currency,
            attempt: attempt
        )
    }

    /// Whether two ids differ in the attempt at most.
    func isAttempt(of other: SettlementID) -> Bool {
        window == other.window && calendar == other.calendar && model == other.model
            && currency == other.currency
    }
}
