import KontorEngine
import KontorStorage
import Ledger
import Signing
import TestSupport
import Testing
import VerifiableLog

/// A fault at every store call of a run: what was acknowledged is there afterwards, and the run
/// goes on.
struct CrashTests {
    @Test(arguments: FaultyStore.Fault.allCases)
    func nothingAcknowledgedIsLost(fault: FaultyStore.Fault) throws {
        let history = try RecordedHistory.mixed(transfers: 6)
        let counting = FaultyStore(MemoryLogStore())
        let clock = history.clock
        try history.tell(try Engine(store: counting, signer: history.signer, clock: clock), clock)
        #expect(counting.calls > history.entries.count)
        for call in 1...counting.calls {
            let inner = MemoryLogStore()
            let faulty = FaultyStore(inner, fault, atCall: call)
            clock.set(history.entries[0].time)
            let acknowledged = run(history, faulty, clock)
            try goOn(history, inner, clock, acknowledged, "call \(call)")
        }
    }

    /// Tells the history until the fault, and returns what was acknowledged.
    private func run(
        _ history: RecordedHistory,
        _ store: FaultyStore,
        _ clock: ManualClock
    ) -> [AcceptedEntry] {
        var acknowledged: [AcceptedEntry] = []
        guard let engine = try? Engine(store: store, signer: history.signer, clock: clock) else {
            return []
        }
        for entry in history.entries {
            clock.set(entry.time)
            guard let answer = try? engine.submitAndWait([entry.text]).first,
                let accepted = answer.accepted
            else { break }
            acknowledged.append(accepted)
        }
        return acknowledged
    }

    /// Opens what is left, finds all that was acknowledged, and ends the history with the same
    /// state.
    private func goOn(
        _ history: RecordedHistory,
        _ store: MemoryLogStore,
        _ clock: ManualClock,
        _ acknowledged: [AcceptedEntry],
        _ place: Comment
    ) throws {
        let size = Int(try store.head()?.size ?? 0)
        #expect(size >= acknowledged.count, place)
        if size > 0 { clock.set(history.entries[size - 1].time) }
        let engine = try Engine(store: store, signer: history.signer, clock: clock)
        for entry in acknowledged {
            let found = try #require(try engine.acceptedEntry(at: entry.index), place)
            #expect(found == entry, place)
            let text = history.entries[Int(entry.index)].text
            _ = try engine.receipt(for: found).verify(
                jws: text,
                logKey: history.signer.verifier,
                lastSeen: nil,
                consistency: nil
            )
        }
        try history.tell(engine, clock, from: size)
        #expect(engine.read { $0.stateDigest() } == history.digest, place)
    }
}
