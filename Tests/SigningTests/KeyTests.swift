import Foundation
import Signing
import Testing

@Suite struct KeyTests {
    @Test func keysAreReadAndWritten() throws {
        let vectors: KeyVectors = try Vectors.load("keys")
        for vector in vectors.jwks {
            let value = jwkValue(vector.jwk)
            let key = try PrivateKey(jwk: value)
            #expect(key.jwk == value, "\(vector.name)")
            #expect(try PrivateKey(parsing: key.jwk.text).seed == key.seed)
            #expect(key.publicKey.thumbprint.base64URL == vector.thumbprint, "\(vector.name)")
            let publicValue = jwkValue(vector.jwk.filter { $0.key != "d" })
            let publicKey = try PublicKey(jwk: publicValue)
            #expect(publicKey == key.publicKey && publicKey.jwk == publicValue)
            #expect(try PublicKey(parsing: publicValue.text) == publicKey)
            #expect(DigestBuilder.digest(publicKey.jwk.text) == publicKey.thumbprint)
        }
    }

    private func fault(_ vector: KeyVectors.InvalidJWKCase) -> KeyError? {
        let text = Array(vector.text.utf8)
        do {
            if vector.private {
                _ = try PrivateKey(parsing: text)
            } else {
                _ = try PublicKey(parsing: text)
            }
            return nil
        } catch {
            return error
        }
    }

    @Test func invalidKeysAreRefused() throws {
        let vectors: KeyVectors = try Vectors.load("keys")
        for vector in vectors.invalidJWKs {
            let found = fault(vector)
            #expect(found?.code.rawValue == vector.code, "\(vector.name)")
            #expect(found?.member == vector.member, "\(vector.name)")
        }
    }

    @Test func pointsAreTakenOrRefused() throws {
        let vectors: KeyVectors = try Vectors.load("keys")
        for vector in vectors.points {
            var found: KeyError?
            do {
                let key = try PublicKey(
                    algorithm: vector.algorithm,
                    bytes: Vectors.bytes(vector.hex)
                )
                #expect(key.bytes == Vectors.bytes(vector.hex))
            } catch {
                found = error
            }
            #expect(found?.code.rawValue == vector.code, "\(vector.name)")
        }
    }

    @Test func everyCodeOccurs() throws {
        let vectors: KeyVectors = try Vectors.load("keys")
        let codes = Set(vectors.invalidJWKs.map(\.code) + vectors.points.compactMap(\.code))
        #expect(codes == Set(KeyError.Code.allCases.map(\.rawValue)))
        for code in KeyError.Code.allCases {
            #expect("\(KeyError(code, member: "x"))".contains("\"x\": \(code.rawValue): "))
        }
    }

    @Test func signaturesAreJudgedStrictly() throws {
        let vectors: KeyVectors = try Vectors.load("keys")
        for vector in vectors.signatures {
            let key = try? PublicKey(
                algorithm: vector.algorithm,
                bytes: Vectors.bytes(vector.public)
            )
            let accepted = key?.isValidSignature(
                Vectors.bytes(vector.signature),
                for: Vectors.bytes(vector.message)
            )
            #expect((accepted ?? false) == vector.accepted, "\(vector.name)")
        }
        let flags = Set(vectors.signatures.flatMap(\.flags))
        #expect(
            flags == [
                "low_order_A", "low_order_R", "low_order_component_A", "low_order_component_R",
                "non_canonical_A", "non_canonical_R", "low_order_residue", "reencoded_k",
                "S_not_reduced",
            ]
        )
    }

    @Test(arguments: KeyAlgorithm.allCases)
    func newKeysSign(algorithm: KeyAlgorithm) throws {
        let key = PrivateKey.generate(algorithm)
        let other = PrivateKey.generate(algorithm)
        let message = Array("kontor".utf8)
        let signature = key.signature(for: message)
        #expect(signature.count == KeyAlgorithm.signatureByteCount)
        #expect(key.publicKey.isValidSignature(signature, for: message))
        #expect(!other.publicKey.isValidSignature(signature, for: message))
        #expect(key.seed != other.seed)
        for index in signature.indices {
            var damaged = signature
            damaged[index] ^= 0x10
            #expect(!key.publicKey.isValidSignature(damaged, for: message))
        }
        #expect(try PrivateKey(algorithm: algorithm, seed: key.seed).publicKey == key.publicKey)
        #expect(throws: KeyError(.byteCount, member: "d")) {
            try PrivateKey(algorithm: algorithm, seed: [1])
        }
    }

    @Test func secretsAreNotPrinted() throws {
        let key = try PrivateKey(algorithm: .ed25519, seed: [UInt8](repeating: 177, count: 32))
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), "\([key])", dumped] {
            #expect(!text.contains("177") && text.contains(key.publicKey.thumbprint.base64URL))
        }
    }

    @Test func keysAreCodedAsJWKs() throws {
        for algorithm in KeyAlgorithm.allCases {
            let key = PrivateKey.generate(algorithm).publicKey
            let text = try JSONEncoder().encode(key)
            #expect(try JSONDecoder().decode(PublicKey.self, from: text) == key)
            #expect(try PublicKey(parsing: Array(text)) == key)
            let more = Data(text.dropLast() + Array(",\"use\":\"sig\"}".utf8))
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(PublicKey.self, from: more)
            }
        }
        #expect(Set([PrivateKey.generate(.ed25519).publicKey]).count == 1)
    }
}
