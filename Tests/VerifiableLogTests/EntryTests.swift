import Signing
import Testing
import VerifiableLog

/// Frames and the chain of entries.
@Suite struct EntryTests {
    @Test func casesOfTheVectors() throws {
        let cases = LogVectors.cases["entries"]?.elements ?? []
        #expect(cases.count >= 20)
        for value in cases {
            let bytes = value["text"]?.utf8 ?? []
            let name = value["name"]?.string ?? ""
            if let code = value["code"]?.string {
                let code = try #require(LogError.Code(rawValue: code))
                expect(code, name) { _ = try EntryFrame(parsing: bytes) }
            } else {
                let frame = try EntryFrame(parsing: bytes)
                #expect(frame.bytes == bytes)
                #expect(frame.leafHash == value["leafHash"]?.digest, "\(name)")
                #expect(frame.leafHash == MerkleHash.leaf(bytes))
            }
        }
    }

    @Test func longestEntry() throws {
        let room = EntryFrame.byteLimit - EntryFrame.byteCount(index: 7, jwsByteCount: 0)
        let jws = Array("a.b.".utf8) + [UInt8](repeating: 0x63, count: room - 4)
        let time = Timestamp(milliseconds: 1)
        let frame = try EntryFrame(index: 7, time: time, previous: .zero, jws: jws)
        #expect(frame.bytes.count == 65_535)
        #expect(try EntryFrame(parsing: frame.bytes) == frame)
        expect(.entryTooLong) {
            _ = try EntryFrame(index: 7, time: time, previous: .zero, jws: jws + [0x63])
        }
        expect(.entryTooLong) { _ = try EntryFrame(parsing: frame.bytes + [0x0a]) }
        var bundle: [UInt8] = []
        expect(.entryTooLong) {
            try EntryBundle.append([UInt8](repeating: 0, count: 65_536), to: &bundle)
        }
    }

    @Test func byteCounts() throws {
        for index in [0, 9, 10, 99, 100, 12_345, 1 << 62] as [UInt64] {
            let frame = try EntryFrame(
                index: index,
                time: Timestamp(milliseconds: 0),
                previous: .zero,
                jws: Array("a.b.c".utf8)
            )
            #expect(frame.bytes.count == EntryFrame.byteCount(index: index, jwsByteCount: 5))
        }
    }

    @Test func valuesThatHaveNoText() {
        let jws = Array("a.b.c".utf8)
        let hash = MerkleHash.empty
        let moment = Timestamp(milliseconds: 0)
        let table: [(UInt64, Timestamp, Digest, [UInt8])] = [
            (0, moment, hash, jws),
            (.max, moment, hash, jws),
            (1, Timestamp(milliseconds: .max), hash, jws),
            (1, moment, hash, []),
            (1, moment, hash, Array("a.b".utf8)),
            (1, moment, hash, Array("a.b.c.d".utf8)),
            (1, moment, hash, Array("a.b.c\n".utf8)),
            (1, moment, hash, Array("a.b.c=".utf8)),
        ]
        for (index, time, previous, jws) in table {
            expect(.entryMalformed) {
                _ = try EntryFrame(index: index, time: time, previous: previous, jws: jws)
            }
        }
    }

    @Test func chain() throws {
        let jws = Array("a.b.c".utf8)
        var chain = EntryChain()
        let clock = Timestamp(milliseconds: 5_000)
        let first = try chain.frame(jws: jws, clock: clock)
        #expect(first.previous == .zero)
        try chain.append(first)
        let second = try chain.frame(jws: jws, clock: Timestamp(milliseconds: 4_000))
        #expect(second.time == clock)
        #expect(second.previous == first.leafHash)
        expect(.chainIndex) { try chain.append(first) }
        let orphan = try EntryFrame(index: 1, time: clock, previous: .zero, jws: jws)
        expect(.chainPrevious) { try chain.append(orphan) }
        let early = try EntryFrame(
            index: 1,
            time: Timestamp(milliseconds: 4_999),
            previous: first.leafHash,
            jws: jws
        )
        expect(.chainTime) { try chain.append(early) }
        try chain.append(second)
        #expect(EntryChain(after: second) == chain)
    }
}
