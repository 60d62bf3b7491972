internal import Money
internal import Signing

/// What an item costs whom, and the limits that bound it (spec/12 §1, §3).
extension Book {
    /// Lets an item take effect: exposures within all limits, then counters and totals.
    mutating func take(_ outcome: Outcome, _ context: Context) throws(Fault) {
        let isHold = context.isHold
        var charges: [Charge] = []
        swap(&charges, &chargesAtHand)
        charges.removeAll(keepingCapacity: true)
        defer { swap(&charges, &chargesAtHand) }
        appendCharges(of: outcome, context.terms, context.plan, to: &charges)
        for charge in charges { add(charge, held: isHold, sign: 1) }
        do {
            try checkLimits(charges, context)
        } catch {
            for charge in charges { add(charge, held: isHold, sign: -1) }
            throw error
        }
        for use in outcome.uses { counters.count(use, sign: 1, now: context.time) }
        if !context.isHold {
            addNetworkFee(context.terms, context.plan, context.place)
            touch(context.place, context.terms, at: context.index)
        }
        changeTotals(context.place) { totals in
            isHold ? totals.hold(outcome, sign: 1) : totals.post(outcome, sign: 1)
            totals.fund(outcome, context.terms, sign: 1)
        }
    }

    mutating func add(_ charge: Charge, held: Bool, sign: Int128) {
        if held {
            exposures.add(charge.exposure, held: charge.numerator * sign)
        } else {
            exposures.add(charge.exposure, posted: charge.numerator * sign)
            let denominator = exposures.list[Int(charge.exposure)].denominator
            nights.add(charge, sign, over: denominator)
        }
    }

    /// Counts an entry in the trail of an agreement that has a settlement, once (spec/20 §3).
    mutating func touch(_ agreement: Int32, _ terms: Terms, at index: UInt64) {
        guard !terms.isInternal else { return }
        nights.trails.touch(agreement, at: index)
    }

    /// The operator's fee for a posted item, which the debtor owes it (spec/12 §6).
    mutating func addNetworkFee(_ terms: Terms, _ plan: Plan, _ agreement: Int32) {
        guard let fee = registry.policy?.fee, !terms.isInternal else { return }
        let place = exposures.place(
            debtor: plan.debtor,
            creditor: Registry.operatorPlace,
            currency: fee.currency
        )
        if exposures.list[Int(place)].denominator == 1 {
            exposures.rescale(place, to: NetworkPolicy.feeDenominator)
        }
        let charge = Charge(
            exposure: place,
            account: nights.accounts.feePlace(
                agreement,
                debtor: plan.debtor,
                currency: fee.currency
            ),
            numerator: exposures.numerator(place, units: 1, price: fee.perItem)
        )
        add(charge, held: false, sign: 1)
    }

    /// The charges of an item: the price of its units, its bonuses by whoever pays them, its fees.
    func charges(of outcome: Outcome, _ terms: Terms, _ plan: Plan, posted: Bool) -> [Charge] {
        var charges: [Charge] = []
        appendCharges(of: outcome, terms, plan, to: &charges)
        return charges
    }

    private func appendCharges(
        of outcome: Outcome,
        _ terms: Terms,
        _ plan: Plan,
        to charges: inout [Charge]
    ) {
        if let exposure = plan.exposure, let account = plan.account, let price = plan.price {
            let units = terms.kind == .redeem ? outcome.debit : outcome.credit
            charges.append(
                Charge(
                    exposure: exposure,
                    account: account,
                    numerator: exposures.numerator(exposure, units: units, price: price)
                )
            )
            for grant in outcome.grants {
                appendCharges(of: grant, terms, plan, (exposure, account), to: &charges)
            }
        }
        for (index, place) in plan.fees.enumerated() {
            guard let place, let account = plan.feeAccounts[index] else { continue }
            let minor = Int128(terms.fees[index].minorUnits(amount: outcome.amount))
            charges.append(
                Charge(
                    exposure: place,
                    account: account,
                    numerator: minor * Int128(exposures.list[Int(place)].denominator)
                )
            )
        }
    }

