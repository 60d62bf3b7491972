/// A proof that someone holds a private key: a JWS by that key over {ledger, partner, key, id}
/// (spec/03 §6).
///
/// It names the ledger, the partner and the submission that it was made for, so it proves nothing
/// elsewhere.
public enum PossessionProof {
    /// Which ledger a proof is made for.
    public enum Place: Hashable, Sendable {
        /// A ledger whose genesis is written, by the leaf hash of that; member `ledger`.
        case ledger(Digest)
        /// A ledger that this very submission founds, by its name; member `origin`.
        case origin(String)

        var member: JSONMember {
            switch self {
            case .ledger(let digest): JSONMember(name: "ledger", value: .string(digest.base64URL))
            case .origin(let name): JSONMember(name: "origin", value: .string(name))
            }
        }
    }

    /// The compact text of a proof by a key, for a partner and the id of the submission that
    /// carries it.
    public static func make(
        with key: PrivateKey,
        ledger place: Place,
        partner: String,
        id: UUIDv7
    ) -> [UInt8] {
        let value = JSONValue.object([
            place.member,
            JSONMember(name: "partner", value: .string(partner)),
            JSONMember(name: "key", value: .string(key.publicKey.thumbprint.base64URL)),
            JSONMember(name: "id", value: .string(id.description)),
        ])
        return JWS(signing: value.text, type: JWS.possessionType, with: key).compact
    }

    /// Requires that a compact text is a proof by this key for this ledger, partner and submission.
    ///
    /// Complexity: O(n), dominated by the signature.
    public static func check(
        _ text: [UInt8],
        key: PublicKey,
        ledger place: Place,
        partner: String,
        id: UUIDv7
    ) throws(PossessionError) {
        let jws: JWS
        do {
            jws = try JWS(parsing: text, type: JWS.possessionType)
            try jws.verify(with: key)
        } catch {
            throw .jws(error)
        }
        let expected = [
            place.member,
            JSONMember(name: "partner", value: .string(partner)),
            JSONMember(name: "key", value: .string(key.thumbprint.base64URL)),
            JSONMember(name: "id", value: .string(id.description)),
        ]
        try compare(jws.payload, with: expected)
    }

    private static func compare(
        _ payload: [UInt8],
        with expected: [JSONMember]
    ) throws(PossessionError) {
        let value: JSONValue
        do { value = try JSONValue(parsing: payload) } catch { throw .payload(error) }
        guard case .object(let members) = value else {
            throw .payload(JSONError(.notAnObject, at: 0))
        }
        for member in members
        where !expected.contains(where: { $0.name.hasSameBytes(as: member.name) }) {
            throw .memberUnknown(member.name)
        }
        for member in expected {
            guard let given = value[member.name] else { throw .memberMissing(member.name) }
            guard given == member.value else { throw .memberMismatch(member.name) }
        }
    }
}
