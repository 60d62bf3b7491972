public import Money
public import Signing

/// A question what terms would make of an amount now.
public struct QuoteRequest: Sendable {
    /// Units offered.
    public var amount: Int64
    /// The facts of the item as the spec writes them, or nil.
    public var facts: JSONValue?
    /// The channel, if the terms have channels.
    public var channel: String?
    /// The member's token by group; a group without one is quoted for a member who has used
    /// nothing.
    public var tokens: [String: UInt128]

    /// A question about an amount.
    public init(
        amount: Int64,
        facts: JSONValue? = nil,
        channel: String? = nil,
        tokens: [String: UInt128] = [:]
    ) {
        self.amount = amount
        self.facts = facts
        self.channel = channel
        self.tokens = tokens
    }
}

/// What a transfer would do, and why.
public struct Quotation: Sendable {
    /// A debt that would arise: an exact quotient of minor units.
    public struct Debt: Sendable, Hashable {
        /// The slug of the partner that would owe.
        public let debtor: String
        /// The slug of the partner that would be owed.
        public let creditor: String
        /// The currency.
        public let currency: Currency
        /// Numerator, in minor units.
        public let numerator: Int128
        /// Denominator.
        public let denominator: Int64
    }

    /// Units offered.
    public internal(set) var amount: Int64
    /// Units consumed.
    public internal(set) var debit: Int64 = 0
    /// Base units credited.
    public internal(set) var credit: Int64 = 0
    /// Further units credited.
    public internal(set) var bonus: Int64 = 0
    /// What the member would pay in fees, in minor units by currency.
    public internal(set) var memberFees: [(currency: Currency, minorUnits: Int64)] = []
    /// The debts that would arise.
    public internal(set) var debts: [Debt] = []
    /// Why the ledger would refuse it now; empty if it would accept it.
    public internal(set) var faults: [Fault] = []
    /// The fixing that the transfer names, where ratio or price of the terms is one.
    public internal(set) var fixing: Digest?
    /// Whether there is a conversion at all, so that the numbers mean something.
    public internal(set) var converts = false

    /// Units that stay with the member.
    public var rest: Int64 { converts ? amount - debit : 0 }
}

extension Terms {
    /// What these terms make of an amount for a member who has used nothing: conversion and bonuses
    /// alone.
    ///
    /// Neither counterparties nor limits nor caps are looked at; `Book.quote` does that. Where the
    /// ratio is a fixing, the rates that hold are due.
    public func quote(
        _ request: QuoteRequest,
        at time: Timestamp,
        rates: FixedRates? = nil
    ) -> Quotation {
        var quotation = Quotation(amount: request.amount)
        quotation.fixing = rates?.fixing
        do throws(Fault) {
            let plan = Plan(
                debtor: 0,
                creditor: 0,
                pair: 0,
                exposure: nil,
                account: nil,
                offset: nil,
                price: nil,
                bonuses: bonuses.map { _ in .fresh },
                caps: [],
                fees: [],
                feeAccounts: [],
                referenceKind: nil,
                keepsGrants: false
            )
            let facts = try request.facts.map(Facts.init(reading:))
            let result = try conversion.convert(request.amount, fixed: rates?.ratio)
            let hold = (holdExpirySeconds ?? 0) * 1_000
            let now = Bonus.Circumstances(
                amount: request.amount,
                base: result.credit,
                tier: facts?.tier,
                product: facts?.product,
                requested: time,
                posted: time...time.advanced(byMilliseconds: hold)
            )
            let grants = try Book().grants(self, plan, 0, now) { _ in 0 }
            quotation.note(
                Outcome(
                    amount: request.amount,
                    debit: result.debit,
                    credit: result.credit,
                    grants: grants,
                    uses: []
                )
            )
        } catch {
            quotation.faults = [error]
        }
        return quotation
    }
}

extension Book {
    /// What a transfer under an agreement would do now, with everything that the state knows.
    public mutating func quote(
        _ terms: Digest,
        _ request: QuoteRequest,
        at position: Position
    ) -> Quotation {
        defer { rollBack() }
        releaseExpiredHolds(at: position.time)
        guard let version = registry.agreement(terms) else {
            var quotation = Quotation(amount: request.amount)
            quotation.faults = [
                Fault(.unknownAgreement, at: "terms", "no proposal has this terms hash")
            ]
            return quotation
        }
        let rates = fixedRates(of: terms)
        var quotation = version.terms.quote(request, at: position.time, rates: rates)
        guard quotation.converts else { return quotation }
        quotation.memberFees = version.terms.fees.filter { $0.payer == .member }.map { fee in
            (fee.currency, fee.minorUnits(amount: request.amount))
        }
        do throws(Fault) {
            try rehearse(request, version, at: position, &quotation)
        } catch {
            quotation.faults.append(error)
        }
        return quotation
    }

    private mutating func rehearse(
        _ request: QuoteRequest,
        _ version: AgreementVersion,
        at position: Position,
        _ quotation: inout Quotation
    ) throws(Fault) {
        var transfers = Transfers()
        transfers.terms = version.hash
        transfers.channel = request.channel
        transfers.fixing = quotation.fixing
        let context = try open(transfers, signer: version.terms.debtor, at: position)
        let facts = try request.facts.map(Facts.init(reading:))
        try checkFacts(facts, context)
        // Tokens of the top of the range stand for a member who has used nothing.
        func token(_ group: Int32) -> UInt128? {
            request.tokens[version.terms.groups[Int(group)].group] ?? UInt128.max - UInt128(group)
        }
        let now = Bonus.Circumstances(
            amount: request.amount,
            base: quotation.credit,
            tier: facts?.tier,
            product: facts?.product,
            requested: position.time,
            posted: context.posted
        )
        var outcome = Outcome(
            amount: request.amount,
            debit: quotation.debit,
            credit: quotation.credit,
            grants: try grants(context.terms, context.plan, context.place, now, token: token),
            uses: []
        )
        quotation.note(outcome)
        for charge in charges(of: outcome, context.terms, context.plan, posted: true)
        where charge.numerator != 0 {
            let exposure = exposures.list[Int(charge.exposure)]
            quotation.debts.append(
                Quotation.Debt(
                    debtor: registry.name(of: exposure.debtor),
                    creditor: registry.name(of: exposure.creditor),
                    currency: exposure.currency,
                    numerator: charge.numerator,
                    denominator: exposure.denominator
                )
            )
        }
        try checkCaps(&outcome, facts, context, token: token)
        try take(outcome, context)
    }
}

extension Quotation {
    mutating func note(_ outcome: Outcome) {
        debit = outcome.debit
        credit = outcome.credit
        bonus = outcome.bonus
        converts = true
    }
}

extension Plan.BonusPlan {
    /// A bonus of which nothing was ever used.
    static let fresh = Plan.BonusPlan(
        group: nil,
        onceKind: nil,
        placesKind: nil,
        placesTotal: nil,
        price: nil,
        funders: [],
        funderAccounts: []
    )
}
