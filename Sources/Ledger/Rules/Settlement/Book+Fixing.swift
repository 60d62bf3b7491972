internal import Money
internal import Settlement
internal import Signing

/// The fixing of rates between programs (spec/24).
extension Book {
    /// Fixes the rates of the night: guards, then takes effect.
    ///
    /// The window is closed; its sheets are those of the entry.
    mutating func applyFixing(
        _ fix: SettlementFix,
        of window: Window,
        at position: Position
    ) throws(Fault) {
        guard let rule = registry.policy?.fixing else {
            guard fix.fixing == nil else {
                throw Fault(.unknownMember, at: "fixing", "the policy fixes no rates")
            }
            fixings.units.dropWeights(of: window.calendar, window.number)
            return
        }
        guard let stated = fix.fixing else {
            throw Fault(.missingMember, at: "fixing", "the policy fixes rates, so it is due")
        }
        let draft = draftFixing(fix.sheets, of: window, rule, at: position.time)
        guard draft.fixing.hash == stated else {
            throw Fault(
                .fixingMismatch,
                at: "fixing",
                "the rules give \(draft.fixing.hash.base64URL)"
            )
        }
        take(draft, days: Int(rule.days), at: position.time)
    }

    private mutating func take(_ draft: FixingDraft, days: Int, at time: Timestamp) {
        fixings.take(draft.fixing, days: days)
        fixings.units.dropWeights(of: draft.fixing.calendar, draft.fixing.window)
        for place in fixings.agreements.indices {
            let version = registry.agreements[Int(fixings.agreements[place].agreement)]
            let hasEnded = version.end.map { $0 <= time } ?? false
            let until = fixingEnd(version.terms, time)
            fixings.change(place) { rates in
                rates.drop(at: time)
                guard hasEnded else { return }
                rates.end(until: until)
                rates.waiting = nil
            }
        }
        for line in draft.rates where line.outcome != .held {
            let version = registry.agreements[Int(fixings.agreements[line.place].agreement)]
            let rates = FixedRates(
                fixing: draft.fixing.hash,
                ratio: line.ratio,
                price: line.price,
                cutoff: draft.fixing.cutoff
            )
            if line.price != nil { countFixedPrice(of: version) }
            let until = fixingEnd(version.terms, time)
            fixings.change(line.place) { known in
                known.waiting = nil
                if line.outcome == .new {
                    known.hold(rates, lastUntil: until)
                } else {
                    known.waiting = WaitingRates(rates: rates)
                }
            }
        }
    }

    /// Brings the debt of an agreement to the denominator of fixed prices, where an agreement bound
    /// before rule set 2 did not (spec/24 §3).
    private mutating func countFixedPrice(of version: AgreementVersion) {
        guard let exposure = version.plan?.exposure,
            let denominator = fixedPriceDenominator(of: version)
        else { return }
        exposures.rescale(exposure, to: denominator)
    }

    /// The last moment at which an item may be committed or reversed that was transferred until
    /// now.
    private func fixingEnd(_ terms: Terms, _ now: Timestamp) -> Timestamp {
        reversalEnd(
            terms,
            now.advanced(byMilliseconds: (terms.holdExpirySeconds ?? 0) * 1_000)
        )
    }

    /// Accepts rates outside of the band (spec/24 §2, S-46).
    mutating func acceptFixing(
        _ agreement: Digest,
        _ fixing: Digest,
        signer: String,
        at position: Position
    ) throws(Fault) {
        guard let version = registry.agreement(agreement) else {
            throw Fault(.unknownAgreement, at: "agreement", "no proposal has this terms hash")
        }
        let terms = version.terms
        guard signer == terms.debtor || signer == terms.creditor else {
            throw Fault(.notAParty, at: "partner", "debtor and creditor accept rates")
        }
        guard let place = version.plan?.fixing.map({ Int($0) }),
            var waiting = fixings.agreements[place].waiting, waiting.rates.fixing == fixing
        else {
            throw Fault(.unknownPending, at: "fixing", "no rates of this fixing wait here")
        }
        guard !waiting.signed.contains(signer) else {
            throw Fault(.alreadySigned, at: "fixing", "\(signer) accepted it before")
        }
        waiting.signed.append(signer)
        let isAccepted = waiting.signed.count == (terms.isInternal ? 1 : 2)
        let until = fixingEnd(terms, position.time)
        fixings.change(place) { rates in
            rates.waiting = isAccepted ? nil : waiting
            if isAccepted { rates.hold(waiting.rates, lastUntil: until) }
        }
    }
}

/// Rates that transfers, commits and reversals compute with (spec/24 §5).
extension Book {
    /// The rates that a transfer names, or nil if its terms have none that is a fixing.
    func rates(named fixing: Digest?, _ plan: Plan) throws(Fault) -> FixedRates? {
        guard let place = plan.fixing else {
            guard fixing == nil else {
                throw Fault(.rateStale, at: "fixing", "no rate of these terms is a fixing")
            }
            return nil
        }
        guard let rates = fixings.agreements[Int(place)].current else {
            throw Fault(.rateNotFixed, at: "terms", "no rate was fixed yet")
        }
        guard rates.fixing == fixing else {
            throw Fault(
                .rateStale,
                at: "fixing",
                "the fixing \(rates.fixing.base64URL) holds for these terms"
            )
        }
        return rates
    }

    /// The rates under which an earlier item was transferred, or nil.
    func rates(of fixing: Digest?, _ plan: Plan) -> FixedRates? {
        guard let fixing, let place = plan.fixing else { return nil }
        return fixings.agreements[Int(place)].rates(of: fixing)
    }
}

extension Plan {
    /// The plan with the prices of a fixing, where the terms have one.
    func at(_ rates: FixedRates?, _ terms: Terms) -> Plan {
        guard let price = rates?.price else { return self }
        var plan = self
        plan.price = price
        for place in plan.bonuses.indices where terms.bonuses[place].usesAgreementPrice {
            plan.bonuses[place].price = price
        }
        return plan
    }
}

extension Bonus {
    /// Whether its units cost what those of the agreement cost.
    var usesAgreementPrice: Bool { priced && price == nil }
}
