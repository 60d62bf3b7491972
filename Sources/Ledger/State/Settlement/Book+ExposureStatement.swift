public import Money
internal import Settlement
internal import Signing

/// What one participant loses at most if another fails tonight (S-30).
public struct ExposureLine: Sendable, Hashable {
    /// Who may lose.
    public let creditor: String
    /// Who may fail.
    public let debtor: String
    /// The settlement currency.
    public let currency: Currency
    /// The sum of the net claims, in minor units.
    public let claim: Int128
    /// What the debtor's cover is sure to pay of it, in minor units.
    public let covered: Int128

    /// The most that is lost, in minor units.
    public var exposure: Int128 { max(0, claim - covered) }
}

/// The exposure before the night (spec/20 §10).
extension Book {
    /// What each participant loses at most by each other one, by creditor, debtor and currency.
    ///
    /// It counts what closed windows have not released, and the open ones with holds, valued at
    /// the last sheets of their calendars. Complexity: O(n log n) in debts and held items.
    public func exposureStatement() -> [ExposureLine] {
        var groups: [ExposureGroup] = []
        for calendar in registry.calendars.sortedNames {
            for window in nights.calendars[calendar]?.windows ?? [] {
                add(window.debts, of: calendar, window.number, to: &groups)
            }
            let open = (nights.calendars[calendar]?.lastNumber ?? 0) + 1
            add(openDebts(of: calendar), of: calendar, open, to: &groups)
        }
        addHolds(to: &groups)
        addCarries(to: &groups)
        return lines(of: groups)
    }

    private func add(
        _ debts: [WindowDebt],
        of calendar: String,
        _ window: UInt64,
        to groups: inout [ExposureGroup]
    ) {
        for debt in debts where debt.status == .open || debt.status == .settled {
            guard let terms = registry.agreements[Int(debt.agreement)].terms.settlement else {
                continue
            }
            if let amount = debt.amount {
                let key = ExposureGroup.Key(calendar, window, terms.model, amount.currency)
                groups.change(key) {
                    $0.add(debt.debtor, debt.creditor, amount.minorUnits, amount.minorUnits)
                }
                continue
            }
            let (currency, quote) = tonight(debt.currency, terms, calendar)
            guard let quote,
                let high = Quotient.scaled(
                    debt.numerator,
                    by: quote,
                    over: debt.denominator,
                    rounding: .ceiling
                ),
                let low = Quotient.scaled(
                    debt.numerator,
                    by: quote,
                    over: debt.denominator,
                    rounding: .floor
                )
            else { continue }
            let key = ExposureGroup.Key(calendar, window, terms.model, currency)
            groups.change(key) { $0.add(debt.debtor, debt.creditor, high, low) }
        }
    }

    /// What waits for a creditor adds to claims, and takes nothing from others.
    private func addHolds(to groups: inout [ExposureGroup]) {
        for group in holds.sorted {
            let version = registry.agreements[Int(group.agreement)]
            guard let bound = version.plan, let terms = version.terms.settlement else { continue }
            let plan = bound.at(rates(of: group.fixing, bound), version.terms)
            let window = (nights.calendars[terms.calendar]?.lastNumber ?? 0) + 1
            for item in group.items {
                let charges = charges(of: item.outcome, version.terms, plan, posted: false)
                for charge in charges {
                    let exposure = exposures.list[Int(charge.exposure)]
                    let (currency, quote) = tonight(exposure.currency, terms, terms.calendar)
                    guard let quote,
                        let high = Quotient.scaled(
                            charge.numerator,
                            by: quote,
                            over: Int128(exposure.denominator),
                            rounding: .ceiling
                        )
                    else { continue }
                    let key = ExposureGroup.Key(terms.calendar, window, terms.model, currency)
                    groups.change(key) { $0.add(exposure.debtor, exposure.creditor, high, 0) }
                }
            }
        }
    }

    /// What is carried between two is owed in the settlement that comes next.
    private func addCarries(to groups: inout [ExposureGroup]) {
        for carry in nights.settlements.carries {
            guard let second = carry.key.second.flatMap({ registry.placeOfParticipant($0) }),
                let first = registry.placeOfParticipant(carry.key.first),
                let model = SettlementTerms.Model(rawValue: carry.model.rawValue)
            else { continue }
            let id = SettlementID(
                calendar: carry.calendar,
                window: 1,
                model: carry.model,
                currency: carry.currency,
                attempt: 1
            )
            let window = (nights.settlements.lastCommitted(id) ?? 0) + 1
            let key = ExposureGroup.Key(carry.calendar, window, model, carry.currency)
            let amount = carry.model == .gross ? carry.amount : -carry.amount
            groups.change(key) { $0.add(first, second, amount, amount) }
        }
    }

