/// Why a text is not a JWS of a ledger, or does not carry the signature that it should.
public struct JWSError: Error, Hashable, Sendable {
    /// What is wrong; the raw value is the stable code of spec/03 §5, listed here in the order of
    /// the checks.
    public enum Code: String, Sendable, CaseIterable {
        /// Longer than 65,535 bytes.
        case tooLong
        /// Not three parts between exactly two dots.
        case partCount
        /// The header is not canonical base64url.
        case headerBase64
        /// The payload is not canonical base64url.
        case payloadBase64
        /// The signature is not canonical base64url.
        case signatureBase64
        /// The header is not strict JSON, not an object, or a member is not a string.
        case headerJSON
        /// A member other than `alg`, `kid`, `typ`.
        case memberUnknown
        /// A member of the header that occurs twice, after unescaping.
        case memberDuplicate
        /// One of `alg`, `kid`, `typ` is absent.
        case memberMissing
        /// `alg` is not one of `Ed25519`, `EdDSA`, `ES256`.
        case algorithmUnknown
        /// `kid` is not 43 characters of canonical base64url.
        case keyIDMalformed
        /// `typ` is not 1 to 64 visible ASCII characters.
        case typeMalformed
        /// The signature has not 64 bytes.
        case signatureLength
        /// `typ` is not the one that is due here.
        case typeMismatch
        /// `alg` does not fit the key.
        case algorithmMismatch
        /// `kid` is not the thumbprint of the key.
        case keyIDMismatch
        /// The signature does not fit text and key.
        case signatureInvalid
    }

    /// What is wrong.
    public let code: Code
    /// The member of the header that is at fault, or an empty string.
    public let member: String
    /// The fault in the header's JSON, where the code is `headerJSON`.
    public let json: JSONError?

    /// A fault, in a member of the header where there is one.
    public init(_ code: Code, member: String = "", json: JSONError? = nil) {
        self.code = code
        self.member = member
        self.json = json
    }
}

extension JWSError: CustomStringConvertible {
    /// Place, reason and way out in one line.
    public var description: String {
        let place = member.isEmpty ? "JWS" : "JWS header, member \"\(member)\""
        let detail = json.map { " (\($0.reason.rawValue) at byte \($0.offset))" } ?? ""
        return "\(place): \(code.rawValue)\(detail): \(code.advice)"
    }
}

extension JWSError.Code {
    /// What to do about the fault.
    var advice: String {
        switch self {
        case .tooLong: "sign fewer items at once; a JWS has at most 65535 bytes"
        case .partCount: "send the compact form, header.payload.signature"
        case .headerBase64, .payloadBase64, .signatureBase64:
            "encode with base64url, unpadded, no white space, last bits zero"
        case .headerJSON: "write the header as one JSON object of strings"
        case .memberUnknown, .memberDuplicate, .memberMissing:
            "give exactly alg, kid and typ in the protected header"
        case .algorithmUnknown: "use Ed25519, EdDSA (with an Ed25519 key) or ES256"
        case .keyIDMalformed: "give the RFC 7638 thumbprint of the key, 43 characters"
        case .typeMalformed, .typeMismatch: "give the typ that belongs to this use"
        case .signatureLength: "give the raw 64 bytes, R and S or r and s, not DER"
        case .algorithmMismatch: "name the algorithm of the key that kid names"
        case .keyIDMismatch: "name the key that signed"
        case .signatureInvalid: "sign exactly the bytes that are sent, with the key that kid names"
        }
    }
}
