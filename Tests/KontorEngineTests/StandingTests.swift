import Foundation
import KontorAudit
import KontorEngine
import KontorStorage
import Ledger
import Signing
import Synchronization
import TestSupport
import Testing
import VerifiableLog

/// One store of a log writes, and a fence ends it between two commits.
struct StandingTests {
    private func code(_ body: () throws -> Void) -> EngineError.Code? {
        do { try body() } catch { return (error as? EngineError)?.code }
        return nil
    }

    private func restored(_ store: any LogStore) throws {
        let fresh = try store.standing()
        var copy = Standing(instance: 11, epoch: fresh.epoch, state: .copy)
        try store.replaceStanding(fresh, with: copy)
        let before = copy
        copy.state = .restored(place: "here")
        try store.replaceStanding(before, with: copy)
    }

    @Test func aCopyIsReadAndNotWritten() throws {
        let history = try RecordedHistory.mixed(transfers: 2)
        let store = MemoryLogStore()
        let clock = history.clock
        try history.tell(try Engine(store: store, signer: history.signer, clock: clock), clock)
        let size = try store.head()?.size
        let standing = try store.standing()
        try store.replaceStanding(
            standing,
            with: Standing(instance: 0, epoch: 1, state: .fenced(successor: 7))
        )
        #expect(code { _ = try Engine(store: store, signer: history.signer) } == .readOnly)
        #expect(try Engine.readBook(of: store).stateDigest() == history.digest)
        let source = StoreSource(store, place: "fenced")
        #expect(try Auditor().run(source, key: history.signer.verifier).isClean)
        #expect(try store.head()?.size == size)
        let copy = MemoryLogStore()
        try restored(copy)
        #expect(code { _ = try Engine(store: copy, signer: history.signer) } == .readOnly)
    }

    /// A writer in one thread, a fence by another connection: what was acknowledged is before the
    /// fence, and nothing comes after it.
    @Test func aFenceUnderLoadIsTheLastCommit() throws {
        let history = try RecordedHistory.mixed(transfers: 60)
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let store = try SQLiteLogStore(directory: directory.path, access: .create)
        let clock = history.clock
        let engine = try Engine(store: store, signer: history.signer, clock: clock)
        let acknowledged = Mutex<[UInt64]>([])
        let failure = Mutex<(any Error)?>(nil)
        let ended = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            do {
                for entry in history.entries {
                    clock.set(entry.time)
                    let answer = try engine.submitAndWait([entry.text]).first
                    if let index = answer?.accepted?.index {
                        acknowledged.withLock { $0.append(index) }
                    }
                }
            } catch {
                failure.withLock { $0 = error }
            }
            ended.signal()
        }
        while acknowledged.withLock({ $0.count }) < 10 { Thread.sleep(forTimeInterval: 0.001) }
        let beside = try SQLiteLogStore(directory: directory.path, access: .beside)
        let standing = try beside.standing()
        try beside.replaceStanding(
            standing,
            with: Standing(instance: standing.instance, epoch: 1, state: .fenced(successor: 7))
        )
        let tip = try #require(try beside.head())
        ended.wait()
        let error = failure.withLock { $0 as? EngineError }
        #expect(error?.code == .readOnly, "the load ended before the fence")
        #expect(try beside.head() == tip)
        #expect(acknowledged.withLock { $0.last ?? 0 } < tip.size)
        #expect(acknowledged.withLock { $0.count } < history.entries.count)
        #expect(engine.checkpoint?.bytes == tip.checkpoint)
        #expect(code { _ = try engine.submitAndWait([history.entries[0].text]) } != nil)
        try beside.close()
        try store.close()
        let again = try SQLiteLogStore(directory: directory.path, access: .readWrite)
        #expect(
            code { _ = try Engine(store: again, signer: history.signer, clock: clock) }
                == .readOnly
        )
        try again.close()
    }
}
