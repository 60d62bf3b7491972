public import Signing

/// What one attempt of a delivery says: the payload of the JWS that a subscriber receives (spec/19
/// §11).
public struct WebhookDelivery: Sendable, Hashable {
    /// The `typ` of a delivery.
    public static let type = "kontor-webhook+jws"

    /// The id of the ledger.
    public let ledger: Digest
    /// The id of the subscription.
    public let subscription: UUIDv7
    /// The index of the entry.
    public let index: UInt64
    /// Which attempt at this entry it is, from 1.
    public let attempt: Int
    /// The object of spec/19 §6 as JSON.
    public let entry: JSONValue

    /// What all attempts at this entry share: `subscription/index`.
    public var delivery: String { "\(subscription)/\(index)" }

    /// The payload of an attempt, with the entry as the JSON text that reads show.
    public static func payload(
        ledger: Digest,
        subscription: UUIDv7,
        index: UInt64,
        attempt: Int,
        entry text: [UInt8]
    ) -> [UInt8] {
        let head: JSONValue = [
            "ledger": .string(ledger.base64URL),
            "subscription": .string(subscription.description),
            "delivery": .string("\(subscription)/\(index)"),
            "index": .integer(Int64(index)), "attempt": .integer(Int64(attempt)),
        ]
        return head.text.dropLast() + Array(",\"entry\":".utf8) + text + [0x7d]
    }

    /// Reads the payload of a delivery whose signature was verified; throws the member at fault.
    public init(payload: [UInt8]) throws(APIError) {
        let reader = try APIObject(
            parsing: payload,
            members: ["ledger", "subscription", "delivery", "index", "attempt", "entry"]
        )
        guard let ledger = Digest(try reader.string("ledger"), as: .url) else {
            throw APIError(at: "ledger", "it is the id of a ledger, 43 characters of base64url")
        }
        guard let subscription = UUIDv7(try reader.string("subscription")) else {
            throw APIError(at: "subscription", "it is a UUID of version 7")
        }
        guard let index = UInt64(exactly: try reader.integer("index")) else {
            throw APIError(at: "index", "it is the index of an entry, from 0")
        }
        guard let attempt = Int(exactly: try reader.integer("attempt")), attempt > 0 else {
            throw APIError(at: "attempt", "it is a number from 1")
        }
        guard let entry = reader.optionalValue("entry"), case .object = entry else {
            throw APIError(at: "entry", "it is an object")
        }
        self.ledger = ledger
        self.subscription = subscription
        self.index = index
        self.attempt = attempt
        self.entry = entry
        guard try reader.string("delivery").hasSameBytes(as: delivery) else {
            throw APIError(at: "delivery", "it is subscription/index")
        }
    }
}
