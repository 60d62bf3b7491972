internal import Signing

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
