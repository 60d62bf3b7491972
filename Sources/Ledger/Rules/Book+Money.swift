internal import Money
internal import Settlement
internal import Signing

/// Limits, cover and adjustments (spec/12 §3, §5).
extension Book {
    mutating func applyMoney(_ statement: Statement, at position: Position) throws(Fault) {
        switch statement.body {
        case .limitSet(let subject, let currency, let cap, let percent):
            try checkSubject(subject, currency)
            registry.limits[Registry.moneyKey(subject, currency)] = Limit(
                netDebitCap: cap,
                coverPercent: percent
            )
        case .coverPost(let move):
            if registry.official(statement.signer) == nil, move.subject != statement.signer {
                throw Fault(.wrongSigner, at: "subject", "a partner posts cover only for itself")
            }
            try changeCover(move, sign: 1)
        case .coverDraw(let move), .coverRelease(let move): try changeCover(move, sign: -1)
        case .adjustmentPost(let adjustment):
            try adjust(adjustment, debtor: statement.signer, at: position)
        default: break
        }
    }

    private func checkSubject(_ subject: String, _ currency: Currency) throws(Fault) {
        guard let partner = registry.partner(subject), partner.state != .invited,
            partner.state != .applied
        else {
            throw Fault(.unknownSubject, at: "subject", "there is no admitted partner \(subject)")
        }
        guard
            registry.currencies.contains(currency)
                || exposures.nets.contains(where: { $0.currency == currency })
        else {
            throw Fault(
                .unknownCurrency,
                at: "currency",
                "nothing is priced or settled in \(currency)"
            )
        }
    }

    private mutating func changeCover(_ move: CoverMove, sign: Int64) throws(Fault) {
        try checkSubject(move.subject, move.currency)
        let key = Registry.moneyKey(move.subject, move.currency)
        let after = Int128(registry.covers[key] ?? 0) + Int128(move.amount * sign)
        guard after >= 0 else {
            throw Fault(.coverExceeded, at: "amount", "the cover is \(registry.covers[key] ?? 0)")
        }
        guard after < Limits.position, let cover = Int64(exactly: after) else {
            throw Fault(.positionRange, at: "amount", "a cover stays below 2^60")
        }
        registry.covers[key] = cover
    }

    private mutating func adjust(
        _ adjustment: Adjustment,
        debtor: String,
        at position: Position
    ) throws(Fault) {
        guard adjustment.creditor != debtor else {
            throw Fault(.invalidValue, at: "creditor", "nobody owes itself")
        }
        guard let from = registry.partner(debtor)?.place,
            let creditor = registry.partner(adjustment.creditor),
            creditor.state == .active || creditor.state == .suspended
        else {
            throw Fault(
                .unknownSubject,
                at: "creditor",
                "there is no admitted partner \(adjustment.creditor)"
            )
        }
        let to = creditor.place
        guard registry.currencies.contains(adjustment.currency) else {
            throw Fault(
                .unknownCurrency,
                at: "currency",
                "\(adjustment.currency) is no settlement currency"
            )
        }
        let agreement = try agreement(of: adjustment, debtor: debtor, at: position)
        let link = try link(of: adjustment, agreement, debtor: debtor, at: position)
        let place = exposures.place(debtor: from, creditor: to, currency: adjustment.currency)
        let denominator = exposures.list[Int(place)].denominator
        let numerator = Int128(adjustment.amount) * Int128(denominator)
        exposures.add(place, posted: numerator)
        guard exposures.list[Int(place)].ceiling < Limits.position else {
            exposures.rollBack()
            throw Fault(.positionRange, at: "amount", "positions stay below 2^60 minor units")
        }
        follow(link)
        guard let agreement else { return }
        let account = nights.accounts.place(
            agreement,
            .adjustment,
            debtor: from,
            creditor: to,
            currency: adjustment.currency
        )
        nights.accounts.add(account, numerator, over: denominator)
        touch(agreement, registry.agreements[Int(agreement)].terms, at: position.index)
    }

    /// The place of the agreement that an adjustment names; from rule set 2 on it is due, bound,
    /// and between the two (spec/20 §2).
    private func agreement(
        of adjustment: Adjustment,
        debtor: String,
        at position: Position
    ) throws(Fault) -> Int32? {
        let isStrict = registry.rules(at: position.index) >= 2
        guard let hash = adjustment.agreement else {
            guard isStrict else { return nil }
            throw Fault(.missingMember, at: "agreement", "an adjustment belongs to an agreement")
        }
        guard let place = registry.agreementPlaces[hash] else {
            throw Fault(.unknownAgreement, at: "agreement", "no proposal has this terms hash")
        }
        guard isStrict else { return place }
        let version = registry.agreements[Int(place)]
        guard version.boundAt != nil else {
            throw Fault(.agreementNotBound, at: "agreement", "not every party has accepted it")
        }
        guard version.terms.settlement != nil else {
            throw Fault(.termsContradict, at: "agreement", "these terms settle nothing")
        }
        for (place, name) in [("partner", debtor), ("creditor", adjustment.creditor)]
        where !version.terms.parties.contains(name) {
            throw Fault(.notAParty, at: place, "\(name) is no party of this agreement")
        }
        return place
    }
}
