import Signing
import Testing

@testable import Ledger

/// The order in which the large tables of a state digest are written.
@Suite struct SlotBucketsTests {
    /// Numbers of which any two differ in one character of their texts at the least, in every
    /// place and by every letter.
    private static func tokens(mixedBy factor: UInt128) -> [UInt128] {
        var tokens: Set<UInt128> = []
        for shift in stride(from: 122, through: 2, by: -6) {
            for value: UInt128 in 0..<64 { tokens.insert((value << UInt128(shift)) &* factor) }
        }
        for value: UInt128 in 0..<4 { tokens.insert(value &* factor) }
        return Array(tokens)
    }

    @Test(arguments: [UInt128(1), 0x9e37_79b9_7f4a_7c15])
    func slotsStandInTheBytewiseOrderOfTheTexts(factor: UInt128) {
        let tokens = Self.tokens(mixedBy: factor)
        var buckets = SlotBuckets()
        for slot in tokens.indices { buckets.append(slot, to: UInt64(slot % 2)) { "\(slot % 2)/" } }
        #expect(buckets.inOrder.map(\.name) == ["0/", "1/"])
        for (place, bucket) in buckets.inOrder.enumerated() {
            let texts = bucket.slots(orderedBy: { tokens[$0] }).map { tokens[$0].base64URL }
            let expected = tokens.indices.filter { $0 % 2 == place }.map { tokens[$0].base64URL }
                .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            #expect(texts == expected)
        }
    }

    @Test func aPlaceWithoutANameIsLeftOut() {
        var buckets = SlotBuckets()
        buckets.append(0, to: 7) { nil }
        buckets.append(1, to: 7) { "late" }
        #expect(buckets.inOrder.isEmpty)
    }
}
