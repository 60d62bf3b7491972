import Foundation
import Signing

/// The shape of fixtures/vectors/http.json, which scripts/vectors makes without our code.
struct HTTPVectors: Decodable {
    /// A signed text, its payload, and the public key of its signer.
    struct Signed: Decodable {
        struct Key: Decodable {
            let crv, kty, x: String
        }

        let typ, payload, text: String
        let jwk: Key
    }

    let logVkey, logThumbprint: String
    let token, delivery: Signed

    static func load() throws -> HTTPVectors {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../fixtures/vectors/http.json")
        return try JSONDecoder().decode(HTTPVectors.self, from: Data(contentsOf: file))
    }
}

extension HTTPVectors.Signed {
    /// The key that signed.
    func publicKey() throws -> PublicKey {
        try PublicKey(
            jwk: ["crv": .string(jwk.crv), "kty": .string(jwk.kty), "x": .string(jwk.x)]
        )
    }
}
