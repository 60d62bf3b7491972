import Foundation
import KontorAudit
import KontorEngine
import KontorStorage
import Ledger
import Signing
import TestSupport
import Testing
import VerifiableLog

/// Random histories end in one state, whoever computes it: the live engine, an audit, a rebuild and
/// the naive twin.
///
/// `KONTOR_SEEDS` sets how many histories are played.
struct HistoryTests {
    private static let seeds =
        UInt64(ProcessInfo.processInfo.environment["KONTOR_SEEDS"] ?? "") ?? 24
    private static let partners = ["a", "b", "c", "d"]

    /// Every eighth seed from a first one on, so that all cores have work.
    @Test(arguments: 0..<UInt64(8))
    func everybodyComesToTheSameState(first: UInt64) throws {
        for seed in stride(from: first, to: Self.seeds, by: 8) {
            let (entries, generator) = try Self.play(seed: seed, threshold: Int64(seed % 2) + 1)
            let store = MemoryLogStore()
            let signer = generator.network.logSigner
            let clock = ManualClock(entries[0].time)
            let engine = try Engine(store: store, signer: signer, clock: clock)
            for (number, entry) in entries.enumerated() {
                clock.set(entry.time)
                switch try engine.submitAndWait([entry.text]).first {
                case .accepted, .known: continue
                case let answer:
                    Issue.record(
                        "seed \(seed), submission \(number): \(String(describing: answer))"
                    )
                }
            }
            let live = engine.read { $0.stateDigest() }
            let report = try Auditor(workerCount: 1).run(
                StoreSource(store, place: "memory"),
                key: signer.verifier
            )
            #expect(report.fault == nil, "seed \(seed)")
            let rebuilt = try Rebuild(store: store, logKey: signer.verifier).run { _, _ in }
            #expect(live == generator.twin.stateDigest, "seed \(seed)")
            #expect(report.stateDigest == live, "seed \(seed)")
            #expect(rebuilt.after == live, "seed \(seed)")
        }
    }

    /// What a random history takes, some of it twice, and the twin that agrees with it.
    private static func play(
        seed: UInt64,
        threshold: Int64
    ) throws -> (entries: [(text: [UInt8], time: Timestamp)], generator: HistoryGenerator) {
        var story = try NetworkStory.founded(seed: seed, partners: partners, threshold: threshold)
        var twin = NaiveLedger()
        for entry in story.ledger.entries {
            try #require(twin.apply(entry.text, at: entry.time, ledger: story.network.ledger) == [])
        }
        story.network.advance(minutes: 1)
        var generator = HistoryGenerator(
            seed: seed,
            network: story.network,
            twin: twin,
            partners: partners,
            nights: seed / 2 % 2 == 1
        )
        var entries = story.ledger.entries.map { ($0.text, $0.time) }
        for _ in 0..<50 {
            let text = generator.next()
            if generator.feed(text).isEmpty { entries.append((text, generator.network.now)) }
        }
        return (entries, generator)
    }
}
