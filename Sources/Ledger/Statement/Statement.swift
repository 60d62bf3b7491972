public import Signing

/// What a signed payload says: the members that every payload has, and the body of its kind
/// (spec/08, spec/11).
///
/// It is shared, not copied, on its way through a ledger.
public final class Statement: Sendable {
    /// The ledger it is for.
    public let place: PossessionProof.Place
    /// The kind of entry.
    public let kind: Kind
    /// The signer: the slug of a partner, an operator or an auditor.
    public let signer: String
    /// The id, unique per signer.
    public let id: UUIDv7
    /// The members that only this kind has.
    public let body: Body

    /// Keys that it brings along, so that an entry signed by one of them can be verified.
    public var offeredKeys: [OfferedKey] {
        kind == .transfers ? [] : body.offeredKeys
    }

    /// Reads a payload.
    ///
    /// Complexity: O(n).
    public convenience init(payload: [UInt8]) throws(Fault) {
        if let read = try TransfersReader.read(payload) {
            self.init(
                place: read.place,
                kind: .transfers,
                signer: read.signer,
                id: read.id,
                body: .transfers(read.transfers)
            )
            return
        }
        let value: JSONValue
        do { value = try JSONValue(parsing: payload) } catch { throw Fault(error) }
        var members = try Members(value)
        try self.init(members: &members)
        try members.finish()
    }

    init(place: PossessionProof.Place, kind: Kind, signer: String, id: UUIDv7, body: Body) {
        self.place = place
        self.kind = kind
        self.signer = signer
        self.id = id
        self.body = body
    }

    private init(members: inout Members) throws(Fault) {
        let name = try members.required("kind", Read.string)
        guard let kind = Kind(rawValue: name) else {
            throw Fault(.unknownKind, at: "kind", "no rule set has a kind \(name.prefix(64))")
        }
        self.kind = kind
        place = try Self.place(of: kind, &members)
        signer = try members.required("partner", Read.slug)
        id = try members.required("id") { (value) throws(Fault) in
            guard let id = UUIDv7(try Read.string(value)) else {
                throw Fault(.invalidValue, "an id is a lower-case UUID of version 7")
            }
            return id
        }
        body = try Body(kind: kind, members: &members)
    }

    private static func place(
        of kind: Kind,
        _ members: inout Members
    ) throws(Fault) -> PossessionProof.Place {
        if kind == .genesis {
            return .origin(try members.required("origin", Read.origin))
        }
        return .ledger(try members.required("ledger", Read.digest))
    }
}

extension Read {
    /// The name of a log: a schemeless URL without spaces and plus signs, 1 to 255 bytes (spec/04
    /// §1).
    static func origin(_ value: JSONValue) throws(Fault) -> String {
        let text = try string(value)
        guard (1...255).contains(text.utf8.count),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != 0x2b })
        else {
            throw Fault(.invalidValue, "an origin is 1 to 255 visible ASCII characters without +")
        }
        return text
    }
}

extension Fault {
    /// The fault of a text that is not strict JSON.
    init(_ error: JSONError) {
        switch error.reason {
        case .duplicateMember:
            self.init(.duplicateMember, at: "byte \(error.offset)", "a member occurs twice")
        case .notAnObject, .notAnArray, .notAString, .notAnInteger, .notABoolean:
            self.init(
                .wrongType,
                detail: error.reason.rawValue,
                at: "byte \(error.offset)",
                "another type is due here"
            )
        case .notAnIdentifier:
            self.init(
                .invalidValue,
                at: "byte \(error.offset)",
                "a 128-bit identifier is 22 characters of base64url"
            )
        default:
            self.init(
                .malformedJSON,
                detail: error.reason.rawValue,
                at: "byte \(error.offset)",
                "the payload is not strict I-JSON"
            )
        }
    }
}
