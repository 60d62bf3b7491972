import Foundation
import Signing

/// The shape of fixtures/vectors/keys.json.
struct KeyVectors: Decodable {
    struct JWKCase: Decodable {
        var name: String
        var jwk: [String: String]
        var thumbprint: String
    }

    struct InvalidJWKCase: Decodable {
        var name: String
        var text: String
        var `private`: Bool
        var code: String
        var member: String
    }

    struct PointCase: Decodable {
        var name: String
        var algorithm: KeyAlgorithm
        var hex: String
        var code: String?
    }

    struct SignatureCase: Decodable {
        var name: String
        var algorithm: KeyAlgorithm
        var `public`: String
        var message: String
        var signature: String
        var flags: [String]
        var accepted: Bool
    }

    var jwks: [JWKCase]
    var invalidJWKs: [InvalidJWKCase]
    var points: [PointCase]
    var signatures: [SignatureCase]
}

/// The JSON of string members, in the order of their names.
func jwkValue(_ members: [String: String]) -> JSONValue {
    .object(
        members.keys.sorted().map { JSONMember(name: $0, value: .string(members[$0] ?? "")) }
    )
}
