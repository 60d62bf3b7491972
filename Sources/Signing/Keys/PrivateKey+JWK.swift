extension PrivateKey {
    /// The key of a JWK with exactly `crv`, `d`, `kty`, `x` and, for P-256, `y`; x and y must
    /// belong to d.
    public init(jwk: JSONValue) throws(KeyError) {
        let algorithm = try JWKMembers.algorithm(of: jwk)
        let names = ["crv", "d", "kty", "x"] + (algorithm == .es256 ? ["y"] : [])
        let members = try JWKMembers(jwk, names: names)
        let publicBytes = try PublicKey.bytes(algorithm, of: members)
        try self.init(algorithm: algorithm, seed: members.bytes("d"))
        guard publicKey.bytes == publicBytes else { throw KeyError(.publicMismatch, member: "x") }
    }

    /// The key of the JSON text of a private JWK, as `text` writes it.
    public init(parsing text: [UInt8]) throws(KeyError) {
        let value: JSONValue
        do { value = try JSONValue(parsing: text) } catch { throw KeyError(parsing: error) }
        try self.init(jwk: value)
    }

    /// The JWK with `d`, its members in bytewise order.
    ///
    /// It is the secret itself.
    public var jwk: JSONValue {
        guard case .object(var members) = publicKey.jwk else { return .null }
        members.insert(JSONMember(name: "d", value: .string(Base64.url.encode(seed))), at: 1)
        return .object(members)
    }
}
