public import Signing

/// The body of `POST /v1/webhooks/{id}/replay`: from where entries are sent again (spec/19 §11).
public struct ReplayRequest: Sendable, Hashable {
    /// The first index.
    public let from: UInt64

    /// A request of its parts.
    public init(from: UInt64) {
        self.from = from
    }

    /// The request as JSON.
    public var json: JSONValue { ["from": .integer(Int64(from))] }

    /// Reads a request; throws the member at fault.
    public init(parsing text: [UInt8]) throws(APIError) {
        let reader = try APIObject(parsing: text, members: ["from"])
        guard let from = UInt64(exactly: try reader.integer("from")) else {
            throw APIError(at: "from", "it is an index, from 0")
        }
        self.from = from
    }
}
