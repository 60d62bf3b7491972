internal import Signing

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
