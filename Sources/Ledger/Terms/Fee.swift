internal import Money
internal import Signing

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
