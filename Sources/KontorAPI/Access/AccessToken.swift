public import Signing

/// A login: a JWT that a registered key of use `access` signed, for one ledger and five minutes at
/// most (spec/19 §2).
///
/// The payload is an object of `iss` (the slug of the partner, auditor or operator), `aud` (the id
/// of the ledger, base64url), `iat` and `exp` (whole seconds since 1970), and `jti`, which a POST
/// needs and which serves once.
public struct AccessToken: Sendable, Hashable {
    /// The `typ` of a token.
    public static let type = "kontor-access+jwt"
    /// How long a token may live, in seconds.
    public static let lifetimeSeconds: Int64 = 300
    /// How far two clocks may differ, in seconds.
    public static let skewSeconds: Int64 = 30
    /// The greatest length of a token, in bytes.
    public static let byteLimit = 2_048

    /// The slug of the partner, auditor or operator.
    public let issuer: String
    /// The id of the ledger.
    public let ledger: Digest
    /// When it was made, in seconds since 1970.
    public let issuedAt: Int64
    /// Until when it serves, in seconds since 1970.
    public let expiresAt: Int64
    /// What makes it serve once, 1 to 64 characters, or nil.
    public let identifier: String?

    /// The claims of a token.
    public init(
        issuer: String,
        ledger: Digest,
        issuedAt: Int64,
        expiresAt: Int64,
        identifier: String? = nil
    ) {
        self.issuer = issuer
        self.ledger = ledger
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.identifier = identifier
    }

    /// The token as a compact JWS.
    public func signed(by key: PrivateKey) -> String {
        var members: [JSONMember] = [
            JSONMember(name: "iss", value: .string(issuer)),
            JSONMember(name: "aud", value: .string(ledger.base64URL)),
            JSONMember(name: "iat", value: .integer(issuedAt)),
            JSONMember(name: "exp", value: .integer(expiresAt)),
        ]
        if let identifier { members.append(JSONMember(name: "jti", value: .string(identifier))) }
        let jws = JWS(signing: JSONValue.object(members).text, type: Self.type, with: key)
        return String(decoding: jws.compact, as: UTF8.self)
    }

    /// Reads the claims of a token whose signature is not looked at.
    public init(payload: [UInt8]) throws(APIError) {
        let reader = try APIObject(
            parsing: payload,
            members: ["iss", "aud", "iat", "exp", "jti"]
        )
        issuer = try reader.string("iss")
        guard let ledger = Digest(try reader.string("aud"), as: .url) else {
            throw APIError(at: "aud", "it is the id of a ledger, 43 characters of base64url")
        }
        self.ledger = ledger
        issuedAt = try reader.integer("iat")
        expiresAt = try reader.integer("exp")
        identifier = try reader.optionalString("jti")
        if let identifier, !(1...64).contains(identifier.utf8.count) {
            throw APIError(at: "jti", "it has 1 to 64 characters")
        }
    }

    /// Requires that the token serves at a moment for a ledger, by clocks that differ by at most so
    /// many seconds.
    public func check(
        ledger: Digest,
        now seconds: Int64,
        skew: Int64 = skewSeconds
    ) throws(Problem) {
        guard self.ledger == ledger else {
            throw Problem(.tokenAudience, at: "aud", "this ledger is \(ledger.base64URL)")
        }
        guard issuedAt >= 0, expiresAt >= issuedAt,
            expiresAt - issuedAt <= Self.lifetimeSeconds
        else {
            throw Problem(
                .tokenLifetime,
                at: "exp",
                "it lies 0 to \(Self.lifetimeSeconds) s after iat"
            )
        }
        guard issuedAt <= seconds + skew else {
            throw Problem(.tokenNotYetValid, at: "iat", "it lies in the future")
        }
        guard expiresAt > seconds - skew else {
            throw Problem(.tokenExpired, at: "exp", "it served until \(expiresAt)")
        }
    }
}
