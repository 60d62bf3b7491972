/// The members of a JWK, taken one by one, so that nothing is overlooked (RFC 7517; spec/03 §2).
struct JWKMembers {
    private let members: [JSONMember]

    /// The members of an object, each of which must be one of the names and a string, once.
    init(_ value: JSONValue, names: [String]) throws(KeyError) {
        guard case .object(let members) = value else { throw KeyError(.notAnObject) }
        self.members = members
        for (index, member) in members.enumerated() {
            guard names.contains(where: { $0.hasSameBytes(as: member.name) }) else {
                throw KeyError(.memberUnknown, member: member.name)
            }
            for earlier in members[..<index] where earlier.name.hasSameBytes(as: member.name) {
                throw KeyError(.memberDuplicate, member: member.name)
            }
            guard case .string = member.value else {
                throw KeyError(.memberType, member: member.name)
            }
        }
    }

    /// The string of a member.
    func string(_ name: String) throws(KeyError) -> String {
        for member in members where member.name.hasSameBytes(as: name) {
            if case .string(let text) = member.value { return text }
        }
        throw KeyError(.memberMissing, member: name)
    }

    /// The 32 bytes of a member in canonical base64url.
    func bytes(_ name: String) throws(KeyError) -> [UInt8] {
        guard let bytes = Base64.url.decode(try string(name)) else {
            throw KeyError(.memberBase64, member: name)
        }
        guard bytes.count == 32 else { throw KeyError(.byteCount, member: name) }
        return bytes
    }

    /// The algorithm that `kty` and `crv` name together.
    static func algorithm(of value: JSONValue) throws(KeyError) -> KeyAlgorithm {
        guard case .object = value else { throw KeyError(.notAnObject) }
        func text(_ name: String) throws(KeyError) -> [UInt8] {
            guard let member = value[name] else { throw KeyError(.memberMissing, member: name) }
            guard case .string(let text) = member else { throw KeyError(.memberType, member: name) }
            return Array(text.utf8)
        }
        let type = try text("kty")
        let isOctetPair = type.elementsEqual("OKP".utf8)
        guard isOctetPair || type.elementsEqual("EC".utf8) else {
            throw KeyError(.keyType, member: "kty")
        }
        let curve = try text("crv")
        if isOctetPair && curve.elementsEqual("Ed25519".utf8) { return .ed25519 }
        if !isOctetPair && curve.elementsEqual("P-256".utf8) { return .es256 }
        throw KeyError(.curve, member: "crv")
    }
}