    private func appendCharges(
        of grant: Grant,
        _ terms: Terms,
        _ plan: Plan,
        _ own: (exposure: Int32, account: Int32),
        to charges: inout [Charge]
    ) {
        let bonus = plan.bonuses[Int(grant.bonus)]
        guard let price = bonus.price else { return }
        var rest = grant.units
        for (number, place) in bonus.funders.enumerated()
        where grant.funded.indices.contains(number) {
            let units = grant.funded[number]
            rest -= units
            let funderPrice = terms.bonuses[Int(grant.bonus)].funding[number].price
            charges.append(
                Charge(
                    exposure: place,
                    account: bonus.funderAccounts[number],
                    numerator: exposures.numerator(place, units: units, price: funderPrice)
                )
            )
        }
        charges.append(
            Charge(
                exposure: own.exposure,
                account: own.account,
                numerator: exposures.numerator(own.exposure, units: rest, price: price)
            )
        )
    }

    /// The three limits of the debtor, in their order, then the range of every position touched.
    private func checkLimits(_ charges: [Charge], _ context: Context) throws(Fault) {
        guard let exposure = context.plan.exposure, let line = context.line else { return }
        let owed = exposures.ceiling(of: exposure)
        var counted = owed
        if let offset = context.plan.offset { counted -= exposures.postedFloor(of: offset) }
        let currency = line.currency
        guard counted <= line.amount else {
            throw Fault(
                .creditLine,
                at: "amount",
                "\(context.terms.debtor) would owe \(context.terms.creditor) \(currency.format(minorUnits: counted)) "
                    + "\(currency); the credit line is \(currency.format(minorUnits: line.amount))"
            )
        }
        try checkNet(context, currency)
        for charge in charges where exposures.ceiling(of: charge.exposure) >= Limits.position {
            throw Fault(.positionRange, at: "amount", "positions stay below 2^60 minor units")
        }
    }

    private func checkNet(_ context: Context, _ currency: Currency) throws(Fault) {
        guard let limit = context.limit, let place = context.net else { return }
        let net = exposures.nets[Int(place)].netDebit
        if let cap = limit.netDebitCap, net > Int128(cap) {
            throw Fault(
                .netDebitCap,
                at: "amount",
                "\(context.terms.debtor) would owe \(currency.format(minorUnits: net)) \(currency) net; "
                    + "the cap is \(currency.format(minorUnits: Int128(cap)))"
            )
        }
        if let percent = limit.coverPercent {
            guard net * 100 <= Int128(context.cover) * Int128(percent) else {
                throw Fault(
                    .coverInsufficient,
                    at: "amount",
                    "\(context.terms.debtor) would owe \(currency.format(minorUnits: net)) \(currency) net; "
                        + "\(percent) % of its cover \(currency.format(minorUnits: Int128(context.cover))) is allowed"
                )
            }
        }
    }
}

extension Totals {
    mutating func post(_ outcome: Outcome, sign: Int64) {
        items += sign
        debit += outcome.debit * sign
        credit += outcome.credit * sign
        bonus += outcome.bonus * sign
    }

    mutating func hold(_ outcome: Outcome, sign: Int64) {
        heldItems += sign
        heldDebit += outcome.debit * sign
        heldCredit += outcome.credit * sign
        heldBonus += outcome.bonus * sign
    }

    /// Counts the units of funders against their budgets.
    mutating func fund(_ outcome: Outcome, _ terms: Terms, sign: Int64) {
        for grant in outcome.grants where !grant.funded.isEmpty {
            let first = Book.firstFunder(of: Int(grant.bonus), in: terms)
            for (number, units) in grant.funded.enumerated() {
                funded[first + number] += units * sign
            }
        }
    }
}
