internal import Money
public import Settlement
public import Signing

/// Fixings for people and programs (spec/24 §6); nothing here changes anything.
extension Book {
    /// The last fixing, or nil before the first.
    public var fixing: NightFixing? { fixings.last }

    /// The values of the last fixing by a rule with those of the fixing before it, in the order of
    /// their programs: what the official cross-rate table is made of.
    public func fixedValues(by rule: ValueRule) -> [FixedValue] {
        var before: [String: UnitValue] = [:]
        for values in fixings.before { before[values.program] = values[rule] }
        return (fixings.last?.lines ?? []).compactMap { line in
            guard let value = line.values[rule] else { return nil }
            return FixedValue(
                program: line.values.program,
                rule: rule,
                value: value.minorUnits,
                yesterday: before[line.values.program]?.minorUnits,
                sources: line.sources(of: rule)
            )
        }
    }

    /// The rates that hold for an agreement, or nil if it says no `fixing` or none were found yet.
    public func fixedRates(of agreement: Digest) -> FixedRates? {
        agreementRates(agreement)?.current
    }

    /// The rates of an agreement that wait for acceptance, or nil.
    public func waitingRates(of agreement: Digest) -> WaitingRates? {
        agreementRates(agreement)?.waiting
    }

    /// The terms hashes of all agreements that say `fixing`, in the order in which they bound.
    public var fixingAgreements: [Digest] {
        fixings.agreements.map { registry.agreements[Int($0.agreement)].hash }
    }

    /// What a fix of a closed window with these sheets would give at a moment, or nil if there is
    /// no such window or the policy fixes no rates.
    ///
    /// The operator's tool signs its hash; whoever recomputes a fix compares the text.
    ///
    /// Complexity: O(programs + agreements that say `fixing`, × log of both).
    public func rehearseFixing(
        _ fix: SettlementFix,
        at time: Timestamp
    ) -> FixingDraft? {
        guard let window = nights.window(fix.window, of: fix.calendar),
            let rule = registry.policy?.fixing
        else { return nil }
        return draftFixing(fix.sheets, of: window, rule, at: time)
    }

    private func agreementRates(_ agreement: Digest) -> AgreementRates? {
        guard let place = registry.agreement(agreement)?.plan?.fixing else { return nil }
        return fixings.agreements[Int(place)]
    }
}

extension NightFixing.Line {
    /// What the value by a rule was taken from.
    func sources(of rule: ValueRule) -> [FixedValue.Source] {
        switch rule {
        case .pinned:
            guard let publication else { return [] }
            let (bid, ask) = (Book.rateText(publication.bid), Book.rateText(publication.ask))
            let name = "\(publication.currency) \(bid) \(ask) \(publication.validFrom)"
            return [FixedValue.Source(name: name, weight: .one)]
        case .mean:
            let weight = Quotient(1, Int128(max(1, nights.count))) ?? .one
            return nights.map { FixedValue.Source(name: "\($0.millionths)", weight: weight) }
        case .weighted:
            let total = trades.reduce(Int128(0)) { $0 + Int128($1.units) }
            return trades.map { trade in
                FixedValue.Source(
                    name: trade.agreement.base64URL,
                    weight: Quotient(Int128(trade.units), total) ?? .zero
                )
            }
        }
    }
}
