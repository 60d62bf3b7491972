internal import Crypto

/// A private key with its public part.
///
/// Printed, dumped or interpolated it shows its thumbprint alone, so that no secret reaches a log
/// by accident.
public struct PrivateKey: Sendable {
    /// The public part.
    public let publicKey: PublicKey
    /// The 32 secret bytes: the seed of RFC 8032, or the P-256 scalar, big-endian.
    public let seed: [UInt8]
    private let signer: Signer

    private enum Signer: Sendable {
        case ed25519(Curve25519.Signing.PrivateKey)
        case es256(P256.Signing.PrivateKey)

        var publicBytes: [UInt8] {
            switch self {
            case .ed25519(let key): Array(key.publicKey.rawRepresentation)
            case .es256(let key): Array(key.publicKey.rawRepresentation)
            }
        }
    }

    /// A new key from the random numbers of the system.
    public static func generate(_ algorithm: KeyAlgorithm) -> PrivateKey {
        var random = SystemRandomNumberGenerator()
        while true {
            var seed: [UInt8] = []
            for _ in 0..<4 {
                let word = random.next()
                for shift in 0..<8 {
                    seed.append(UInt8(truncatingIfNeeded: word >> UInt64(8 * shift)))
                }
            }
            // One seed in 2^32 is no scalar of P-256; the next one is taken then.
            if let key = try? PrivateKey(algorithm: algorithm, seed: seed) { return key }
        }
    }

    /// The key of 32 secret bytes: an Ed25519 seed, or a P-256 scalar from 1 to the group order
    /// less 1.
    public init(algorithm: KeyAlgorithm, seed: [UInt8]) throws(KeyError) {
        guard seed.count == KeyAlgorithm.seedByteCount else {
            throw KeyError(.byteCount, member: "d")
        }
        if algorithm == .es256 {
            guard seed.contains(where: { $0 != 0 }), seed.lexicographicallyPrecedes(Self.orderP256)
            else { throw KeyError(.scalarRange, member: "d") }
        }
        do {
            signer =
                switch algorithm {
                case .ed25519: .ed25519(try Curve25519.Signing.PrivateKey(rawRepresentation: seed))
                case .es256: .es256(try P256.Signing.PrivateKey(rawRepresentation: seed))
                }
        } catch {
            throw KeyError(.scalarRange, member: "d")
        }
        self.seed = seed
        publicKey = try PublicKey(algorithm: algorithm, bytes: signer.publicBytes)
    }

    /// The signature of a message, 64 bytes.
    ///
    /// Complexity: O(n).
    ///
    /// Ed25519 always gives the same bytes; ES256 takes a random nonce, so its bytes differ from
    /// call to call.
    public func signature(for message: [UInt8]) -> [UInt8] {
        do {
            switch signer {
            case .ed25519(let key): return Array(try key.signature(for: message))
            case .es256(let key): return Array(try key.signature(for: message).rawRepresentation)
            }
        } catch {
            // BoringSSL fails here only when it can get neither memory nor random numbers.
            Invariant.failed("signing with a checked key failed: \(error)")
        }
    }

    /// The order of the group of P-256 (FIPS 186-5, SP 800-186 §3.2.1.3), big-endian.
    private static let orderP256: [UInt8] = [
        0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff,
        0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25,
        0x51,
    ]
}

extension PrivateKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Which key it is, by its thumbprint.
    public var description: String { "private key of \(publicKey.thumbprint)" }
    /// Which key it is, by its thumbprint.
    public var debugDescription: String { description }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
