import Foundation
@testable import KontorAudit
import Testing
import TestSupport

/// Exactly-once is exact however the pairs fall into runs.
@Suite struct SeenIdentifiersTests {
    /// Against a plain dictionary, over many seeds and run lengths.
    @Test(arguments: [1, 2, 7, 64, 1_000]) func agreesWithADictionary(runLength: Int) throws {
        let directory = FileManager.default.temporaryDirectory.path
        for seed in 1...40 {
            var random = RandomSource(seed: UInt64(seed))
            let range: UInt64 = seed % 3 == 0 ? 10_000 : 40
            var seen = SeenIdentifiers(directory: directory, runLength: runLength)
            var known: Set<String> = []
            var expected: UInt64?
            for index in 0..<UInt64(seed * 5) {
                let id = UInt128(random.next() % range) << 64
                let signer = "signer-\(random.next() % 3)"
                try seen.insert(id, of: signer, at: index)
                let isNew = known.insert("\(id) \(signer)").inserted
                if !isNew, expected == nil { expected = index }
            }
            #expect(try seen.firstRepetition() == expected, "seed \(seed)")
        }
    }
}
