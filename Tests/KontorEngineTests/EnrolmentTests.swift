import KontorAudit
import KontorEngine
import KontorStorage
import Ledger
import Signing
import TestSupport
import Testing
import VerifiableLog

/// Another log key for a restored ledger: all of it, or nothing.
struct EnrolmentTests {
    /// A log of a story in a restored store, and who signs.
    private struct World {
        var network: Network
        let entries: [(text: [UInt8], time: Timestamp)]
        let newKey: NoteSigner

        init(threshold: Int64) throws {
            let story = try NetworkStory.founded(
                seed: 31,
                partners: ["nordwind"],
                threshold: threshold
            )
            network = story.network
            entries = story.ledger.entries.map { ($0.text, $0.time) }
            newKey = try NoteSigner(name: network.origin, key: network.key("new log"))
        }

        var oldKey: VerifierKey { network.logSigner.verifier }

        var clock: ManualClock { ManualClock(network.now) }

        /// A restored store with the log under its old key.
        func store() throws -> MemoryLogStore {
            let written = MemoryLogStore()
            let clock = ManualClock(entries[0].time)
            let engine = try Engine(store: written, signer: network.logSigner, clock: clock)
            for entry in entries {
                clock.set(entry.time)
                _ = try engine.submitAndWait([entry.text])
            }
            let store = MemoryLogStore()
            let fresh = try store.standing()
            var standing = Standing(instance: 5, epoch: 2, state: .copy)
            try store.replaceStanding(fresh, with: standing)
            var list: [StoredEntry] = []
            try written.forEachEntry(in: 0..<UInt64(entries.count)) { entry in
                list.append(entry)
                return true
            }
            let head = try #require(try written.head())
            try store.append(
                LogCommit(base: 0, entries: list, tiles: [], head: head, authority: .copy)
            )
            let copy = standing
            standing.state = .restored(place: "here")
            try store.replaceStanding(copy, with: standing)
            return store
        }

        mutating func add() -> [UInt8] {
            network.sign(
                .logKeyAdd,
                by: "operator-a",
                ["vkey": .string(newKey.verifier.text)]
            )
        }

        mutating func revoke() -> [UInt8] {
            network.sign(.logKeyRevoke, by: "operator-a", ["vkey": .string(oldKey.text)])
        }

        func enrolment(_ store: any LogStore, by signer: NoteSigner? = nil) -> Enrolment {
            Enrolment(store: store, oldKey: oldKey, signer: signer ?? newKey, clock: clock)
        }

        /// Everything that a complete enrolment says.
        mutating func complete(threshold: Int64) -> [[UInt8]] {
            let size = UInt64(entries.count)
            guard threshold == 2 else { return [add(), revoke()] }
            return [add(), network.approve(size), revoke(), network.approve(size + 2)]
        }
    }

    @Test(arguments: [Int64(1), 2])
    func theNewKeyGoesOn(threshold: Int64) throws {
        var world = try World(threshold: threshold)
        let store = try world.store()
        let texts = world.complete(threshold: threshold)
        let note = try world.enrolment(store).run(texts)
        let checkpoint = try Checkpoint(opening: note, logKey: world.newKey.verifier)
        #expect(checkpoint.size == UInt64(world.entries.count + texts.count))
        #expect(try store.head()?.checkpoint == note.bytes)
        #expect(try store.standing() == Standing(instance: 5, epoch: 3, state: .writes))
        let engine = try Engine(store: store, signer: world.newKey, clock: world.clock)
        let answers = try engine.submitAndWait([world.network.invite("harbour")])
        #expect(answers.first?.accepted?.index == checkpoint.size)
        let source = StoreSource(store, place: "enrolled")
        #expect(try Auditor().run(source, key: world.newKey.verifier).isClean)
        #expect(throws: EngineError.self) {
            try Engine(store: store, signer: world.network.logSigner, clock: world.clock)
        }
        // Once is all.
        let again = #expect(throws: EngineError.self) { try world.enrolment(store).run(texts) }
        #expect(again?.code == .readOnly)
    }

    @Test func whatIsNotWholeStoresNothing() throws {
        var world = try World(threshold: 2)
        let size = UInt64(world.entries.count)
        let add = world.add()
        let revoke = world.revoke()
        let (first, second) = (world.network.approve(size), world.network.approve(size + 2))
        let own = world.network.approve(size, by: "operator-a")
        let invitation = world.network.invite("harbour")
        let cases: [[[UInt8]]] = [
            [], [add], [add, first], [add, first, revoke], [revoke, first, add, second],
            [add, own, revoke, second], [add, first, revoke, second, invitation],
            [add, first, revoke, second, Array("nonsense".utf8)],
            [add, first, revoke, second, add],
        ]
        for (number, texts) in cases.enumerated() {
            let store = try world.store()
            let before = try (store.head(), store.standing())
            let error = #expect(throws: EngineError.self, "case \(number)") {
                try world.enrolment(store).run(texts)
            }
            #expect(error?.code == .logKey, "case \(number): \(String(describing: error))")
            #expect(try store.head() == before.0)
            #expect(try store.standing() == before.1)
        }
        let store = try world.store()
        let other = try NoteSigner(name: world.network.origin, key: world.network.key("other"))
        #expect(throws: EngineError.self) {
            try world.enrolment(store, by: other).run([add, first, revoke, second])
        }
        // The old key cannot enrol itself.
        #expect(throws: EngineError.self) {
            try world.enrolment(store, by: world.network.logSigner).run([add, first])
        }
        #expect(try store.head()?.size == size)
    }

    @Test func onlyARestoredStoreIsEnrolled() throws {
        var world = try World(threshold: 1)
        let texts = world.complete(threshold: 1)
        let store = MemoryLogStore()
        let error = #expect(throws: EngineError.self) { try world.enrolment(store).run(texts) }
        #expect(error?.code == .readOnly)
    }

    @Test(arguments: FaultyStore.Fault.allCases)
    func aCrashAtAnyCallLeavesAllOrNothing(fault: FaultyStore.Fault) throws {
        var world = try World(threshold: 2)
        let texts = world.complete(threshold: 2)
        let counting = FaultyStore(try world.store())
        _ = try world.enrolment(counting).run(texts)
        var (whole, nothing) = (0, 0)
        for call in 1...counting.calls {
            let inner = try world.store()
            _ = try? world.enrolment(FaultyStore(inner, fault, atCall: call)).run(texts)
            if try inner.standing().state == .writes {
                whole += 1
                _ = try Engine(store: inner, signer: world.newKey, clock: world.clock)
            } else {
                nothing += 1
                #expect(try inner.head()?.size == UInt64(world.entries.count))
                _ = try world.enrolment(inner).run(texts)
            }
        }
        #expect(nothing > 0)
        #expect((whole > 0) == [.failsAfterEffect, .crashesAfterEffect].contains(fault))
    }
}
