import Signing
import Testing

@Suite struct JWSTests {
    private struct Vector: Decodable {
        struct Valid: Decodable {
            var name: String
            var text: String
            var jwk: [String: String]
            var alg: String
            var typ: String
            var header: String
            var payload: String
        }

        struct Invalid: Decodable {
            var name: String
            var text: String
            var code: String
            var member: String
            var json: String?
            var jwk: [String: String]
            var verify: Bool
            var typ: String?
        }

        var valid: [Valid]
        var invalid: [Invalid]
    }

    @Test func validTextsAreReadAndRebuilt() throws {
        let vectors: Vector = try Vectors.load("jws")
        for vector in vectors.valid {
            let key = try PublicKey(jwk: jwkValue(vector.jwk))
            let text = Array(vector.text.utf8)
            let jws = try JWS(parsing: text, type: vector.typ)
            try jws.verify(with: key)
            #expect(jws.header == Vectors.bytes(vector.header), "\(vector.name)")
            #expect(jws.payload == Vectors.bytes(vector.payload), "\(vector.name)")
            #expect(jws.algorithmName == vector.alg && jws.type == vector.typ)
            #expect(jws.keyID == key.thumbprint)
            #expect(jws.compact == text, "\(vector.name)")
            #expect(text.starts(with: jws.signingInput + [0x2e]))
            let again = try JWS(
                header: jws.header,
                payload: jws.payload,
                signature: jws.signature
            )
            #expect(again == jws)
        }
    }

    private func fault(_ vector: Vector.Invalid) throws -> JWSError? {
        let key = try PublicKey(jwk: jwkValue(vector.jwk))
        do {
            let jws = try JWS(parsing: Array(vector.text.utf8), type: vector.typ)
            #expect(vector.verify, "\(vector.name)")
            try jws.verify(with: key)
            return nil
        } catch {
            return error
        }
    }

    @Test func invalidTextsAreRefused() throws {
        let vectors: Vector = try Vectors.load("jws")
        for vector in vectors.invalid {
            let found = try fault(vector)
            #expect(found?.code.rawValue == vector.code, "\(vector.name)")
            #expect(found?.member == vector.member, "\(vector.name)")
            #expect(found?.json?.reason.rawValue == vector.json, "\(vector.name)")
        }
        let codes = Set(vectors.invalid.map(\.code))
        #expect(codes == Set(JWSError.Code.allCases.map(\.rawValue)))
        for code in JWSError.Code.allCases {
            #expect("\(JWSError(code, member: "alg"))".contains("\"alg\": \(code.rawValue): "))
        }
    }

    @Test(arguments: KeyAlgorithm.allCases)
    func whatIsSignedVerifies(algorithm: KeyAlgorithm) throws {
        let key = PrivateKey.generate(algorithm)
        for count in [0, 1, 2, 3, 1_000, 48_000] {
            let payload = [UInt8](repeating: 0x7b, count: count)
            let jws = JWS(signing: payload, type: JWS.entryType, with: key)
            try jws.verify(with: key.publicKey)
            let parsed = try JWS(parsing: jws.compact, type: JWS.entryType)
            #expect(parsed == jws && parsed.payload == payload)
            #expect(parsed.algorithmName == algorithm.rawValue)
        }
        let long = [UInt8](repeating: 0, count: 49_000)
        let jws = JWS(signing: long, type: JWS.entryType, with: key)
        #expect(throws: JWSError(.tooLong)) { try JWS(parsing: jws.compact) }
        #expect(throws: JWSError(.tooLong)) {
            try JWS(header: jws.header, payload: long, signature: jws.signature)
        }
    }

    @Test func headerIsWrittenShortest() {
        let key = PrivateKey.generate(.ed25519)
        let jws = JWS(signing: [], type: JWS.possessionType, with: key)
        let kid = key.publicKey.thumbprint
        let expected = #"{"alg":"Ed25519","kid":"\#(kid)","typ":"kontor-pop+jws"}"#
        #expect(String(decoding: jws.header, as: UTF8.self) == expected)
    }

    /// Each character of a text replaced by another of the alphabet: no such text is taken.
    @Test func noCharacterCanBeChanged() throws {
        let key = PrivateKey.generate(.ed25519)
        let text = JWS(signing: Array("{}".utf8), type: JWS.entryType, with: key).compact
        for index in text.indices where text[index] != 0x2e {
            var damaged = text
            damaged[index] = text[index] == 0x41 ? 0x42 : 0x41
            #expect(throws: JWSError.self) {
                let jws = try JWS(parsing: damaged, type: JWS.entryType)
                try jws.verify(with: key.publicKey)
            }
        }
    }

    /// RFC 7515 A.3: the signature verifies under its key, and the text is no entry, since it has
    /// no kid.
    @Test func exampleOfTheStandard() throws {
        let key = try PublicKey(jwk: [
            "kty": "EC", "crv": "P-256",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        ])
        let input =
            "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
            + "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        let signature =
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
        let bytes = try #require(Base64.url.decode(signature))
        #expect(key.isValidSignature(bytes, for: Array(input.utf8)))
        #expect(throws: JWSError(.memberMissing, member: "kid")) {
            try JWS(parsing: Array("\(input).\(signature)".utf8))
        }
    }
}
