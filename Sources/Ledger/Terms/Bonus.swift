internal import Money
internal import Signing

/// Units beyond the base credit (spec/09 §5, spec/10 §2).
public struct Bonus: Hashable, Sendable, Codable {
    /// How the units follow from the amount.
    public enum Kind: String, Sendable, Codable, CaseIterable { case perBlock, percentOfBase, once }
    /// In which units the threshold is measured.
    public enum ThresholdUnit: String, Sendable, Codable, CaseIterable { case source, target }
    /// Whether it adds up with others.
    public enum Stack: String, Sendable, Codable, CaseIterable { case additive, exclusive }
    /// Which moment must lie in its validity.
    public enum Basis: String, Sendable, Codable, CaseIterable { case requested, posted }

    /// Another partner's share of what the bonus costs.
    public struct Funding: Hashable, Sendable, Codable {
        /// What happens when the budget is used up.
        public enum Exhausted: String, Sendable, Codable, CaseIterable { case stop, debtorPays }

        let partner: String
        let share: Fraction
        let price: Rate
        /// Units.
        let budget: Int64
        let exhausted: Exhausted

        init(reading value: JSONValue) throws(Fault) {
            var members = try Members(value)
            partner = try members.required("partner", Read.slug)
            share = try members.required("share", Read.fraction)
            price = try members.required("price", Read.rate)
            budget = try members.required("budget", Read.units())
            exhausted = try members.required("exhausted", Read.choice(Exhausted.self))
            try members.finish()
            guard share.numerator > 0 else {
                throw Fault(.invalidValue, at: "share", "a share is more than nothing")
            }
        }
    }

    let kind: Kind
    let threshold: Int64
    let thresholdUnit: ThresholdUnit
    let amount: Int64
    let percent: Rate?
    let stack: Stack
    let tiers: [String]
    let products: [String]
    let memberCount: Int64?
    let group: String?
    let basis: Basis
    let validFrom: Timestamp?
    /// Exclusive.
    let validTo: Timestamp?
    let priced: Bool
    let price: Rate?
    let funding: [Funding]

    /// Whether what it grants depends on what was granted before, so that grants are kept (spec/11
    /// §7).
    public var dependsOnHistory: Bool { group != nil || !funding.isEmpty }

    init(reading value: JSONValue) throws(Fault) {
        var members = try Members(value)
        kind = try members.required("kind", Read.choice(Kind.self))
        threshold = try members.required(
            "threshold",
            Read.units(atLeast: kind == .perBlock ? 1 : 0)
        )
        thresholdUnit = try members.required("thresholdUnit", Read.choice(ThresholdUnit.self))
        let units = try members.optional("amount", Read.units(atLeast: 1))
        amount = units ?? 0
        percent = try members.optional("percent", Read.rate)
        stack = try members.required("stack", Read.choice(Stack.self))
        let who = try members.optional("eligibility", Members.object(Self.readEligibility))
        tiers = who?.tiers ?? []
        products = who?.products ?? []
        memberCount = who?.memberCount
        group = try members.optional("group", Read.slug)
        basis = try members.required("basis", Read.choice(Basis.self))
        validFrom = try members.optional("validFrom", Read.time)
        validTo = try members.optional("validTo", Read.time)
        priced = try members.required("priced", Read.boolean)
        price = try members.optional("price", Read.rate)
        funding = try members.optional("funding", Members.list(1...4, Funding.init(reading:))) ?? []
        try members.finish()
        try check(hasAmount: units != nil)
    }

    private func check(hasAmount: Bool) throws(Fault) {
        let isPercent = kind == .percentOfBase
        guard hasAmount != isPercent else {
            throw Fault(.termsContradict, at: "amount", "it stands exactly with perBlock and once")
        }
        guard (percent != nil) == isPercent else {
            throw Fault(.termsContradict, at: "percent", "it stands exactly with percentOfBase")
        }
        guard (group != nil) == (kind == .once || memberCount != nil) else {
            throw Fault(.termsContradict, at: "group", "it stands exactly with once or memberCount")
        }
        if !priced, price != nil || !funding.isEmpty {
            throw Fault(
                .termsContradict,
                at: "priced",
                "price and funding stand only with a priced bonus"
            )
        }
        if let validFrom, let validTo, validTo <= validFrom {
            throw Fault(.termsContradict, at: "validTo", "the end is not after validFrom")
        }
        try Read.distinctUnder("funding", funding, by: \.partner)
        guard Fraction.sumIsAtMostOne(funding.map(\.share)) else {
            throw Fault(.termsContradict, at: "funding", "the shares sum to more than 1")
        }
    }

    private static func readEligibility(
        _ members: inout Members
    ) throws(Fault) -> (tiers: [String], products: [String], memberCount: Int64?) {
        (
            tiers: try members.optional("tiers", Members.list(1...16, Read.slug)) ?? [],
            products: try members.optional("products", Members.list(1...16, Read.slug)) ?? [],
            memberCount: try members.optional("memberCount", Read.units(atLeast: 1))
        )
    }
}
