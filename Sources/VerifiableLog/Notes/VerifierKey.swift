public import Signing

/// A public key for notes with its name: `name+hex8(key id)+base64(type ‖ public key)` (spec/06
/// §2).
///
/// The key id is the first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key), big-endian.
public struct VerifierKey: Hashable, Sendable {
    /// What a key is for, with its public part.
    public enum Kind: Hashable, Sendable {
        /// Type 0x01: Ed25519 over the text of the note.
        case signature(PublicKey)
        /// Type 0x04: Ed25519 cosignature with a time.
        case cosignature(PublicKey)
        /// Type 0x06: ML-DSA-44 cosignature with a time, 1,312 bytes; recognised, but never
        /// verified here.
        case cosignatureMLDSA44([UInt8])
    }

    /// The name, for a log its origin.
    public let name: String
    /// What the key is for.
    public let kind: Kind
    /// The first four bytes of the key's hash, big-endian.
    public let keyID: UInt32

    /// A key with a name.
    ///
    /// Throws `keyMalformed` for a name with white space or `+`, `keyUnsupported` for another
    /// algorithm.
    public init(name: String, kind: Kind) throws(LogError) {
        guard KeyName.isValid(name) else {
            throw Self.malformed(name, "a name is not empty and has neither white space nor +")
        }
        switch kind {
        case .signature(let key), .cosignature(let key):
            guard key.algorithm == .ed25519 else {
                throw LogError(.keyUnsupported, at: "key \(name)", "a note key is Ed25519")
            }
        case .cosignatureMLDSA44(let bytes):
            guard bytes.count == 1_312 else {
                throw Self.malformed(name, "an ML-DSA-44 key has 1312 bytes")
            }
        }
        self.name = name
        self.kind = kind
        var builder = DigestBuilder()
        builder.update(Array(name.utf8) + [0x0a, kind.typeByte])
        builder.update(kind.keyBytes)
        keyID = builder.finalize().bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Parses a key text; base64 may hold `+`, so the text is split at the first two.
    ///
    /// Throws `keyMalformed`, or `keyUnsupported` for a type other than 0x01, 0x04 and 0x06.
    public init(parsing text: String) throws(LogError) {
        let (name, id, data) = try KeyText.split(Array(text.utf8)[...], at: "verifier key")
        guard let type = data.first else { throw Self.malformed(name, "its type is missing") }
        let bytes = Array(data.dropFirst())
        try self.init(name: name, kind: try Self.kind(type, bytes, name))
        guard keyID == id else {
            throw Self.malformed(name, "the key id is not that of name and key")
        }
    }

    /// The key text.
    public var text: String {
        let data = Base64.standard.encode([kind.typeByte] + kind.keyBytes)
        return "\(name)+\(HexText.format(keyID))+\(data)"
    }

    private static func kind(
        _ type: UInt8,
        _ bytes: [UInt8],
        _ name: String
    ) throws(LogError) -> Kind {
        guard [0x01, 0x04, 0x06].contains(type) else {
            throw LogError(
                .keyUnsupported,
                at: "key \(name)",
                "type \(type); types 1, 4 and 6 are known here"
            )
        }
        guard type != 0x06 else { return .cosignatureMLDSA44(bytes) }
        do {
            let key = try PublicKey(algorithm: .ed25519, bytes: bytes)
            return type == 0x01 ? .signature(key) : .cosignature(key)
        } catch {
            throw malformed(name, "its bytes are no Ed25519 key (\(error.code.rawValue))")
        }
    }

    private static func malformed(_ name: String, _ reason: String) -> LogError {
        LogError(.keyMalformed, at: "key \(name)", reason)
    }
}

extension VerifierKey.Kind {
    /// The type byte of the signed-note specification.
    public var typeByte: UInt8 {
        switch self {
        case .signature: 0x01
        case .cosignature: 0x04
        case .cosignatureMLDSA44: 0x06
        }
    }

    /// The bytes of the public key.
    public var keyBytes: [UInt8] {
        switch self {
        case .signature(let key), .cosignature(let key): key.bytes
        case .cosignatureMLDSA44(let bytes): bytes
        }
    }
}

extension VerifierKey: CustomStringConvertible {
    /// The key text.
    public var description: String { text }
}
