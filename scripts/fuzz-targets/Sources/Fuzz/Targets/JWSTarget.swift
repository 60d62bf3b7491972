internal import Signing

/// A JWS that parses is rebuilt byte for byte from its decoded parts.
enum JWSTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        // The input as a header alone, which base64url would hide from the fuzzer.
        let zeros = [UInt8](repeating: 0, count: 64)
        if let jws = try? JWS(header: input, payload: [], signature: zeros) {
            expect(jws.header == input, "the header stays as it was signed")
        }
        guard let jws = try? JWS(parsing: input) else { return }
        expect(jws.compact == input, "decoding is lossless")
        let again = try? JWS(header: jws.header, payload: jws.payload, signature: jws.signature)
        expect(again == jws, "the decoded parts are the JWS")
    }
}
