extension PublicKey {
    /// The key of a JWK with exactly `crv`, `kty`, `x` and, for P-256, `y` (RFC 7517, 7518 §6.2,
    /// 8037 §2).
    ///
    /// A private member is refused like any other that is not expected.
    public init(jwk: JSONValue) throws(KeyError) {
        let algorithm = try JWKMembers.algorithm(of: jwk)
        let names = ["crv", "kty", "x"] + (algorithm == .es256 ? ["y"] : [])
        let members = try JWKMembers(jwk, names: names)
        try self.init(algorithm: algorithm, bytes: Self.bytes(algorithm, of: members))
    }

    /// The key of the JSON text of a JWK.
    public init(parsing text: [UInt8]) throws(KeyError) {
        let value: JSONValue
        do { value = try JSONValue(parsing: text) } catch { throw KeyError(parsing: error) }
        try self.init(jwk: value)
    }

    /// The JWK, its members in bytewise order, so that its text is the input of the thumbprint (RFC
    /// 7638 §3).
    public var jwk: JSONValue { Self.jwk(algorithm, bytes) }

    static func bytes(_ algorithm: KeyAlgorithm, of members: JWKMembers) throws(KeyError) -> [UInt8]
    {
        switch algorithm {
        case .ed25519: return try members.bytes("x")
        case .es256: return try members.bytes("x") + members.bytes("y")
        }
    }

    static func jwk(_ algorithm: KeyAlgorithm, _ bytes: [UInt8]) -> JSONValue {
        switch algorithm {
        case .ed25519:
            ["crv": "Ed25519", "kty": "OKP", "x": .string(Base64.url.encode(bytes))]
        case .es256:
            [
                "crv": "P-256", "kty": "EC",
                "x": .string(Base64.url.encode(bytes.prefix(32))),
                "y": .string(Base64.url.encode(bytes.dropFirst(32))),
            ]
        }
    }
}

extension KeyError {
    init(parsing error: JSONError) {
        self.init(error.reason == .duplicateMember ? .memberDuplicate : .json, json: error)
    }
}

extension PublicKey: Codable {
    private struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Reads the members of a JWK, as strictly as `init(jwk:)`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        var members: [JSONMember] = []
        for name in container.allKeys {
            let text = try container.decode(String.self, forKey: name)
            members.append(JSONMember(name: name.stringValue, value: .string(text)))
        }
        do {
            try self.init(jwk: .object(members))
        } catch {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath,
                    debugDescription: "\(error)",
                    underlyingError: error
                )
            )
        }
    }

    /// Writes the members of the JWK.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        guard case .object(let members) = jwk else { return }
        for member in members {
            guard case .string(let text) = member.value else { continue }
            try container.encode(text, forKey: Name(stringValue: member.name))
        }
    }
}
