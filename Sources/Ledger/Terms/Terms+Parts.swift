import Money
import Signing

/// A way in which transfers are asked for, with its own validity (Tesco 2023: manual in June,
/// automatic in July).
public struct Channel: Hashable, Sendable, Codable {
    let channel: String
    let validFrom: Timestamp
    /// Exclusive; nil is open.
    let validTo: Timestamp?

    init(reading value: JSONValue) throws(Fault) {
        self = try Members.object { (members) throws(Fault) in
            Channel(
                channel: try members.required("channel", Read.slug),
                validFrom: try members.required("validFrom", Read.time),
                validTo: try members.optional("validTo", Read.time)
            )
        }(value)
    }

    private init(channel: String, validFrom: Timestamp, validTo: Timestamp?) {
        self.channel = channel
        self.validFrom = validFrom
        self.validTo = validTo
    }
}

/// A name under which an issuer counts, and when its counters end (requirement P-19).
public struct Group: Hashable, Sendable, Codable {
    let group: String
    let validTo: Timestamp

    init(reading value: JSONValue) throws(Fault) {
        var members = try Members(value)
        group = try members.required("group", Read.slug)
        validTo = try members.required("validTo", Read.time)
        try members.finish()
    }
}

/// Tax on a price or a fee (requirement S-28): kept now, used by the rule sets that settle.
public struct Tax: Hashable, Sendable, Codable {
    /// What a price contains.
    public enum Basis: String, Sendable, Codable, CaseIterable { case net, gross }
    /// Who writes the invoice.
    public enum Invoicer: String, Sendable, Codable, CaseIterable { case debtor, creditor }

    let country: String
    let category: String
    let ratePermille: Int64
    let basis: Basis
    let invoicer: Invoicer

    init(reading value: JSONValue) throws(Fault) {
        var members = try Members(value)
        country = try members.required("country", Read.country)
        category = try members.required("category", Read.capitals(1...3))
        ratePermille = try members.required("ratePermille", Read.integer(0...1_000))
        basis = try members.required("basis", Read.choice(Basis.self))
        invoicer = try members.required("invoicer", Read.choice(Invoicer.self))
        try members.finish()
    }
}

/// Which data role each side has (requirement P-14).
public struct ControllerRoles: Hashable, Sendable, Codable {
    /// Roles of GDPR articles 4, 26 and 28.
    public enum Role: String, Sendable, Codable, CaseIterable {
        case controller, jointController, processor
    }

    let debtor: Role
    let creditor: Role

    init(reading value: JSONValue) throws(Fault) {
        var members = try Members(value)
        debtor = try members.required("debtor", Read.choice(Role.self))
        creditor = try members.required("creditor", Read.choice(Role.self))
        try members.finish()
    }
}

/// What the parties found when they looked at the law beside privacy (privacy.md, "Law").
public struct LegalChecklist: Hashable, Sendable, Codable {
    /// How the points stand to e-money rules.
    public enum EMoney: String, Sendable, Codable, CaseIterable {
        case outOfScope, limitedNetwork, licensed
    }
    /// How the payments stand to value added tax.
    public enum VAT: String, Sendable, Codable, CaseIterable {
        case thirdPartyConsideration, voucher, outOfScope
    }

    let eMoney: EMoney
    let vat: VAT
    let dataAgreement: Bool

    init(reading value: JSONValue) throws(Fault) {
        var members = try Members(value)
        eMoney = try members.required("eMoney", Read.choice(EMoney.self))
        vat = try members.required("vat", Read.choice(VAT.self))
        dataAgreement = try members.required("dataAgreement", Read.boolean)
        try members.finish()
    }
}

/// Which lots of points may be used: attested by the signer in each item's facts.
public struct LotFilter: Hashable, Sendable, Codable {
    /// Where a lot came from.
    public enum Origin: String, Sendable, Codable, CaseIterable {
        case earned, bought, transferred, gifted, promotional, welcome
    }

    let origins: [Origin]
    let maximumAgeDays: Int64?
    let maximumAgeYears: Int64?

    init(reading value: JSONValue) throws(Fault) {
        var members = try Members(value)
        origins = try members.required("origins", Members.list(1...6, Read.choice(Origin.self)))
        maximumAgeDays = try members.optional("maximumAgeDays", Read.integer(0...36_500))
        maximumAgeYears = try members.optional("maximumAgeYears", Read.integer(0...100))
        try members.finish()
    }
}

/// Who may transfer at all: attested by the signer in each item's facts.
public struct Eligibility: Hashable, Sendable, Codable {
    let accountAgeDays: Int64?
    let sameName: Bool?
    let tiers: [String]
    let products: [String]