    /// The settlement currency and the quote at the last sheets of a calendar.
    private func tonight(
        _ currency: Currency,
        _ terms: SettlementTerms,
        _ calendar: String
    ) -> (currency: Currency, quote: Quotient?) {
        let last = nights.calendars[calendar]?.windows.last { $0.state != .closed }
        let sheets = last.map { $0.state == .finalised ? $0.final : $0.provisional } ?? []
        let cutoff = last?.cutoff ?? time
        return valuation(of: currency, under: terms, sheets, cutoff: cutoff)
    }

    private func lines(of groups: [ExposureGroup]) -> [ExposureLine] {
        var totals: [ExposurePair: Int128] = [:]
        for group in groups {
            for pair in group.pairs {
                let line = ExposurePair(pair, group.key.currency)
                totals[line, default: 0] += group.claim(pair)
            }
        }
        let keys = totals.keys.sorted { name($0) < name($1) }
        return keys.compactMap { key in
            guard let claim = totals[key], claim > 0 else { return nil }
            return ExposureLine(
                creditor: registry.name(of: key.creditor),
                debtor: registry.name(of: key.debtor),
                currency: key.currency,
                claim: claim,
                covered: covered(key, groups)
            )
        }
    }

    private func name(_ key: ExposurePair) -> (String, String, Currency) {
        (registry.name(of: key.creditor), registry.name(of: key.debtor), key.currency)
    }

    /// ⌊max(0, min(cover, Σ C) − k) × m⌋ of spec/20 §10.
    private func covered(_ key: ExposurePair, _ groups: [ExposureGroup]) -> Int128 {
        let debtor = registry.name(of: key.debtor)
        let cover = Int128(registry.covers[Registry.moneyKey(debtor, key.currency)] ?? 0)
        guard cover > 0 else { return 0 }
        var sum: Int128 = 0
        var smallest: Quotient?
        for group in groups where group.key.currency == key.currency {
            let all = group.pairs.filter { $0.debtor == key.debtor }.reduce(0) {
                $0 + group.claim($1)
            }
            guard all > 0 else { continue }
            sum += all
            let own = ExposureGroup.Pair(debtor: key.debtor, creditor: key.creditor)
            if let share = Quotient(group.claim(own), all) {
                smallest = smallest.map { min($0, share) } ?? share
            }
        }
        let carried = nights.settlements.carries.filter {
            $0.currency == key.currency && $0.model == .multilateral && $0.key.first == debtor
        }.reduce(0) { $0 + max(0, -$1.amount) }
        guard let smallest,
            let part = Quotient.scaled(
                max(0, min(cover, sum) - carried),
                by: smallest,
                rounding: .floor
            )
        else { return 0 }
        return part
    }
}

/// The debts of one calendar, window, model and settlement currency, summed by who owes whom.
private struct ExposureGroup {
    /// What parts groups.
    struct Key: Hashable {
        let calendar: String
        let window: UInt64
        let model: SettlementTerms.Model
        let currency: Currency

        init(
            _ calendar: String,
            _ window: UInt64,
            _ model: SettlementTerms.Model,
            _ currency: Currency
        ) {
            self.calendar = calendar
            self.window = window
            self.model = model
            self.currency = currency
        }
    }

    /// A debtor and a creditor.
    struct Pair: Hashable {
        let debtor: Int32
        let creditor: Int32
    }

    let key: Key
    /// Each pair with anything owed in one of both directions, once each way.
    private(set) var pairs: [Pair] = []
    private var sums: [Pair: (high: Int128, low: Int128)] = [:]

    init(_ key: Key) { self.key = key }

    mutating func add(_ debtor: Int32, _ creditor: Int32, _ high: Int128, _ low: Int128) {
        let pair = Pair(debtor: debtor, creditor: creditor)
        if sums[pair] == nil, sums[pair.turned] == nil { pairs += [pair, pair.turned] }
        let before = sums[pair] ?? (0, 0)
        sums[pair] = (before.high + high, before.low + low)
    }

    /// What the creditor of a pair claims at most from its debtor.
    func claim(_ pair: Pair) -> Int128 {
        let owed = sums[pair]?.high ?? 0
        let owing = sums[pair.turned]?.low ?? 0
        return key.model == .gross ? max(0, owed) + max(0, -owing) : max(0, owed - owing)
    }
}

extension ExposureGroup.Pair {
    fileprivate var turned: Self { Self(debtor: creditor, creditor: debtor) }
}

extension [ExposureGroup] {
    fileprivate mutating func change(
        _ key: ExposureGroup.Key,
        _ change: (inout ExposureGroup) -> Void
    ) {
        // The group of a run of debts is mostly the last one.
        if let place = lastIndex(where: { $0.key == key }) {
            change(&self[place])
        } else {
            append(ExposureGroup(key))
            change(&self[count - 1])
        }
    }
}

/// A debtor and a creditor in a currency.
private struct ExposurePair: Hashable {
    let debtor: Int32
    let creditor: Int32
    let currency: Currency

    init(_ pair: ExposureGroup.Pair, _ currency: Currency) {
        debtor = pair.debtor
        creditor = pair.creditor
        self.currency = currency
    }
}
