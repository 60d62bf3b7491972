import Signing
import Testing

@Suite struct Base64Tests {
    @Test func vectorsDecodeToTheirBytesOrToNothing() throws {
        let vectors: EncodingVectors = try Vectors.load("encoding")
        #expect(vectors.base64.contains { $0.hex == nil })
        for vector in vectors.base64 {
            let alphabet: Base64 = vector.alphabet == "url" ? .url : .standard
            let expected = vector.hex.map(Vectors.bytes)
            #expect(alphabet.decode(vector.text) == expected, "\(vector.alphabet) \(vector.text)")
            if let expected { #expect(alphabet.encode(expected) == vector.text) }
        }
    }

    @Test(arguments: [Base64.standard, .url])
    func everyLengthReturns(alphabet: Base64) {
        var generator = SeededGenerator(state: 1)
        for count in 0..<300 {
            let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            let text = alphabet.encodeBytes(bytes)
            #expect(text.count == alphabet.encodedCount(count))
            #expect(alphabet.decode(text[...]) == bytes)
            var appended: [UInt8] = [7]
            alphabet.append(bytes, to: &appended)
            #expect(appended == [7] + text)
            let framed = [0x41] + text + [0x41]
            #expect(alphabet.decode(framed[1..<framed.count - 1]) == bytes)
        }
    }

    /// Of all texts of one group that differ in one character, exactly 64 decode at each place.
    @Test(arguments: [Base64.standard, .url])
    func everyForeignCharacterIsFound(alphabet: Base64) {
        for place in 0..<8 {
            let good = (UInt8.min ... .max).filter { byte in
                var text = [UInt8](repeating: 0x41, count: 8)
                text[place] = byte
                return alphabet.decode(text[...])?.count == 6
            }
            #expect(good.count == 64)
        }
    }

    /// At most one text in four, sixteen or one of a shorter group is canonical.
    @Test func trailingBitsMustBeZero() {
        let letters = Array(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8
        )
        let two = letters.filter { Base64.url.decode([0x41, $0][...]) != nil }
        let three = letters.filter { Base64.url.decode([0x41, 0x41, $0][...]) != nil }
        #expect(String(decoding: two, as: UTF8.self) == "AQgw")
        #expect(String(decoding: three, as: UTF8.self) == "AEIMQUYcgkosw048")
    }

    @Test func identifiersOf128Bits() throws {
        let vectors: EncodingVectors = try Vectors.load("encoding")
        for vector in vectors.identifiers {
            let value = UInt128(base64URL: Array(vector.text.utf8)[...])
            let expected = vector.hex.flatMap { UInt128($0, radix: 16) }
            #expect(value == expected, "\(vector.text)")
            if let expected { #expect(expected.base64URL == vector.text) }
        }
    }
}
