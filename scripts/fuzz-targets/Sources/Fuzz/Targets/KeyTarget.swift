internal import Signing

/// A key that is taken has one thumbprint and comes back from its JWK.
enum KeyTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        if let value = try? JSONValue(parsing: input), let key = try? PublicKey(jwk: value) {
            let again = try? PublicKey(jwk: key.jwk)
            expect(again == key, "the JWK of a key is that key")
            expect(again?.thumbprint == key.thumbprint, "one thumbprint for one key")
        }
        for algorithm in [KeyAlgorithm.ed25519, .es256] {
            guard let key = try? PublicKey(algorithm: algorithm, bytes: input) else { continue }
            expect(key.bytes == input, "the bytes of a key are those that were read")
            expect(!key.isValidSignature(input, for: input), "nobody signed this")
        }
    }
}
