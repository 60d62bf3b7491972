import KontorEngine
import KontorStorage
import Ledger
import Signing
import TestSupport
import Testing
import VerifiableLog

/// What an engine answers, and what is left of it after it was opened again.
struct EngineTests {
    @Test func receiptsVerifyFromWhatTheClientSentAlone() throws {
        let history = try RecordedHistory.mixed()
        let clock = history.clock
        let engine = try Engine(store: MemoryLogStore(), signer: history.signer, clock: clock)
        let answers = try history.tell(engine, clock)
        var receipts: [Receipt] = []
        for (answer, entry) in zip(answers, history.entries) {
            let receipt = try engine.receipt(for: try #require(answer.accepted))
            _ = try receipt.verify(
                jws: entry.text,
                logKey: history.signer.verifier,
                lastSeen: nil,
                consistency: nil
            )
            receipts.append(try Receipt(parsing: receipt.text))
        }
        // A valid proof of another leaf is refused.
        for (index, receipt) in receipts.enumerated().dropFirst() {
            #expect(throws: LogError.self) {
                try receipt.verify(
                    jws: history.entries[index - 1].text,
                    logKey: history.signer.verifier,
                    lastSeen: nil,
                    consistency: nil
                )
            }
        }
    }

    @Test func aSubmissionCountsOnce() throws {
        let history = try RecordedHistory.mixed()
        let clock = history.clock
        let engine = try Engine(store: MemoryLogStore(), signer: history.signer, clock: clock)
        try history.tell(engine, clock)
        // Known ids are answered before the id window is looked at.
        clock.advance(byMilliseconds: 40 * 86_400_000)
        let again = try engine.submitAndWait(history.entries.map(\.text))
        for (index, answer) in again.enumerated() {
            guard case .known(let known) = answer else {
                Issue.record("entry \(index) is not known: \(answer)")
                continue
            }
            #expect(known == UInt64(index))
        }
        #expect(engine.read { $0.size } == UInt64(history.entries.count))
    }

    @Test func anIdWithAnotherPayloadIsRefused() throws {
        let history = try RecordedHistory.mixed()
        let clock = history.clock
        let engine = try Engine(store: MemoryLogStore(), signer: history.signer, clock: clock)
        try history.tell(engine, clock)
        let last = try JWS(parsing: try #require(history.entries.last).text)
        let changed = last.payload + [0x20]
        let text = history.network.sign(payload: changed, with: "nordwind")
        let answers = try engine.submitAndWait([text])
        #expect(answers.first?.code == "IdReused")
    }

    @Test func aGroupGivesTheSameAsOneByOne() throws {
        var story = try NetworkStory.founded(seed: 9, partners: ["nordwind", "harbour"])
        let terms = try story.agree(NetworkTerms.exchange())
        let member = try story.member("nordwind", "harbour")
        for number in 0..<40 {
            let item = Network.item(member, amount: Int64(1 + number))
            try story.take(story.network.transfers(from: "nordwind", terms: terms, items: [item]))
        }
        let history = RecordedHistory(story)
        let engine = try Engine(
            store: MemoryLogStore(),
            signer: history.signer,
            clock: history.clock
        )
        let answers = try engine.submitAndWait(history.entries.map(\.text))
        #expect(answers.allSatisfy { $0.accepted != nil })
        #expect(engine.read { $0.stateDigest() } == history.digest)
    }

    @Test func itGoesOnAfterItWasOpenedAgain() throws {
        let history = try RecordedHistory.mixed(transfers: 30)
        let reference = MemoryLogStore()
        let whole = try Engine(store: reference, signer: history.signer, clock: history.clock)
        let clock = history.clock
        for cut in [1, 5, history.entries.count - 3] {
            let directory = try TemporaryDirectory()
            defer { directory.remove() }
            var store = try SQLiteLogStore(directory: directory.path, access: .create)
            var engine = try Engine(store: store, signer: history.signer, clock: clock)
            for entry in history.entries[..<cut] {
                clock.set(entry.time)
                #expect(try engine.submitAndWait([entry.text]).first?.accepted != nil)
            }
            // With a projection after close, without one when only the store was closed.
            if cut == 5 { try store.close() } else { try engine.close() }
            store = try SQLiteLogStore(directory: directory.path, access: .readWrite)
            engine = try Engine(store: store, signer: history.signer, clock: clock)
            #expect(engine.replayedEntries == (cut == 5 ? UInt64(cut) : 0))
            try history.tell(engine, clock, from: cut)
            #expect(engine.read { $0.stateDigest() } == history.digest)
            try engine.close()
            let rebuilt = try Rebuild(
                store: SQLiteLogStore(directory: directory.path, access: .readWrite),
                logKey: history.signer.verifier
            ).run { _, _ in }
            #expect(rebuilt.before == history.digest)
            #expect(rebuilt.after == history.digest)
            clock.set(history.entries[0].time)
        }
        _ = whole
    }

    @Test func anotherLogKeyDoesNotOpenIt() throws {
        let history = try RecordedHistory.mixed(transfers: 1)
        let store = MemoryLogStore()
        let clock = history.clock
        let engine = try Engine(store: store, signer: history.signer, clock: clock)
        try history.tell(engine, clock)
        let stranger = try NoteSigner(name: history.signer.verifier.name, key: .generate(.ed25519))
        #expect(throws: (any Error).self) {
            try Engine(store: store, signer: stranger, clock: clock)
        }
    }

    @Test func aClockBehindTheLastEntryOrFarPastItIsRefused() throws {
        let history = try RecordedHistory.mixed(transfers: 1)
        let store = MemoryLogStore()
        let clock = history.clock
        try history.tell(try Engine(store: store, signer: history.signer, clock: clock), clock)
        let last = try #require(history.entries.last).time
        let behind = ManualClock(last.advanced(byMilliseconds: -1))
        #expect(throws: EngineError.self) {
            try Engine(store: store, signer: history.signer, clock: behind)
        }
        let past = ManualClock(last.advanced(byMilliseconds: 86_400_001))
        #expect(throws: EngineError.self) {
            try Engine(store: store, signer: history.signer, clock: past)
        }
        _ = try Engine(store: store, signer: history.signer, clock: past, acceptTime: true)
    }

    @Test func aGenesisThatNamesAnotherLogKeyIsRefused() throws {
        var network = Network(seed: 3)
        let other = try NoteSigner(name: network.origin, key: .generate(.ed25519)).verifier.text
        let engine = try Engine(
            store: MemoryLogStore(),
            signer: network.logSigner,
            clock: ManualClock(network.now)
        )
        let answers = try engine.submitAndWait([network.genesis(logKey: other)])
        #expect(answers.first?.code == "InvalidValue")
        #expect(engine.checkpoint == nil)
    }
}
