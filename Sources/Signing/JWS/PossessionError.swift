/// Why a text does not prove the possession of a key (spec/03 §6).
public enum PossessionError: Error, Hashable, Sendable {
    /// The text is no JWS by that key with `typ` `kontor-pop+jws`.
    case jws(JWSError)
    /// The payload is not one strict JSON object.
    case payload(JSONError)
    /// A member that a proof does not have.
    case memberUnknown(String)
    /// A member is absent.
    case memberMissing(String)
    /// A member is not the string that is due here: it was made for another ledger, partner, key or
    /// submission.
    case memberMismatch(String)

    /// The stable code of spec/03 §6.
    public var code: String {
        switch self {
        case .jws(let error): error.code.rawValue
        case .payload: "payloadJSON"
        case .memberUnknown: "memberUnknown"
        case .memberMissing: "memberMissing"
        case .memberMismatch: "memberMismatch"
        }
    }
}

extension PossessionError: CustomStringConvertible {
    /// Place, reason and way out in one line.
    public var description: String {
        switch self {
        case .jws(let error):
            "proof of possession: \(error)"
        case .payload(let error):
            "proof of possession, payload: \(error.reason.rawValue) at byte \(error.offset): "
                + "give one JSON object"
        case .memberUnknown(let name):
            "proof of possession, member \"\(name)\": \(code): leave it out"
        case .memberMissing(let name):
            "proof of possession, member \"\(name)\": \(code): add it"
        case .memberMismatch(let name):
            "proof of possession, member \"\(name)\": \(code): make a proof for this submission"
        }
    }
}
