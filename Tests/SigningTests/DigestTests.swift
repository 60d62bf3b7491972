import Signing
import Testing

@Suite struct DigestTests {
    private func hex(_ digest: Digest) -> String {
        digest.bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    @Test func knownDigests() {
        // FIPS 180-4 examples, and the leaf of RFC 6962 §2.1 of no bytes.
        #expect(
            hex(DigestBuilder.digest(Array("abc".utf8)))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
        #expect(
            hex(DigestBuilder.digest([]))
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        )
        #expect(
            hex(DigestBuilder.digest(prefix: 0, []))
                == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
        )
    }

    @Test func piecesAreOneRun() {
        let bytes = (0..<200).map { UInt8($0) }
        for cut in 0...200 {
            var builder = DigestBuilder()
            builder.update(Array(bytes[..<cut]))
            builder.update(Array(bytes[cut...]))
            #expect(builder.finalize() == DigestBuilder.digest(bytes))
        }
        #expect(DigestBuilder.digest(prefix: 1, bytes) == DigestBuilder.digest([1] + bytes))
    }

    @Test func textsReturn() {
        let digest = DigestBuilder.digest(Array("kontor".utf8))
        #expect(Digest(digest.base64URL, as: .url) == digest)
        #expect(Digest(digest.base64, as: .standard) == digest)
        #expect(Digest(digest.bytes) == digest)
        #expect("\(digest)" == digest.base64URL)
        #expect(digest.base64URL.count == 43 && digest.base64.count == 44)
        #expect(Digest(digest.base64, as: .url) == nil)
        #expect(Digest(digest.base64URL.dropLast(), as: .url) == nil)
        #expect(Digest(Array(repeating: 0, count: 31)) == nil)
        #expect(Digest(Array(repeating: 0, count: 33)) == nil)
        #expect(Digest.zero.base64 == String(repeating: "A", count: 43) + "=")
    }

    @Test func orderIsThatOfTheBytes() {
        let digests = (0..<64).map { DigestBuilder.digest([UInt8($0)]) } + [.zero]
        for left in digests {
            for right in digests {
                #expect((left < right) == left.bytes.lexicographicallyPrecedes(right.bytes))
                #expect((left == right) == (left.bytes == right.bytes))
            }
        }
    }
}
