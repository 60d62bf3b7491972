internal import Money
internal import Signing

/// What is counted under one name: an issuer's group, in a unit and a period (spec/12 §4).
struct CounterKind: Hashable, Sendable, Codable {
    /// What the count is for.
    enum Purpose: String, Sendable, Codable {
        /// Use of a cap.
        case cap
        /// A bonus given once.
        case once
        /// Members that had a bonus of limited places.
        case places
        /// References already used.
        case reference
    }

    let purpose: Purpose
    let issuer: String
    let group: String
    let unit: Cap.Unit
    let period: Cap.Period
    let days: Int64
    let subject: Cap.Subject
    let utcOffsetMinutes: Int
    /// When the group's counters end, whatever the period.
    let end: Timestamp

    /// The name of the kind in a state record, which is unique.
    var name: String {
        var name = "\(purpose.rawValue) \(issuer) \(group) \(unit.rawValue) \(period.rawValue)"
        name += " \(days) \(subject.rawValue) \(utcOffsetMinutes) \(end)"
        return name
    }

    /// The same count over everybody.
    var ofAll: CounterKind {
        CounterKind(
            purpose: purpose,
            issuer: issuer,
            group: group,
            unit: unit,
            period: period,
            days: days,
            subject: .pair,
            utcOffsetMinutes: utcOffsetMinutes,
            end: end
        )
    }

    /// The number of the period in which a moment lies: a day, a month or a year, or 0 for the
    /// whole life.
    func period(at time: Timestamp) -> Int32 {
        let date = time.date(utcOffsetMinutes: utcOffsetMinutes)
        switch period {
        case .transaction: return 0
        case .day, .rollingDays: return Int32(date.days)
        case .month: return Int32(date.parts.year * 12 + date.parts.month - 1)
        case .calendarYear: return Int32(date.parts.year)
        }
    }

    /// The moment from which a counter of a period no longer counts.
    func end(ofPeriod number: Int32) -> Timestamp {
        let last: CivilDate?
        switch period {
        case .transaction: return end
        case .day: last = CivilDate(days: Int(number) + 1)
        case .rollingDays: last = CivilDate(days: Int(number) + Int(days))
        case .month:
            let next = Int(number) + 1
            last = CivilDate(year: next / 12, month: next % 12 + 1, day: 1)
        case .calendarYear: last = CivilDate(year: Int(number) + 1, month: 1, day: 1)
        }
        guard let last else { return end }
        let local = Int64(last.days) * 86_400_000 - Int64(utcOffsetMinutes) * 60_000
        return min(end, Timestamp(milliseconds: local))
    }
}

/// One counter: how much a token has used of a kind in a period.
///
/// 32 bytes.
struct Counter: SlotRecord {
    var token: UInt128
    var kind: Int32
    var period: Int32
    var used: Int64

    var keyHash: UInt64 {
        let high = UInt64(truncatingIfNeeded: token >> 64)
        let low = UInt64(truncatingIfNeeded: token)
        let place = UInt64(UInt32(bitPattern: kind)) << 32 | UInt64(UInt32(bitPattern: period))
        return mix(high ^ mix(low ^ mix(place)))
    }

    func hasSameKey(as other: Counter) -> Bool {
        token == other.token && kind == other.kind && period == other.period
    }

    var isVacant: Bool { used == 0 }
    var isFree: Bool { kind < 0 }
    static var free: Counter { Counter(token: 0, kind: -1, period: 0, used: 0) }
}

/// Use of a counter by an item.
struct CounterUse: Sendable, Hashable, Codable {
    var token: UInt128
    var kind: Int32
    var period: Int32
    var amount: Int64
}

/// All counters, with the journal that takes back what a refused entry counted.
struct Counters: Sendable {
    private(set) var kinds: [CounterKind] = []
    private var places: [CounterKind: Int32] = [:]
    /// For each kind the period at the moment that was asked for last, so that the calendar is
    /// worked out once.
    private var present: [PresentPeriod] = []
    private var totals: [Int32: Int32] = [:]
    var table = SlotTable<Counter>()
    private var journal: [(slot: Int, used: Int64)] = []
    private var purgeAt = 65_536

    private struct PresentPeriod: Sendable {
        var time = Timestamp.earliest
        var number: Int32 = 0
        var end = Timestamp.earliest
    }

    /// Works out the period of a kind at a moment, which is then at hand.
    mutating func prepare(_ kind: Int32, at time: Timestamp) {
        guard present[Int(kind)].time != time else { return }
        let number = kinds[Int(kind)].period(at: time)
        let end = kinds[Int(kind)].end(ofPeriod: number)
        present[Int(kind)] = PresentPeriod(time: time, number: number, end: end)
    }

