public import Signing

/// The body of a request for a quote, which asks what a transfer would do now (spec/19 §8).
public struct QuoteQuestion: Sendable, Hashable {
    /// The terms hash of the agreement.
    public let terms: Digest
    /// Units offered.
    public let amount: Int64
    /// The facts of the item, an object, or nil.
    public let facts: JSONValue?
    /// The channel, or nil.
    public let channel: String?
    /// The member's token by group, each 22 characters of base64url.
    public let tokens: [JSONMember]

    /// A question.
    public init(
        terms: Digest,
        amount: Int64,
        facts: JSONValue? = nil,
        channel: String? = nil,
        tokens: [JSONMember] = []
    ) {
        self.terms = terms
        self.amount = amount
        self.facts = facts
        self.channel = channel
        self.tokens = tokens
    }

    /// Reads a question.
    public init(parsing text: [UInt8]) throws(APIError) {
        let reader = try APIObject(
            parsing: text,
            members: ["terms", "amount", "facts", "channel", "tokens"]
        )
        guard let terms = Digest(try reader.string("terms"), as: .url) else {
            throw APIError(at: "terms", "it is a terms hash, 43 characters of base64url")
        }
        var tokens: [JSONMember] = []
        switch reader.optionalValue("tokens") {
        case nil, .null?: break
        case .object(let members)?: tokens = members
        default: throw APIError(at: "tokens", "it is an object")
        }
        self.init(
            terms: terms,
            amount: try reader.integer("amount"),
            facts: reader.optionalValue("facts"),
            channel: try reader.optionalString("channel"),
            tokens: tokens
        )
    }

    /// The question as JSON.
    public var json: JSONValue {
        var members: [JSONMember] = [
            JSONMember(name: "terms", value: .string(terms.base64URL)),
            JSONMember(name: "amount", value: .integer(amount)),
        ]
        if let facts { members.append(JSONMember(name: "facts", value: facts)) }
        if let channel { members.append(JSONMember(name: "channel", value: .string(channel))) }
        if !tokens.isEmpty { members.append(JSONMember(name: "tokens", value: .object(tokens))) }
        return .object(members)
    }
}
