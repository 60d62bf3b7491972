/// The three members of a JWS header, read strictly: each exactly once, a string, and nothing
/// beside them.
struct JWSHeader {
    let algorithm: KeyAlgorithm
    let algorithmName: String
    let keyID: Digest
    let type: String

    init(parsing bytes: [UInt8]) throws(JWSError) {
        var algorithm: ArraySlice<UInt8>?
        var keyID: ArraySlice<UInt8>?
        var type: ArraySlice<UInt8>?
        var reader: JSONReader
        do { reader = try JSONReader(bytes) } catch { throw JWSError(json: error) }
        try reader.readObject({ JWSError(json: $0) }) { reader, name throws(JWSError) in
            switch name {
            case "alg": try Self.read(&reader, "alg", into: &algorithm)
            case "kid": try Self.read(&reader, "kid", into: &keyID)
            case "typ": try Self.read(&reader, "typ", into: &type)
            default: throw JWSError(.memberUnknown, member: name.text)
            }
        }
        do { try reader.finish() } catch { throw JWSError(json: error) }
        try self.init(algorithm, keyID, type)
    }

    private static func read(
        _ reader: inout JSONReader,
        _ name: String,
        into value: inout ArraySlice<UInt8>?
    ) throws(JWSError) {
        guard value == nil else { throw JWSError(.memberDuplicate, member: name) }
        do { value = try reader.readBytes() } catch { throw JWSError(json: error) }
    }

    private init(
        _ algorithmName: ArraySlice<UInt8>?,
        _ keyID: ArraySlice<UInt8>?,
        _ type: ArraySlice<UInt8>?
    ) throws(JWSError) {
        guard let algorithmName else { throw JWSError(.memberMissing, member: "alg") }
        guard let keyID else { throw JWSError(.memberMissing, member: "kid") }
        guard let type else { throw JWSError(.memberMissing, member: "typ") }
        guard let algorithm = KeyAlgorithm(named: algorithmName) else {
            throw JWSError(.algorithmUnknown, member: "alg")
        }
        guard let digest = Digest(ascii: keyID, as: .url) else {
            throw JWSError(.keyIDMalformed, member: "kid")
        }
        guard (1...SigningLimits.typeByteCount).contains(type.count),
            type.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
        else { throw JWSError(.typeMalformed, member: "typ") }
        self.algorithm = algorithm
        self.algorithmName = String(decoding: algorithmName, as: UTF8.self)
        self.keyID = digest
        self.type = String(decoding: type, as: UTF8.self)
    }
}

extension KeyAlgorithm {
    /// The algorithm that a value of `alg` names, or nil.
    fileprivate init?(named name: ArraySlice<UInt8>) {
        if name.elementsEqual("Ed25519".utf8) || name.elementsEqual("EdDSA".utf8) {
            self = .ed25519
        } else if name.elementsEqual("ES256".utf8) {
            self = .es256
        } else {
            return nil
        }
    }
}

extension JWSError {
    init(json error: JSONError) {
        self.init(.headerJSON, json: error)
    }
}
