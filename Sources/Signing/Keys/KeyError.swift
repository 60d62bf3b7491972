/// Why some bytes or a JWK are not a key of a ledger, and where the fault lies.
public struct KeyError: Error, Hashable, Sendable {
    /// What is wrong; the raw value is the stable code of spec/03 §2.
    public enum Code: String, Sendable, CaseIterable {
        /// The text is not strict JSON.
        case json
        /// The value is not an object.
        case notAnObject
        /// A member is absent.
        case memberMissing
        /// A member stands that this type of key does not have.
        case memberUnknown
        /// A member occurs twice.
        case memberDuplicate
        /// A member is not a string.
        case memberType
        /// A member is not canonical base64url.
        case memberBase64
        /// `kty` is neither `OKP` nor `EC`.
        case keyType
        /// `crv` is neither `Ed25519` (with `OKP`) nor `P-256` (with `EC`).
        case curve
        /// A wrong number of bytes.
        case byteCount
        /// An Ed25519 point in a spelling that RFC 8032 §5.1.3 does not decode: y ≥ p, or −0 for x.
        case notCanonical
        /// Coordinates that are no point of the curve, or a P-256 coordinate ≥ p.
        case notOnCurve
        /// An Ed25519 point of order 1, 2, 4 or 8, under which one signature fits many messages.
        case smallOrder
        /// A P-256 scalar that is 0 or not below the order of the group.
        case scalarRange
        /// The public members are not those of the private one.
        case publicMismatch
    }

    /// What is wrong.
    public let code: Code
    /// The member of the JWK that is at fault, or an empty string.
    public let member: String
    /// The fault in the JSON text, where the code is `json`.
    public let json: JSONError?

    /// A fault, in a member where there is one.
    public init(_ code: Code, member: String = "", json: JSONError? = nil) {
        self.code = code
        self.member = member
        self.json = json
    }
}

extension KeyError: CustomStringConvertible {
    /// Place, reason and way out in one line.
    public var description: String {
        let place = member.isEmpty ? "key" : "key, member \"\(member)\""
        let detail = json.map { " (\($0.reason.rawValue) at byte \($0.offset))" } ?? ""
        return "\(place): \(code.rawValue)\(detail): \(code.advice)"
    }
}

extension KeyError.Code {
    /// What to do about the fault.
    var advice: String {
        switch self {
        case .json, .notAnObject: "give one JSON object with the members of a JWK"
        case .memberMissing, .memberUnknown, .memberDuplicate:
            "give exactly crv, kty, x (and y for P-256), with d for a private key"
        case .memberType, .memberBase64: "give a string of unpadded canonical base64url"
        case .keyType, .curve: "use OKP with Ed25519, or EC with P-256"
        case .byteCount: "give 32 bytes for each of x, y and d"
        case .notCanonical, .notOnCurve, .smallOrder: "make a new key with a sound library"
        case .scalarRange: "make a new key; d lies between 1 and the group order less 1"
        case .publicMismatch: "take x and y from the key that d belongs to"
        }
    }
}
