internal import Money
public import Settlement
public import Signing

/// Terms as edges of the arbitrage check (spec/23 §2).
extension Terms {
    /// Most choices of tier and product that are told apart.
    private static let choices = 64

    /// Moments at which the edges of these terms may change: `end` is the end of the version.
    public func edgeMoments(end: Timestamp?) -> [Timestamp] {
        var moments = [validFrom] + [validTo, end].compactMap { $0 }
        for channel in channels {
            moments += [channel.validFrom] + [channel.validTo].compactMap { $0 }
        }
        let hold = (holdExpirySeconds ?? 0) * 1_000
        for bonus in bonuses {
            moments += [bonus.validTo].compactMap { $0 }
            let lead = bonus.basis == .posted ? hold : 0
            moments += [bonus.validFrom].compactMap { $0?.advanced(byMilliseconds: -lead) }
        }
        return moments + groups.map(\.validTo)
    }

    /// The edges at a moment: none when the terms cannot be used, one for each choice of tier and
    /// product that opens other bonuses.
    ///
    /// `end` is the first moment at which the version can no longer be used.
    public func edges(
        id: String,
        at time: Timestamp,
        end: Timestamp?,
        market: EdgeMarket
    ) -> [EdgeTerms] {
        guard validFrom <= time, validTo.map({ time < $0 }) ?? true,
            end.map({ time < $0 }) ?? true
        else { return [] }
        let open = channels.filter {
            $0.validFrom <= time && ($0.validTo.map { time < $0 } ?? true)
        }
        guard channels.isEmpty || !open.isEmpty else { return [] }
        var remarks: [String] = []
        if open.count < channels.count {
            remarks.append("only by \(open.map(\.channel).joined(separator: ", "))")
        }
        let (fee, notes) = edgeFee(market)
        remarks += notes
        let (conversion, isAssumed) = edgeConversion(market)
        if isAssumed { remarks.append("the ceiling of a fixing") }
        return choices(at: time).compactMap { choice in
            EdgeTerms(
                id: id,
                from: from.text,
                to: to.text,
                conversion: conversion,
                rest: EdgeTerms.Rest(rawValue: self.conversion.rounding.rawValue) ?? .keepRest,
                minimum: self.conversion.minimum ?? self.conversion.increment ?? 1,
                increment: self.conversion.increment ?? 1,
                bonuses: choice.bonuses.map(\.edgeBonus),
                caps: caps.map(\.edgeCap),
                fee: fee,
                remarks: remarks + choice.remarks
            )
        }
    }

    private func edgeConversion(
        _ market: EdgeMarket
    ) -> (conversion: EdgeTerms.Conversion, isAssumed: Bool) {
        switch conversion.ratio {
        case .fixed(let rate):
            return (.ratio(numerator: rate.numerator, denominator: rate.denominator), false)
        case .fixing(let fixing):
            let rate = market.rate(fixing, from: from.text, to: to.text)
            return (
                .ratio(numerator: rate.numerator, denominator: rate.denominator), rate.isAssumed
            )
        case nil:
            let steps = conversion.steps.map {
                EdgeTerms.Step(amount: $0.amount, credit: $0.credit)
            }
            return (.steps(steps, isCumulative: conversion.stepMode == .cumulative), false)
        }
    }

    /// The member's fee per item that is counted, and what is said of the others.
    ///
    /// The value of a unit is the agreement's own price, else what the market says of the target,
    /// else of the source.
    private func edgeFee(_ market: EdgeMarket) -> (fee: EdgeTerms.Fee?, remarks: [String]) {
        var found: EdgeTerms.Fee?
        var remarks: [String] = []
        for fee in fees where fee.payer == .member {
            guard fee.plan == .perTransaction else {
                remarks.append("a yearly fee is not counted")
                continue
            }
            guard found == nil, let (side, value) = unitValue(fee.currency, market) else {
                remarks.append("a fee in \(fee.currency) is not counted")
                continue
            }
            found = EdgeTerms.Fee(
                fixed: fee.fixed ?? 0,
                perUnit: fee.perUnit,
                cap: fee.cap,
                rounding: fee.rounding,
                side: side,
                value: value
            )
        }
        return (found, remarks)
    }

