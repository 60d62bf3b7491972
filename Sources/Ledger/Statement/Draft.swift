public import Signing

/// A payload before it is signed: the members that every payload has, and those of its kind.
///
/// It checks nothing; the ledger does. Programs that have no other JSON at hand make submissions
/// with it.
public struct Draft: Sendable {
    /// The ledger, or the origin of a genesis.
    public var place: PossessionProof.Place
    /// The kind.
    public var kind: Kind
    /// The signer's slug.
    public var signer: String
    /// The id, new for every submission.
    public var id: UUIDv7
    /// The members of the kind, in the order in which they are written.
    public var members: [JSONMember]

    /// A draft.
    public init(
        _ kind: Kind,
        in place: PossessionProof.Place,
        by signer: String,
        id: UUIDv7,
        _ members: JSONValue
    ) {
        self.place = place
        self.kind = kind
        self.signer = signer
        self.id = id
        if case .object(let list) = members { self.members = list } else { self.members = [] }
    }

    /// The payload bytes.
    public var payload: [UInt8] {
        let place =
            switch place {
            case .ledger(let ledger): JSONMember(name: "ledger", value: .string(ledger.base64URL))
            case .origin(let origin): JSONMember(name: "origin", value: .string(origin))
            }
        let common = [
            place,
            JSONMember(name: "kind", value: .string(kind.rawValue)),
            JSONMember(name: "partner", value: .string(signer)),
            JSONMember(name: "id", value: .string(id.description)),
        ]
        return JSONValue.object(common + members).text
    }

    /// The compact JWS by a key.
    public func signed(by key: PrivateKey) -> [UInt8] {
        JWS(signing: payload, type: JWS.entryType, with: key).compact
    }

    /// A key as an entry offers it: its use, its public members, and the proof that its bearer made
    /// this draft.
    public func offer(_ key: PrivateKey, use: KeyUse, owner: String) -> JSONValue {
        let proof = PossessionProof.make(with: key, ledger: place, partner: owner, id: id)
        return [
            "use": .string(use.rawValue), "key": key.publicKey.jwk,
            "proof": .string(String(decoding: proof, as: UTF8.self)),
        ]
    }
}
