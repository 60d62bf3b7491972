import KontorEngine
import KontorStorage
import Ledger
import Signing
import TestSupport
import Testing
import VerifiableLog

/// What is told, and to whom, before and after a commit is durable.
struct DurabilityTests {
    /// Waits until a condition holds; it gives up after ten seconds.
    private func until(_ condition: () -> Bool) async throws {
        for _ in 0..<10_000 {
            if condition() { return }
            try await Task.sleep(nanoseconds: 1_000_000)
        }
        Issue.record("it never came to pass")
    }

    @Test func nothingIsShownBeforeItIsDurable() async throws {
        let store = GatedStore()
        var log = try LongLog(store: store)
        let engine = log.engine
        let size = try #require(engine.head).size
        let arrivals = store.arrivals
        store.shut()
        let text = log.text()
        let submission = Task { try await engine.submit([text]) }
        try await until { store.arrivals > arrivals }
        // The rules have run, the commit waits.
        #expect(engine.read { $0.size } == size + 1)
        #expect(engine.head?.size == size)
        #expect(try engine.frame(at: size) == nil)
        let reading = Task { try await engine.readDurable { $0.size } }
        let waiting = Task { try await engine.waitForSize(above: size) }
        try await until { engine.counters.waiterCount == 2 }
        store.open()
        #expect(try await reading.value == size + 1)
        #expect(try await waiting.value == size + 1)
        #expect(try await submission.value.first?.accepted?.index == size)
        #expect(engine.head?.size == size + 1)
    }

    @Test func whatWasLostIsNotShown() async throws {
        let store = GatedStore()
        var log = try LongLog(store: store)
        let engine = log.engine
        let size = try #require(engine.head).size
        let arrivals = store.arrivals
        store.shut()
        let text = log.text()
        let submission = Task { try await engine.submit([text]) }
        try await until { store.arrivals > arrivals }
        let reading = Task { try await engine.readDurable { $0.size } }
        let waiting = Task { try await engine.waitForSize(above: size) }
        try await until { engine.counters.waiterCount == 2 }
        store.open(failure: StorageError(.diskFull, "no space; make some"))
        await #expect(throws: EngineError.self) { try await reading.value }
        await #expect(throws: EngineError.self) { try await waiting.value }
        await #expect(throws: StorageError.self) { try await submission.value }
        #expect(engine.head?.size == size)
        await #expect(throws: EngineError.self) { try await engine.waitForSize(above: size) }
        // What is durable is told all the same.
        #expect(try await engine.waitForSize(above: size - 1) == size)
    }

    @Test func thousandsWaitAndEachIsWokenOnce() async throws {
        var log = try LongLog()
        let engine = log.engine
        let size = try #require(engine.head).size
        let last = size + 3
        let tasks = (0..<3_000).map { number in
            Task { try await engine.waitForSize(above: size + UInt64(number % 3)) }
        }
        try await until { engine.counters.waiterCount == 3_000 }
        for _ in 0..<3 { try log.submit([log.text()]) }
        for (number, task) in tasks.enumerated() {
            let woken = try await task.value
            #expect(woken > size + UInt64(number % 3) && woken <= last)
        }
        #expect(engine.counters.waiterCount == 0)
    }

    @Test func aWaiterCanBeCancelled() async throws {
        let log = try LongLog()
        let engine = log.engine
        let size = try #require(engine.head).size
        let tasks = (0..<100).map { _ in Task { try await engine.waitForSize(above: size) } }
        try await until { engine.counters.waiterCount == 100 }
        for task in tasks { task.cancel() }
        for task in tasks {
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        #expect(engine.counters.waiterCount == 0)
        let late = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await engine.waitForSize(above: size)
        }
        await #expect(throws: CancellationError.self) { try await late.value }
    }

    @Test func closingEndsTheWait() async throws {
        let log = try LongLog()
        let engine = log.engine
        let size = try #require(engine.head).size
        let waiting = Task { try await engine.waitForSize(above: size) }
        try await until { engine.counters.waiterCount == 1 }
        try engine.close()
        await #expect(throws: EngineError.self) { try await waiting.value }
    }

    @Test func aFullQueueSaysBusyAndTakesNothing() async throws {
        let store = GatedStore()
        var log = try LongLog(store: store, queueLimit: 4)
        let engine = log.engine
        let size = try #require(engine.head).size
        let arrivals = store.arrivals
        store.shut()
        // The first waits at the gate, the rest queue.
        let first = log.text()
        var tasks = [Task { try await engine.submit([first]) }]
        try await until { engine.queueLength == 0 && store.arrivals > arrivals }
        for place in 1...4 {
            let text = log.text()
            tasks.append(Task { try await engine.submit([text]) })
            try await until { engine.queueLength == place }
        }
        do {
            _ = try await engine.submit([log.text()])
            Issue.record("a full queue took more")
        } catch let error as EngineError {
            #expect(error.code == .busy)
        }
        store.open()
        var indices: [UInt64] = []
        for task in tasks {
            indices.append(try #require(try await task.value.first?.accepted).index)
        }
        #expect(Set(indices) == Set(size..<size + 5))
        // What queued behind a commit went into the next one together.
        #expect(store.arrivals == arrivals + 2)
        #expect(engine.queueLength == 0)
        // A list longer than the limit is taken when nothing else waits.
        #expect(try await engine.submit(log.texts(9)).count == 9)
    }

    @Test func theRulesOfALargeGroupRunWhileALargeOneIsWritten() async throws {
        let store = GatedStore()
        var log = try LongLog(store: store)
        let engine = log.engine
        let size = try #require(engine.head).size
        let arrivals = store.arrivals
        store.shut()
        let count = (128 << 10) / log.text().count + 1
        let first = log.texts(count)
        let second = log.texts(count)
        let written = Task { try await engine.submit(first) }
        try await until { store.arrivals > arrivals }
        let following = Task { try await engine.submit(second) }
        try await until { engine.read { $0.size } == size + 2 * UInt64(count) }
        #expect(engine.head?.size == size)
        store.open()
        #expect(try await written.value.first?.accepted?.index == size)
        #expect(try await following.value.count == count)
    }

    @Test func countersTellOfCommits() throws {
        var log = try LongLog()
        let before = log.engine.counters
        try log.submit(log.texts(3))
        try log.submit(log.texts(1))
        let after = log.engine.counters
        #expect(after.commits == before.commits + 2)
        #expect(after.entries == before.entries + 4)
        #expect(after.commitSeconds.count == after.commits)
        #expect(after.groupSizes.sum == Double(after.entries))
        #expect(after.bytes > before.bytes + 4 * 64)
        #expect(after.queueLength == 0)
        #expect(after.store.commits == after.commits)
        let last = try #require(after.lastCommit)
        #expect(last.time == log.entries.last?.time)
        #expect(last.monotonicNanoseconds > before.lastCommit?.monotonicNanoseconds ?? .max)
    }

    @Test func aHistogramCountsEachValueOnce() {
        var histogram = Histogram(bounds: [1, 4])
        for value in [0, 1, 1.5, 4, 4.1, 900] { histogram.note(value) }
        #expect(histogram.counts == [2, 2, 2])
        #expect(histogram.count == 6)
        #expect(histogram.sum == 910.6)
    }
}
