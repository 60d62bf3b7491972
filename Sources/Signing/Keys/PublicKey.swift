internal import Crypto

/// A public key that a ledger may register, checked once and kept ready for many verifications.
///
/// Two keys are equal when algorithm and bytes are. An Ed25519 key is canonical, on the curve and
/// not of small order; an ES256 key is a point of P-256 (spec/03 §3).
public struct PublicKey: Sendable {
    /// The algorithm that the key verifies.
    public let algorithm: KeyAlgorithm
    /// Ed25519: the 32 bytes of RFC 8032.
    ///
    /// ES256: x‖y, 32 bytes each, big-endian.
    public let bytes: [UInt8]
    /// The SHA-256 thumbprint of RFC 7638, which `kid` names.
    public let thumbprint: Digest
    private let verifier: Verifier

    private enum Verifier: Sendable {
        case ed25519(Curve25519.Signing.PublicKey)
        case es256(P256.Signing.PublicKey)
    }

    /// A key of its bytes: 32 for Ed25519, 64 (x‖y) for ES256.
    public init(algorithm: KeyAlgorithm, bytes: [UInt8]) throws(KeyError) {
        guard bytes.count == algorithm.publicByteCount else { throw KeyError(.byteCount) }
        switch algorithm {
        case .ed25519:
            if let fault = Edwards25519.fault(in: bytes) { throw KeyError(fault, member: "x") }
            do {
                verifier = .ed25519(try Curve25519.Signing.PublicKey(rawRepresentation: bytes))
            } catch {
                throw KeyError(.notOnCurve, member: "x")
            }
        case .es256:
            do {
                verifier = .es256(try P256.Signing.PublicKey(rawRepresentation: bytes))
            } catch {
                throw KeyError(.notOnCurve)
            }
        }
        self.algorithm = algorithm
        self.bytes = bytes
        thumbprint = DigestBuilder.digest(Self.jwk(algorithm, bytes).text)
    }

    /// Whether a signature of 64 bytes fits a message.
    ///
    /// Complexity: O(n).
    ///
    /// Ed25519 is cofactorless, compares R bytewise and requires S < L. ES256 takes r‖s with either
    /// half of s.
    public func isValidSignature(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        isValidSignature(signature, for: message[...])
    }

    /// Whether a signature of 64 bytes fits a part of a text.
    func isValidSignature(_ signature: [UInt8], for message: ArraySlice<UInt8>) -> Bool {
        guard signature.count == KeyAlgorithm.signatureByteCount else { return false }
        switch verifier {
        case .ed25519(let key):
            return key.isValidSignature(signature, for: message)
        case .es256(let key):
            guard let parsed = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else {
                return false
            }
            return key.isValidSignature(parsed, for: message)
        }
    }
}

extension PublicKey: Hashable {
    /// Whether algorithm and bytes are equal.
    public static func == (left: PublicKey, right: PublicKey) -> Bool {
        left.algorithm == right.algorithm && left.bytes == right.bytes
    }

    /// Feeds the thumbprint to a hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(thumbprint)
    }
}
