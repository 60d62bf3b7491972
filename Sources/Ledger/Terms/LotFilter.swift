internal import Signing

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
