internal import Money
internal import Settlement
internal import Signing

/// What programs are worth at a fix (spec/24 §1).
extension Book {
    /// One line for each open program that has a value or trades, in the order of their ids.
    func fixingLines(
        of window: Window,
        _ rule: NetworkPolicy.FixingRule,
        _ quotes: FixingQuotes
    ) -> [NightFixing.Line] {
        let trades = trades(of: window, quotes)
        return registry.programs.sortedNames.compactMap { program -> NightFixing.Line? in
            guard registry.programs[program]?.status == .open else { return nil }
            let publication = registry.rates[program]?.last {
                $0.validFrom <= window.cutoff && window.cutoff < $0.validTo
            }
            let pinned = publication.flatMap { rate in
                quotes.toNumeraire(rate.currency).flatMap { quote in
                    UnitValue(bid: rate.bid, ask: rate.ask, quote: quote)
                }
            }
            let earlier = (fixings.pinned[program] ?? []).suffix(Int(rule.days) - 1)
            let nights = pinned.map { earlier + [$0] } ?? []
            let sold = trades[program] ?? []
            let line = NightFixing.Line(
                values: ProgramValues(
                    program: program,
                    pinned: pinned,
                    mean: UnitValue(meanOf: Array(nights)),
                    weighted: UnitValue(weighted: sold.map(\.tradedUnits))
                ),
                publication: pinned == nil ? nil : publication,
                nights: Array(nights),
                trades: sold
            )
            return line.values.isEmpty && sold.isEmpty ? nil : line
        }
    }

    /// What was paid for units of each program in the windows before, of agreements whose price has
    /// a quote.
    private func trades(
        of window: Window,
        _ quotes: FixingQuotes
    ) -> [String: [NightFixing.Trade]] {
        var trades: [String: [NightFixing.Trade]] = [:]
        for line in fixings.units.weights(of: window.calendar, window.number) {
            let version = registry.agreements[Int(line.agreement)]
            guard let settlement = version.terms.settlement,
                case .program(let program) = version.terms.pricedSide,
                let price = settlement.price.fixed,
                let quote = quotes.toNumeraire(settlement.priceCurrency),
                let value = UnitValue(price, quote: quote)
            else { continue }
            trades[program, default: []].append(
                NightFixing.Trade(
                    agreement: version.hash,
                    debtor: version.terms.debtor,
                    creditor: version.terms.creditor,
                    units: line.units,
                    price: value
                )
            )
        }
        return trades
    }

    /// Notes what each agreement posted in a window that is closed (spec/24 §1).
    mutating func closeUnits(_ calendar: String, _ window: UInt64) {
        let posted = registry.agreements.enumerated().map { place, version -> Int64? in
            guard let settlement = version.terms.settlement, settlement.price.fixed != nil,
                settlement.calendar.hasSameBytes(as: calendar)
            else { return nil }
            let total = totals[place]
            return version.terms.kind == .redeem ? total.debit : total.credit
        }
        fixings.units.close(calendar, window, posted: posted)
    }
}

extension NightFixing.Trade {
    /// The trade as a weight.
    fileprivate var tradedUnits: TradedUnits {
        TradedUnits(debtor, creditor, units: units, price: price)
    }
}

extension Terms {
    /// The side whose units the price is of (spec/09 §3).
    var pricedSide: Side { kind == .redeem ? from : to }

    /// Whether ratio or price is fixed each night.
    var hasFixing: Bool { ratioFixing != nil || priceFixing != nil }

    /// The ratio's rule, if it is fixed each night.
    var ratioFixing: Fixing? {
        if case .fixing(let rule)? = conversion.ratio { rule } else { nil }
    }

    /// The price's rule, if it is fixed each night.
    var priceFixing: Fixing? {
        if case .fixing(let rule)? = settlement?.price { rule } else { nil }
    }
}

extension Fixing {
    /// The rule as values know it.
    var valueRule: ValueRule {
        switch rule {
        case .pinned: .pinned
        case .mean: .mean
        case .weighted: .weighted
        }
    }

    /// Spread, band and bounds.
    var bounds: FixingBounds {
        FixingBounds(spread: spread, bandPerDay: bandPerDay, floor: floor, ceiling: ceiling)
    }
}
