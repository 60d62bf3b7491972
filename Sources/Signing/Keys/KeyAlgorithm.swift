/// The two signature algorithms of a ledger, named as JOSE names them (spec/03 §1).
public enum KeyAlgorithm: String, Sendable, Codable, CaseIterable {
    /// Ed25519 of RFC 8032, verified strictly; `Ed25519` of RFC 9864, also written `EdDSA` (RFC
    /// 8037).
    case ed25519 = "Ed25519"
    /// ECDSA on P-256 with SHA-256, `ES256` of RFC 7518 §3.4.
    case es256 = "ES256"

    /// The number of bytes of a signature under either algorithm.
    public static let signatureByteCount = 64
    /// The number of bytes of an Ed25519 seed or of a P-256 scalar.
    public static let seedByteCount = 32

    /// The number of bytes of a public key: 32 for Ed25519, 64 (x‖y) for ES256.
    public var publicByteCount: Int {
        switch self {
        case .ed25519: 32
        case .es256: 64
        }
    }
}
