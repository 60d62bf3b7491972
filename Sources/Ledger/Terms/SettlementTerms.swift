public import Money
internal import Signing

/// A rate that both signed, or the rule by which the network fixes it each night (S-45).
public enum Pricing: Hashable, Sendable, Codable {
    /// The rate itself.
    case fixed(Rate)
    /// The rule, the spread and the bounds.
    case fixing(Fixing)

    init(reading value: JSONValue) throws(Fault) {
        var members = try Members(value)
        let fixed = try members.optional("fixed", Read.rate)
        let fixing = try members.optional("fixing", Fixing.init(reading:))
        try members.finish()
        switch (fixed, fixing) {
        case (let rate?, nil): self = .fixed(rate)
        case (nil, let rule?): self = .fixing(rule)
        default: throw Fault(.termsContradict, "exactly one of fixed and fixing is due")
        }
    }

    /// The fixed rate, or nil.
    public var fixed: Rate? {
        if case .fixed(let rate) = self { rate } else { nil }
    }
}

/// How the network fixes a rate each night (S-44, S-45): kept now, used by the rule sets that fix
/// rates.
public struct Fixing: Hashable, Sendable, Codable {
    /// From which observations the value follows.
    public enum Rule: String, Sendable, Codable, CaseIterable { case pinned, mean, weighted }

    let rule: Rule
    let spread: Fraction
    let bandPerDay: Fraction
    let floor: Rate
    let ceiling: Rate

    init(reading value: JSONValue) throws(Fault) {
        var members = try Members(value)
        rule = try members.required("rule", Read.choice(Rule.self))
        spread = try members.required("spread", Read.fraction)
        bandPerDay = try members.required("bandPerDay", Read.fraction)
        floor = try members.required("floor", Read.rate)
        ceiling = try members.required("ceiling", Read.rate)
        try members.finish()
        guard floor <= ceiling else {
            throw Fault(.termsContradict, at: "floor", "the floor is above the ceiling")
        }
    }
}

/// What a debt is worth and how it is paid (spec/09 §8).
public struct SettlementTerms: Hashable, Sendable, Codable {
    /// What to do when no rate of the day exists.
    public enum Fallback: String, Sendable, Codable, CaseIterable { case previousWorkingDay, stop }
    /// How a sum is rounded to money.
    public enum MoneyRounding: String, Sendable, Codable, CaseIterable { case halfEven, halfUp }
    /// Between whom debts are netted.
    public enum Model: String, Sendable, Codable, CaseIterable {
        case multilateral, bilateral, gross
    }
    /// The legal form of netting (S-27).
    public enum NettingForm: String, Sendable, Codable, CaseIterable { case novation, setOff }

    let price: Pricing
    let priceCurrency: Currency
    let settlementCurrency: Currency
    let fxSource: String?
    let fxFallback: Fallback?
    let fxMaxAgeDays: Int64?
    let moneyRounding: MoneyRounding
    let model: Model
    let nettingForm: NettingForm
    /// Minor units of the price currency.
    let creditLine: Int64
    let offsets: Bool
    let objectionHours: Int64
    let disputeThreshold: Int64
    let tolerances: [Tolerance]
    let carryMaxDays: Int64
    let calendar: String
    let setOffInPoints: Bool
    let runOff: RunOff

    init(reading value: JSONValue) throws(Fault) {
        var members = try Members(value)
        price = try members.required("price", Pricing.init(reading:))
        priceCurrency = try members.required("priceCurrency", Read.currency)
        settlementCurrency = try members.required("settlementCurrency", Read.currency)
        fxSource = try members.optional("fxSource", Read.slug)
        fxFallback = try members.optional("fxFallback", Read.choice(Fallback.self))
        fxMaxAgeDays = try members.optional("fxMaxAgeDays", Read.integer(0...31))
        moneyRounding = try members.required("moneyRounding", Read.choice(MoneyRounding.self))
        model = try members.required("model", Read.choice(Model.self))
        nettingForm = try members.required("nettingForm", Read.choice(NettingForm.self))
        creditLine = try members.required("creditLine", Read.units())
        offsets = try members.required("offsets", Read.boolean)
        objectionHours = try members.required("objectionHours", Read.integer(0...720))
        disputeThreshold = try members.required("disputeThreshold", Read.units())
        tolerances =
            try members.optional("tolerances", Members.list(1...8, Tolerance.init(reading:))) ?? []
        carryMaxDays = try members.required("carryMaxDays", Read.integer(0...400))
        calendar = try members.required("calendar", Read.slug)
        setOffInPoints = try members.required("setOffInPoints", Read.boolean)
        runOff = try members.required("runOff", RunOff.init(reading:))
        try members.finish()
        try Read.distinctUnder("tolerances", tolerances, by: \.currency)
        let converts = priceCurrency != settlementCurrency
        for (name, present) in [
            ("fxSource", fxSource != nil), ("fxFallback", fxFallback != nil),
            ("fxMaxAgeDays", fxMaxAgeDays != nil),
        ] where present != converts {
            throw Fault(
                .termsContradict,
                at: name,
                "it stands exactly when the two currencies differ"
            )
        }
    }
}

/// How far books may differ without a break.
public struct Tolerance: Hashable, Sendable, Codable {
    /// The currency of the amounts.
    public let currency: Currency
    /// By how many minor units the partner's amount may be above the ledger's.
    public let absoluteAbove: Int64
    /// By how many minor units the partner's amount may be below the ledger's.
    public let absoluteBelow: Int64
    /// By which share of the ledger's amount they may differ.
    public let percent: Fraction
    /// How many days before the ledger's the partner's day may be.
    public let daysBefore: Int64
    /// How many days after the ledger's the partner's day may be.
    public let daysAfter: Int64
    /// How many minor units of a day may be closed so.
    public let dailyBudget: Int64

    init(reading value: JSONValue) throws(Fault) {
        var members = try Members(value)
        currency = try members.required("currency", Read.currency)
        absoluteAbove = try members.required("absoluteAbove", Read.units())
        absoluteBelow = try members.required("absoluteBelow", Read.units())
        percent = try members.required("percent", Read.fraction)
        daysBefore = try members.required("daysBefore", Read.integer(0...31))
        daysAfter = try members.required("daysAfter", Read.integer(0...31))
        dailyBudget = try members.required("dailyBudget", Read.units())
        try members.finish()
    }
}

/// For how many days after an agreement's end its tail is honoured.
public struct RunOff: Hashable, Sendable, Codable {
    let reversals: Int64
    let trueUps: Int64
    let coverRelease: Int64

    init(reading value: JSONValue) throws(Fault) {
        var members = try Members(value)
        reversals = try members.required("reversals", Read.integer(0...400))
        trueUps = try members.required("trueUps", Read.integer(0...400))
        coverRelease = try members.required("coverRelease", Read.integer(0...400))
        try members.finish()
    }
}
