internal import Money
internal import Settlement
internal import Signing

/// What a fix makes of values: rates of agreements, and the text that binds both (spec/24 §2, §4).
extension Book {
    /// Everything that a fix does, before anything changes.
    func draftFixing(
        _ sheets: [QuoteSheet],
        of window: Window,
        _ rule: NetworkPolicy.FixingRule,
        at time: Timestamp
    ) -> FixingDraft {
        let quotes = FixingQuotes(rule, sheets, cutoff: window.cutoff)
        let lines = fixingLines(of: window, rule, quotes)
        var values: [String: ProgramValues] = [:]
        for line in lines {
            let own = line.values
            values[own.program] = own
        }
        let rates = fixings.agreements.indices
            .compactMap { rateLine($0, values, quotes, window.cutoff, at: time) }
            .map { (name: $0.agreement.base64URL, line: $0) }
            .sorted { $0.name < $1.name }
            .map(\.line)
        var fixing = NightFixing(
            hash: .zero,
            text: "",
            calendar: window.calendar,
            window: window.number,
            cutoff: window.cutoff,
            numeraire: rule.numeraire,
            lines: lines
        )
        fixing.text = text(of: fixing, rates)
        fixing.hash = DigestBuilder.digest(Array(fixing.text.utf8))
        return FixingDraft(fixing: fixing, rates: rates)
    }

    private func text(of fixing: NightFixing, _ rates: [RateLine]) -> String {
        func value(_ value: UnitValue?) -> String { value.map { "\($0.millionths)" } ?? "-" }
        let ledger = (registry.ledger ?? .zero).base64URL
        var text = "kontor/v1/fixing\n"
        text += "\(ledger) \(fixing.calendar) \(fixing.window) \(fixing.cutoff)\n"
        text += "\(fixing.numeraire)\n"
        let listed = fixing.values
        for line in listed {
            text += "value \(line.program) \(value(line.pinned)) \(value(line.mean)) "
            text += "\(value(line.weighted))\n"
        }
        for line in rates {
            text += "rate \(line.agreement.base64URL) \(Self.rateText(line.ratio)) "
            text += "\(Self.rateText(line.price)) \(line.outcome.rawValue)\n"
        }
        return text
    }

    /// What becomes of the rates of one agreement, or nil if it has ended.
    private func rateLine(
        _ place: Int,
        _ values: [String: ProgramValues],
        _ quotes: FixingQuotes,
        _ cutoff: Timestamp,
        at time: Timestamp
    ) -> RateLine? {
        let known = fixings.agreements[place]
        let version = registry.agreements[Int(known.agreement)]
        if let end = version.end, end <= time { return nil }
        let terms = version.terms
        let ratio = terms.ratioFixing.map { fixedRatio(terms, $0, values, quotes) }
        let price = terms.priceFixing.map { fixedPrice(version, $0, values, quotes) }
        // Of a rate that is a fixing and was not found the outer optional is there, the inner not.
        guard ratio.map({ $0 != nil }) ?? true, price.map({ $0 != nil }) ?? true else {
            return RateLine(
                agreement: version.hash,
                ratio: nil,
                price: nil,
                outcome: .held,
                place: place
            )
        }
        let found = (ratio: ratio ?? nil, price: price ?? nil)
        var isWithin = true
        if let last = known.current {
            let days = Int64(cutoff.date().days - last.cutoff.date().days)
            isWithin =
                Self.allows(terms.ratioFixing, found.ratio, after: last.ratio, days)
                && Self.allows(terms.priceFixing, found.price, after: last.price, days)
        }
        return RateLine(
            agreement: version.hash,
            ratio: found.ratio,
            price: found.price,
            outcome: isWithin ? .new : .waiting,
            place: place
        )
    }

    private static func allows(
        _ rule: Fixing?,
        _ next: Rate?,
        after last: Rate?,
        _ days: Int64
    ) -> Bool {
        guard let rule, let next, let last else { return true }
        return rule.bounds.allows(next, after: last, days: days)
    }

    private func fixedRatio(
        _ terms: Terms,
        _ rule: Fixing,
        _ values: [String: ProgramValues],
        _ quotes: FixingQuotes
    ) -> Rate? {
        func worth(_ side: Terms.Side) -> Quotient? {
            switch side {
            case .program(let id): values[id]?[rule.valueRule]?.minorUnits
            case .money(let currency): quotes.toNumeraire(currency)
            }
        }
        guard let from = worth(terms.from), let to = worth(terms.to) else { return nil }
        return rule.bounds.ratio(from: from, to: to)
    }

    private func fixedPrice(
        _ version: AgreementVersion,
        _ rule: Fixing,
        _ values: [String: ProgramValues],
        _ quotes: FixingQuotes
    ) -> Rate? {
        guard case .program(let id) = version.terms.pricedSide,
            let value = values[id]?[rule.valueRule],
            let currency = version.terms.settlement?.priceCurrency,
            let quote = quotes.fromNumeraire(currency),
            fixedPriceDenominator(of: version) != nil
        else { return nil }
        return rule.bounds.price(of: value.minorUnits, quote: quote)
    }

    /// The smallest price that a fixing gives; its denominator counts when the terms bind.
    static let leastFixedPrice = Rate(numerator: 1, denominator: FixingBounds.priceDenominator)

    /// The denominator of the debt with a fixed price counted in, or nil if it would be too large
    /// (spec/24 §3).
    func fixedPriceDenominator(of version: AgreementVersion) -> Int64? {
        guard let exposure = version.plan?.exposure else { return nil }
        return Int128.leastCommonMultiple(
            Int128(exposures.list[Int(exposure)].denominator),
            Int128(FixingBounds.priceDenominator),
            atMost: Int128(Rate.limit)
        ).map(Int64.init)
    }
}
