internal import Ledger

/// What creditors do later: commits and voids of holds, reversals of posted items.
extension DemoTraffic {
    /// Decides what becomes of accepted items.
    mutating func schedule(_ entry: DemoEntry, _ index: UInt64) {
        switch entry.content {
        case .transfers(let place, _, _, _, let items):
            let numbered = items.enumerated().map { (number: $0.offset, item: $0.element) }
            if agreements[place].isHold {
                scheduleHold(place, index, numbered)
            } else {
                scheduleReversals(place, index, numbered)
            }
        case .commit(let place, _, let items): scheduleReversals(place, index, items)
        case .void, .reversal, .repeated: break
        }
    }

    /// Most holds are committed within three days, some are voided, some are left to expire.
    private mutating func scheduleHold(
        _ place: Int,
        _ index: UInt64,
        _ items: [(number: Int, item: DemoItem)]
    ) {
        let draw = random.below(100)
        if draw < 8 { return }
        if draw < 14 {
            let numbers = items.map(\.number)
            return later(days: 1...3, .void(agreement: place, hold: index, numbers: numbers))
        }
        let kept = items.filter { _ in items.count == 1 || !random.permille(20) }
        let dropped = items.map(\.number).filter { number in !kept.contains { $0.number == number }
        }
        if !dropped.isEmpty {
            later(days: 1...2, .void(agreement: place, hold: index, numbers: dropped))
        }
        if !kept.isEmpty { later(days: 0...3, .commit(agreement: place, hold: index, items: kept)) }
    }

    private mutating func scheduleReversals(
        _ place: Int,
        _ index: UInt64,
        _ items: [(number: Int, item: DemoItem)]
    ) {
        guard agreements[place].isReversible else { return }
        for (number, item) in items where random.permille(7) {
            later(days: 0...4, .reverse(agreement: place, entry: index, number: number, item: item))
        }
    }

    private mutating func later(days: ClosedRange<Int>, _ followUp: FollowUp) {
        let ticks = max(1, random.number(days) * ticksPerDay + random.below(ticksPerDay))
        if tick + ticks < followUps.count { followUps[tick + ticks].append(followUp) }
    }

    /// The submission of what falls due.
    mutating func follow(_ followUp: FollowUp) throws -> DemoEntry? {
        switch followUp {
        case .commit(let place, let hold, let items):
            return try entry(
                byCreditorOf: place,
                .commit(agreement: place, hold: hold, items: items)
            )
        case .void(let place, let hold, let numbers):
            return try entry(byCreditorOf: place, .void(hold: hold, numbers: numbers))
        case .reverse(let place, let entry, let number, let item):
            return try self.entry(byCreditorOf: place, reversal(place, entry, number, item))
        }
    }

    private mutating func entry(
        byCreditorOf place: Int,
        _ content: DemoEntry.Content
    ) throws -> DemoEntry {
        let creditor = agreements[place].creditor
        return DemoEntry(
            content: content,
            signer: creditor,
            id: try ledger.newID(),
            key: try ledger.key(of: creditor)
        )
    }

    /// A third of the reversals leaves half of the amount, where the terms allow it; the others
    /// leave nothing.
    private mutating func reversal(
        _ place: Int,
        _ index: UInt64,
        _ number: Int,
        _ item: DemoItem
    ) -> DemoEntry.Content {
        var difference = item
        var remaining: Int64 = 0
        // Half of an item would have to be quoted at the rates of its night.
        let isPartial = random.permille(350) && agreements[place].fixed == nil
        if isPartial, !agreements[place].dependsOnHistory {
            let least = agreements[place].minimum
            let increment = agreements[place].increment ?? 1
            let half = least + max(0, item.amount / 2 - least) / increment * increment
            if half < item.amount, let rest = quote(place, member: item.member, amount: half) {
                remaining = half
                difference.debit -= rest.debit
                difference.credit -= rest.credit
                difference.bonus -= rest.bonus
            }
        }
        return .reversal(entry: index, number: number, remaining: remaining, difference: difference)
    }
}
