public import Signing

/// The body of `POST /v1/webhooks`: which entries are wanted, and where (spec/19 §11).
public struct WebhookRequest: Sendable, Hashable {
    /// Where deliveries are posted to.
    public let url: String
    /// Only entries of these kinds, or nil for all.
    public let kinds: [String]?
    /// The first index, or nil for the size of the log when the request is answered.
    public let from: UInt64?

    /// A request of its parts.
    public init(url: String, kinds: [String]? = nil, from: UInt64? = nil) {
        self.url = url
        self.kinds = kinds
        self.from = from
    }

    /// The request as JSON.
    public var json: JSONValue {
        var members = [JSONMember(name: "url", value: .string(url))]
        if let kinds {
            members.append(JSONMember(name: "kinds", value: .array(kinds.map { .string($0) })))
        }
        if let from { members.append(JSONMember(name: "from", value: .integer(Int64(from)))) }
        return .object(members)
    }

    /// Reads a request; throws the member at fault.
    public init(parsing text: [UInt8]) throws(APIError) {
        let reader = try APIObject(parsing: text, members: ["url", "kinds", "from"])
        url = try reader.string("url")
        kinds = try reader.list("kinds") { (value) throws(APIError) in
            guard case .string(let kind) = value else {
                throw APIError(at: "kinds", "each is a string")
            }
            return kind
        }
        from = try reader.optionalInteger("from").map { (number) throws(APIError) in
            guard let from = UInt64(exactly: number) else {
                throw APIError(at: "from", "it is an index, from 0")
            }
            return from
        }
    }
}
