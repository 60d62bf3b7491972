internal import Signing

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
