public import Money
public import Signing

/// What books of partners show of one agreement version: whose points move, what is owed for them,
/// and on which day (spec/27 §12).
public struct BookedTerms: Sendable {
    /// The terms hash.
    public let agreement: Digest
    /// What was agreed.
    public let terms: Terms
    /// The version that this one superseded, or nil.
    public let superseded: Digest?

    /// The debtor's slug.
    public var debtor: String { terms.debtor }
    /// The creditor's slug.
    public var creditor: String { terms.creditor }
    /// The program whose points are debited, or nil if it is money.
    public var source: String? { Self.program(terms.from) }
    /// The program whose points are credited, or nil if it is money.
    public var target: String? { Self.program(terms.to) }
    /// The program whose units the price is owed for, or nil if it is money.
    public var pricedProgram: String? { terms.kind == .redeem ? source : target }
    /// By how many minutes the day of the agreement begins before that of UTC.
    public var utcOffsetMinutes: Int { terms.utcOffsetMinutes }
    /// The calendar whose windows its debts belong to; nil within one partner.
    public var calendar: String? { terms.settlement?.calendar }
    /// The currency in which a unit is priced; nil within one partner.
    public var priceCurrency: Currency? { terms.settlement?.priceCurrency }
    /// The currency in which it is settled; nil within one partner.
    public var settlementCurrency: Currency? { terms.settlement?.settlementCurrency }
    /// How far the books may differ without a break.
    public var tolerances: [Tolerance] { terms.settlement?.tolerances ?? [] }
    /// Units of the target for one of the source, if that is one rate that both signed.
    public var ratio: Rate? { terms.conversion.ratio?.fixed }
    /// Minor units of the price currency for a unit, if both signed it.
    public var price: Rate? { terms.settlement?.price.fixed }
    /// The currency and source of the money quotes that bring the price there, if it is another.
    public var fxSource: String? { terms.settlement?.fxSource }
    /// Who pays fees of an item to the other party, and who gets them; nil where it is neither of
    /// the two, or both.
    public var feeParties: (payer: String, payee: String)? {
        var found: (payer: String, payee: String)?
        for fee in terms.fees where fee.payer != .member && fee.currency == priceCurrency {
            let parties = (terms.partner(of: fee.payer.rawValue), terms.partner(of: fee.payee))
            guard found.map({ $0 == parties }) ?? true else { return nil }
            found = parties
        }
        return found
    }
    /// How long a hold waits for its creditor, in milliseconds; nil if items are posted at once.
    public var holdMilliseconds: Int64? { terms.holdExpirySeconds.map { $0 * 1_000 } }

    /// How sums become money; half-even within one partner, where none is owed.
    public var moneyRounding: Rounding {
        terms.settlement?.moneyRounding == .halfUp ? .halfUp : .halfEven
    }

    /// Whether what is owed for an item follows from its units alone: no bonus has a price of its
    /// own or a funder.
    public var hasPlainPrice: Bool {
        terms.bonuses.allSatisfy { !$0.priced }
            || terms.bonuses.allSatisfy(\.usesAgreementPrice)
                && terms.bonuses.allSatisfy(\.funding.isEmpty)
    }

    /// What is owed for units of an item where `hasPlainPrice` holds, in minor units, rounded once
    /// as the terms say (S-20); nil within one partner.
    ///
    /// Units are 0 or more; `price` is that of the terms or of the fixing of the item.
    public func minorUnits(debit: Int64, credit: Int64, bonus: Int64, price: Rate) -> Int64? {
        guard terms.settlement != nil else { return nil }
        let units = Int128(pricedUnits(debit: debit, credit: credit, bonus: bonus))
        let exact = (units * Int128(price.numerator)).divided(
            by: Int128(price.denominator),
            rounding: moneyRounding
        )
        return Int64(clamping: exact)
    }

    /// The units that the agreed price is owed for, where `hasPlainPrice` holds; 0 or more.
    public func pricedUnits(debit: Int64, credit: Int64, bonus: Int64) -> Int64 {
        let isBonusPriced = terms.bonuses.first?.priced ?? false
        return (terms.kind == .redeem ? debit : credit) + (isBonusPriced ? bonus : 0)
    }

    /// What the parties owe each other as fees for an amount, in minor units of a currency.
    ///
    /// Fees of members and of other currencies do not count.
    ///
    /// Complexity: O(fees).
    public func feeMinorUnits(of amount: Int64, in currency: Currency) -> Int64 {
        terms.fees.reduce(Int64(0)) { sum, fee in
            guard fee.payer != .member, fee.currency == currency else { return sum }
            let (next, overflow) = sum.addingReportingOverflow(fee.minorUnits(amount: amount))
            return overflow ? Int64.max : next
        }
    }

    private static func program(_ side: Terms.Side) -> String? {
        if case .program(let id) = side { id } else { nil }
    }
}

extension Book {
    /// What books show of an agreement version that once bound, or nil.
    public func bookedTerms(_ hash: Digest) -> BookedTerms? {
        guard let version = registry.agreement(hash), version.boundAt != nil else { return nil }
        return BookedTerms(
            agreement: hash,
            terms: version.terms,
            superseded: version.supersedes
        )
    }

    /// The rates that a fixing gave an agreement, while an item under them can be reversed.
    public func fixedRates(of agreement: Digest, at fixing: Digest) -> FixedRates? {
        guard let plan = registry.agreement(agreement)?.plan else { return nil }
        return rates(of: fixing, plan)
    }

    /// Whether two partners opened a pseudonym together, be it closed by now.
    ///
    /// Complexity: O(1).
    public func haveMember(_ pseudonym: UInt128, _ left: String, _ right: String) -> Bool {
        guard let one = registry.partner(left)?.place, let other = registry.partner(right)?.place
        else { return false }
        switch members.state(of: pseudonym, pair: MemberRegister.pair(one, other)) {
        case .open, .closed: return true
        default: return false
        }
    }

    /// The keys with which someone signs entries, those that were revoked left out.
    public func entryKeys(of owner: String) -> [PublicKey] {
        registry.keyRecords.filter {
            $0.owner == owner && $0.use == .entries && $0.revokedAt == nil
        }.map(\.key)
    }

    /// What all partners have deposited as cover in a currency, in minor units.
    ///
    /// Complexity: O(partners).
    public func coverTotal(in currency: Currency) -> Int128 {
        registry.partners.reduce(Int128(0)) { sum, partner in
            sum + Int128(registry.covers[Registry.moneyKey(partner.name, currency)] ?? 0)
        }
    }

    /// The rates of an agreement with fixings that are still kept, oldest first.
    public func keptRates(of agreement: Digest) -> [FixedRates] {
        guard let place = registry.agreement(agreement)?.plan?.fixing else { return [] }
        return fixings.agreements[Int(place)].kept.map(\.rates)
    }
}
