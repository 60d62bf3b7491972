internal import Signing

/// What decodes is canonical: it encodes to the same text again.
enum Base64Target: FuzzTarget {
    static func run(_ input: [UInt8]) {
        for alphabet in [Base64.standard, .url] {
            expect(
                alphabet.decode(alphabet.encodeBytes(input)[...]) == input,
                "encoding is lossless"
            )
            guard let decoded = alphabet.decode(input[...]) else { continue }
            expect(alphabet.encodeBytes(decoded) == input, "only the canonical text decodes")
        }
    }
}
