/// The three members of a JWS header, read strictly: each exactly once, a string, and nothing
/// beside them.
struct JWSHeader {
    private(set) var algorithmName = ""
    private(set) var keyID = Digest.zero
    private(set) var type = ""

    init(parsing bytes: [UInt8]) throws(JWSError) {
        var algorithm: String?
        var keyID: String?
        var type: String?
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
        try check(algorithm, keyID, type)
    }

    private static func read(
        _ reader: inout JSONReader,
        _ name: String,
        into value: inout String?
    ) throws(JWSError) {
        guard value == nil else { throw JWSError(.memberDuplicate, member: name) }
        do { value = try reader.readString() } catch { throw JWSError(json: error) }
    }

    private mutating func check(
        _ algorithm: String?,
        _ keyID: String?,
        _ type: String?
    ) throws(JWSError) {
        guard let algorithm else { throw JWSError(.memberMissing, member: "alg") }
        guard let keyID else { throw JWSError(.memberMissing, member: "kid") }
        guard let type else { throw JWSError(.memberMissing, member: "typ") }
        guard JWS.algorithm(named: algorithm) != nil else {
            throw JWSError(.algorithmUnknown, member: "alg")
        }
        guard let digest = Digest(keyID, as: .url) else {
            throw JWSError(.keyIDMalformed, member: "kid")
        }
        guard (1...SigningLimits.typeByteCount).contains(type.utf8.count),
            type.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
        else { throw JWSError(.typeMalformed, member: "typ") }
        self.algorithmName = algorithm
        self.keyID = digest
        self.type = type
    }
}

extension JWSError {
    init(json error: JSONError) {
        self.init(.headerJSON, json: error)
    }
}