    init(reading value: JSONValue) throws(Fault) {
        var members = try Members(value)
        accountAgeDays = try members.optional("accountAgeDays", Read.integer(0...36_500))
        sameName = try members.optional("sameName", Read.boolean)
        tiers = try members.optional("tiers", Members.list(1...16, Read.slug)) ?? []
        products = try members.optional("products", Members.list(1...16, Read.slug)) ?? []
        try members.finish()
    }
}

/// A cap on what is used in one item or one period (spec/09 §6).
public struct Cap: Hashable, Sendable, Codable {
    /// What is counted.
    public enum Unit: String, Sendable, Codable, CaseIterable { case source, target }
    /// Over which time.
    public enum Period: String, Sendable, Codable, CaseIterable {
        case transaction, day, month, calendarYear, rollingDays
    }
    /// Whose use adds up.
    public enum Subject: String, Sendable, Codable, CaseIterable { case member, product, pair }

    let amount: Int64
    let unit: Unit
    let period: Period
    let days: Int64?
    let subject: Subject
    let group: String?

    init(reading value: JSONValue) throws(Fault) {
        var members = try Members(value)
        amount = try members.required("amount", Read.units())
        unit = try members.required("unit", Read.choice(Unit.self))
        period = try members.required("period", Read.choice(Period.self))
        days = try members.optional("days", Read.integer(1...400))
        subject = try members.required("subject", Read.choice(Subject.self))
        group = try members.optional("group", Read.slug)
        try members.finish()
        guard (days != nil) == (period == .rollingDays) else {
            throw Fault(.termsContradict, at: "days", "it stands exactly with period rollingDays")
        }
        guard (group != nil) == (period != .transaction) else {
            throw Fault(
                .termsContradict,
                at: "group",
                "it stands exactly with a period longer than a transaction"
            )
        }
    }
}

extension Cap {
    /// Whether two caps would count into the same counters.
    func countsTheSame(as other: Cap) -> Bool {
        group != nil && group == other.group && unit == other.unit && period == other.period
            && days == other.days && subject == other.subject
    }
}

/// A fee on an item (spec/09 §7).
public struct Fee: Hashable, Sendable, Codable {
    /// How often it falls due.
    public enum Plan: String, Sendable, Codable, CaseIterable { case perTransaction, perYear }
    /// Who pays it.
    public enum Payer: String, Sendable, Codable, CaseIterable { case debtor, creditor, member }

    let fixed: Int64?
    let perUnit: Rate?
    let currency: Currency
    let cap: Int64?
    let plan: Plan
    let payer: Payer
    /// `debtor`, `creditor`, or a partner.
    let payee: String
    let tax: Tax?
    let rounding: Rounding

    init(reading value: JSONValue) throws(Fault) {
        var members = try Members(value)
        fixed = try members.optional("fixed", Read.units())
        perUnit = try members.optional("perUnit", Read.rate)
        currency = try members.required("currency", Read.currency)
        cap = try members.optional("cap", Read.units())
        plan = try members.required("plan", Read.choice(Plan.self))
        payer = try members.required("payer", Read.choice(Payer.self))
        payee = try members.required("payee", Read.slug)
        tax = try members.optional("tax", Tax.init(reading:))
        rounding = try members.required("rounding", Read.choice(Rounding.self))
        try members.finish()
        guard (fixed == nil) != (perUnit == nil) else {
            throw Fault(.termsContradict, at: "fixed", "exactly one of fixed and perUnit is due")
        }
        if cap != nil, perUnit == nil {
            throw Fault(.termsContradict, at: "cap", "it stands only with perUnit")
        }
        if plan == .perYear, payer != .member {
            throw Fault(
                .termsContradict,
                at: "plan",
                "perYear is only for fees that the member pays"
            )
        }
    }

    /// The fee of an item in minor units of its currency.
    public func minorUnits(amount: Int64) -> Int64 {
        if let fixed { return fixed }
        guard let perUnit else { return 0 }
        let product = Int128(amount) * Int128(perUnit.numerator)
        let exact = product.divided(by: Int128(perUnit.denominator), rounding: rounding)
        return Int64(clamping: min(exact, Int128(cap ?? Int64.max)))
    }
}

extension Read {
    static func capitals(_ count: ClosedRange<Int>) -> (JSONValue) throws(Fault) -> String {
        { (value) throws(Fault) in
            let text = try string(value)
            guard count.contains(text.utf8.count),
                text.utf8.allSatisfy({ (0x41...0x5a).contains($0) })
            else {
                throw Fault(
                    .invalidValue,
                    "\(count.lowerBound) to \(count.upperBound) capital letters are due here"
                )
            }
            return text
        }
    }

    static func country(_ value: JSONValue) throws(Fault) -> String {
        try capitals(2...2)(value)
    }
}
