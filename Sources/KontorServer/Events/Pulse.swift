internal import KontorEngine
internal import Synchronization

/// Wakes the many streams that wait for new entries: one task waits for the log, and all streams
/// wait for that task.
///
/// It also wakes them now and then for a sign of life. The task runs while a stream waits.
final class Pulse: Sendable {
    /// After how long without an entry a stream gives a sign of life.
    static let heartbeat = Duration.seconds(15)
    private let engine: Engine
    private let state = Mutex(State())

    private struct State: Sendable {
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var cancelled: Set<UInt64> = []
        var nextWaiter: UInt64 = 0
        var isBeating = false
        var isStopped = false
    }

    init(engine: Engine) {
        self.engine = engine
    }

    /// Whether all streams are to end.
    var isStopped: Bool { state.withLock { $0.isStopped } }

    /// Ends all waiting for good.
    func stop() {
        let waiters = state.withLock { state in
            state.isStopped = true
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Waits until the log has more than so many entries, or for the next sign of life.
    ///
    /// Throws when the task is cancelled or all streams are to end.
    func wait(above size: UInt64) async throws {
        let number = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                begin(number, above: size, continuation)
            }
        } onCancel: {
            cancel(number)
        }
        try Task.checkCancellation()
        if isStopped { throw CancellationError() }
    }

    private func begin(
        _ number: UInt64,
        above size: UInt64,
        _ continuation: CheckedContinuation<Void, Never>
    ) {
        let (waits, starts) = state.withLock { state in
            let isCancelled = state.cancelled.remove(number) != nil
            let isDue = (engine.head?.size ?? 0) > size
            guard !isCancelled, !isDue, !state.isStopped else { return (false, false) }
            state.waiters[number] = continuation
            defer { state.isBeating = true }
            return (true, !state.isBeating)
        }
        if !waits { continuation.resume() }
        if starts { Task { await beat() } }
    }

    private func cancel(_ number: UInt64) {
        let waiter = state.withLock { state in
            let waiter = state.waiters.removeValue(forKey: number)
            if waiter == nil { state.cancelled.insert(number) }
            return waiter
        }
        waiter?.resume()
    }

    /// Wakes the waiters after each commit and each pause, until none is left.
    private func beat() async {
        while true {
            let size = state.withLock { _ in engine.head?.size ?? 0 }
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await self.engine.waitForSize(above: size) }
                group.addTask { try? await Task.sleep(for: Self.heartbeat) }
                await group.next()
                group.cancelAll()
            }
            let waiters = state.withLock { state in
                defer { state.waiters = [:] }
                // Cancellations that came before their wait began are void by now.
                if state.waiters.isEmpty {
                    state.isBeating = false
                    state.cancelled = []
                }
                return Array(state.waiters.values)
            }
            if waiters.isEmpty { return }
            for waiter in waiters { waiter.resume() }
        }
    }
}
