internal import Signing

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