    /// The number of a kind's period at a moment.
    func period(of kind: Int32, at time: Timestamp) -> Int32 {
        let present = present[Int(kind)]
        return present.time == time ? present.number : kinds[Int(kind)].period(at: time)
    }

    /// The number of a kind's period at the moment that was asked for last.
    func presentPeriod(of kind: Int32) -> Int32 { present[Int(kind)].number }

    /// The moment from which a counter of a period no longer counts.
    private func end(of kind: Int32, period: Int32) -> Timestamp {
        let present = present[Int(kind)]
        let isAtHand = present.number == period && present.time > .earliest
        return isAtHand ? present.end : kinds[Int(kind)].end(ofPeriod: period)
    }

    /// The place of a kind, which is made if it is new.
    mutating func place(of kind: CounterKind) -> Int32 {
        if let place = places[kind] { return place }
        let place = Int32(kinds.count)
        kinds.append(kind)
        present.append(PresentPeriod())
        places[kind] = place
        return place
    }

    /// How much a token has used in one period; nothing once its counter has ended.
    func used(_ token: UInt128, kind: Int32, period: Int32, now: Timestamp) -> Int64 {
        guard end(of: kind, period: period) > now else { return 0 }
        let key = Counter(token: token, kind: kind, period: period, used: 0)
        return table.slot(of: key).map { table.records[$0].used } ?? 0
    }

    /// How much a token has used of a cap at a moment; over the last n days for a rolling cap.
    ///
    /// Complexity: O(days).
    func used(_ token: UInt128, kind: Int32, at time: Timestamp) -> Int64 {
        let period = period(of: kind, at: time)
        if kinds[Int(kind)].period != .rollingDays {
            return used(token, kind: kind, period: period, now: time)
        }
        var sum: Int64 = 0
        for day in (period - Int32(kinds[Int(kind)].days) + 1)...period {
            sum += used(token, kind: kind, period: day, now: time)
        }
        return sum
    }

    /// Counts, or counts back with a negative amount.
    ///
    /// Ended counters stay as they are.
    mutating func count(_ use: CounterUse, sign: Int64, now: Timestamp) {
        guard use.amount != 0, end(of: use.kind, period: use.period) > now else { return }
        guard kinds[Int(use.kind)].purpose == .places, let total = totals[use.kind] else {
            return add(use.amount * sign, to: use)
        }
        // A place is taken by the first use of a token, and is free again after its last.
        let before = used(use.token, kind: use.kind, period: use.period, now: now)
        add(use.amount * sign, to: use)
        let after = before + use.amount * sign
        let change: Int64 = (after > 0 ? 1 : 0) - (before > 0 ? 1 : 0)
        if change != 0 {
            add(change, to: CounterUse(token: 0, kind: total, period: use.period, amount: 1))
        }
    }

    private mutating func add(_ amount: Int64, to use: CounterUse) {
        let key = Counter(token: use.token, kind: use.kind, period: use.period, used: amount)
        if let slot = table.slot(of: key) {
            journal.append((slot, table.records[slot].used))
            table.update(slot) { $0.used += amount }
        } else {
            journal.append((table.insert(key), 0))
        }
    }

    /// Lets a kind of places know the counter of all places that are taken.
    mutating func link(places kind: Int32, total: Int32) {
        totals[kind] = total
    }

    /// Keeps what was counted since the last keep, and gives up ended counters when the table has
    /// doubled.
    mutating func keep(now: Timestamp) {
        journal.removeAll(keepingCapacity: true)
        guard table.records.count >= purgeAt else { return }
        let kinds = kinds
        table.removeAll { kinds[Int($0.kind)].end(ofPeriod: $0.period) <= now }
        purgeAt = max(65_536, table.liveCount * 2)
    }

    /// Takes back what was counted since the last keep.
    mutating func rollBack() {
        for change in journal.reversed() {
            table.update(change.slot) { $0.used = change.used }
        }
        journal.removeAll(keepingCapacity: true)
    }

    /// Restores the kinds of a projection.
    mutating func restore(kinds: [CounterKind]) {
        self.kinds = kinds
        present = kinds.map { _ in PresentPeriod() }
        places = [:]
        totals = [:]
        for (place, kind) in kinds.enumerated() { places[kind] = Int32(place) }
        for (place, kind) in kinds.enumerated()
        where kind.purpose == .places && kind.subject == .member {
            totals[Int32(place)] = places[kind.ofAll]
        }
    }
}
