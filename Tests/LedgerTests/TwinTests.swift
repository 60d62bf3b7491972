import Foundation
import Ledger
import Signing
import TestSupport
import Testing

/// The ledger and its naive twin judge random histories alike, and hold the same state.
///
/// `KONTOR_SEEDS` sets how many histories are played.
@Suite struct TwinTests {
    private static let partners = ["a", "b", "c", "d"]
    private static let seeds =
        UInt64(ProcessInfo.processInfo.environment["KONTOR_SEEDS"] ?? "") ?? 152

    @Test(arguments: 0..<4 as Range<UInt64>)
    func histories(_ part: UInt64) throws {
        let bases = try [1, 2].map { try Self.base(threshold: $0) }
        var accepted = 0
        var codes: Set<String> = []
        var windows: [String: Int] = [:]
        var reconciled: Set<String> = []
        for seed in stride(from: part, to: Self.seeds, by: 4) {
            let base = bases[Int(seed / 4 % 2)]
            var generator = HistoryGenerator(
                seed: seed,
                network: base.story.network,
                twin: base.twin,
                partners: Self.partners,
                nights: seed / 8 % 2 == 1
            )
            var ledger = base.story.ledger
            for step in 0..<60 {
                let text = generator.next()
                let expected = generator.feed(text)
                let actual = Self.codes(ledger: &ledger, text, at: generator.network.now)
                codes.formUnion(actual)
                if actual.isEmpty { accepted += 1 }
                let payload =
                    (try? JWS(parsing: text)).map { String(decoding: $0.payload, as: UTF8.self) }
                    ?? ""
                try #require(
                    actual == expected,
                    """
                    seed \(seed), step \(step), \(generator.network.now): \(payload)
                    \(Self.difference(ledger.book, generator.twin))
                    """
                )
                guard step % 12 == 11 else { continue }
                try #require(
                    ledger.book.stateDigest() == generator.twin.stateDigest,
                    "seed \(seed), step \(step)\n\(Self.difference(ledger.book, generator.twin))"
                )
            }
            for state in generator.twin.windowStates { windows[state, default: 0] += 1 }
            reconciled.formUnion(generator.twin.reconciliationStates)
        }
        #expect(accepted > Int(Self.seeds / 4) * 20)
        #expect(codes.count > 20 || Self.seeds < 100, "\(codes.sorted())")
        for state in ["closed", "fixed", "finalised"] {
            #expect(windows[state] ?? 0 > 0 || Self.seeds < 100, "\(windows)")
        }
        let expected: Set = [
            "complete", "adjustment.post", "dispute.reject", "dispute.restate", "dispute.accept",
            "dispute.withdraw",
        ]
        #expect(expected.isSubset(of: reconciled) || Self.seeds < 100, "\(reconciled.sorted())")
    }

    private static func codes(
        ledger: inout LedgerHarness,
        _ text: [UInt8],
        at time: Timestamp
    ) -> [String] {
        do throws(Refusal) {
            _ = try ledger.apply(text, at: time)
            return []
        } catch {
            return error.faults.map(\.rejection.rawValue)
        }
    }

    private static func base(threshold: Int64) throws -> (story: NetworkStory, twin: NaiveLedger) {
        var story = try NetworkStory.founded(partners: partners, threshold: threshold, signs: false)
        var twin = NaiveLedger()
        for entry in story.ledger.entries {
            try #require(twin.apply(entry.text, at: entry.time, ledger: story.network.ledger) == [])
        }
        story.network.advance(minutes: 1)
        return (story, twin)
    }

    /// Both states as text, for those who look for the difference.
    private static func difference(_ book: Book, _ twin: NaiveLedger) -> String {
        let records = twin.records.map { "\($0.key) -> \($0.value)" }.joined(separator: "\n")
        return "twin:\n\(records)\nledger:\n\(BookDump.text(of: book))"
    }
}
