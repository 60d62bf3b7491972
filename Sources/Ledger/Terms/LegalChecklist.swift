internal import Signing

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
