import Signing
import Testing

@testable import Ledger

@Suite("Slots by name and token")
struct SlotBucketsTests {
    /// Numbers whose texts differ in each of their 22 characters, and those that share all others.
    private static let tokens: [UInt128] =
        (0..<22).flatMap { place in
            (0..<64).map { value in
                place < 21 ? UInt128(value) << UInt128(122 - 6 * place) : UInt128(value) >> 4
            }
        }

    @Test("slots are in the bytewise order of the texts")
    func order() {
        let tokens = Set(Self.tokens).map { $0 &* 0x9e37_79b9_7f4a_7c15 } + Set(Self.tokens)
        var buckets = SlotBuckets()
        for slot in tokens.indices { buckets.append(slot, to: UInt64(slot % 2)) { "\(slot % 2)/" } }
        #expect(buckets.inOrder.map(\.name) == ["0/", "1/"])
        for bucket in buckets.inOrder {
            let texts = bucket.slots(orderedBy: { tokens[$0] }).map { tokens[$0].base64URL }
            #expect(texts == texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
            #expect(texts.count == tokens.indices.count { "\($0 % 2)/" == bucket.name })
        }
    }

    @Test("a place without a name is left out")
    func nameless() {
        var buckets = SlotBuckets()
        buckets.append(0, to: 7) { nil }
        buckets.append(1, to: 7) { "late" }
        #expect(buckets.inOrder.isEmpty)
    }
}