    private func unitValue(
        _ currency: Currency,
        _ market: EdgeMarket
    ) -> (side: EdgeTerms.Side, value: Rate)? {
        if let settlement, settlement.priceCurrency == currency, let price = settlement.price.fixed
        {
            return (kind == .redeem ? .source : .target, price)
        }
        for (side, name) in [(EdgeTerms.Side.target, to.text), (.source, from.text)] {
            if let worth = market.worth(of: name), worth.currency == currency {
                return (side, worth.rate)
            }
        }
        return nil
    }

    /// A member's tier and product with the bonuses that they open.
    private struct Choice {
        let bonuses: [Bonus]
        let remarks: [String]
    }

    private func choices(at time: Timestamp) -> [Choice] {
        let live = bonuses.filter { isOpen($0, at: time) }
        var remarks: [String] = []
        if live.contains(where: { $0.memberCount != nil }) {
            remarks.append("a bonus for the first members only")
        }
        for share in live.flatMap(\.funding) where share.exhausted == .stop {
            remarks.append("a bonus until \(share.partner) has paid \(share.budget) units")
        }
        let tiers = names(eligibility?.tiers ?? [], live.flatMap(\.tiers))
        let products = names(eligibility?.products ?? [], live.flatMap(\.products))
        guard tiers.count * products.count <= Self.choices else {
            return [Choice(bonuses: live, remarks: remarks + ["every tier and product at once"])]
        }
        var found: [Choice] = []
        for tier in tiers {
            for product in products {
                let bonuses = live.filter {
                    ($0.tiers.isEmpty || $0.tiers.contains(tier ?? ""))
                        && ($0.products.isEmpty || $0.products.contains(product ?? ""))
                }
                if found.contains(where: { $0.bonuses == bonuses }) { continue }
                let who = [tier.map { "tier \($0)" }, product.map { "product \($0)" }]
                let isPlain = bonuses.allSatisfy { $0.tiers.isEmpty && $0.products.isEmpty }
                let more = isPlain ? [] : who.compactMap { $0 }
                found.append(Choice(bonuses: bonuses, remarks: remarks + more))
            }
        }
        return found
    }

    /// Nobody in particular first; of names that the terms require, only these.
    private func names(_ required: [String], _ named: [String]) -> [String?] {
        var list: [String?] = required.isEmpty ? [nil] : []
        for name in named.sorted() where !list.contains(name) {
            if required.isEmpty || required.contains(name) { list.append(name) }
        }
        return list.isEmpty ? [nil] : list
    }

    private func isOpen(_ bonus: Bonus, at time: Timestamp) -> Bool {
        let hold = bonus.basis == .posted ? (holdExpirySeconds ?? 0) * 1_000 : 0
        if let start = bonus.validFrom, time.advanced(byMilliseconds: hold) < start { return false }
        if let end = bonus.validTo, time >= end { return false }
        guard let group = bonus.group, let end = end(ofGroup: group) else { return true }
        return time < end
    }
}

extension Bonus {
    var edgeBonus: EdgeTerms.Bonus {
        let form: EdgeTerms.Bonus.Kind =
            switch kind {
            case .perBlock: .perBlock(amount)
            case .percentOfBase: .percentOfBase(percent ?? .one)
            case .once: .once(amount)
            }
        return EdgeTerms.Bonus(
            form,
            threshold: threshold,
            measure: thresholdUnit == .source ? .source : .target,
            isExclusive: stack == .exclusive
        )
    }
}

extension Cap {
    var edgeCap: EdgeTerms.Cap {
        EdgeTerms.Cap(
            amount: amount,
            unit: unit == .source ? .source : .target,
            period: days.map { "\($0) days" } ?? period.rawValue,
            subject: subject.rawValue
        )
    }
}
