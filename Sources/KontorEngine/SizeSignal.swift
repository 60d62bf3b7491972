internal import Dispatch
internal import Synchronization

/// Where tasks wait for the log to grow: thousands of them, each woken once, none that polls.
///
/// The committer only states the new size. Tasks are woken by a thread of their own, and sizes that
/// are stated while it is at work are one wake, so that many waiters never hold up a commit.
final class SizeSignal: Sendable {
    private struct Waiter {
        let size: UInt64
        let continuation: CheckedContinuation<UInt64, any Error>
    }

    private struct State {
        var size: UInt64
        var failure: EngineError?
        var isWaking = false
        var nextName: UInt64 = 0
        var waiters: [UInt64: Waiter] = [:]
    }

    private let state: Mutex<State>
    private let waker = DispatchQueue(label: "kontor.waker")

    init(size: UInt64) {
        state = Mutex(State(size: size))
    }

    /// How many tasks wait.
    var waiterCount: Int { state.withLock { $0.waiters.count } }

    /// Returns the size once it is greater than another one.
    ///
    /// Throws `CancellationError`, or the failure after which the log grows no more.
    func wait(above size: UInt64) async throws -> UInt64 {
        let name = state.withLock { state in
            state.nextName += 1
            return state.nextName
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result = state.withLock { state -> Result<UInt64, any Error>? in
                    if state.size > size { return .success(state.size) }
                    if let failure = state.failure { return .failure(failure) }
                    // A cancellation before this line is seen here, a later one finds the waiter.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    state.waiters[name] = Waiter(size: size, continuation: continuation)
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: name) }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }

    /// States the size of the log after a durable commit.
    func state(size: UInt64) {
        change { $0.size = max($0.size, size) }
    }

    /// States that the log grows no more; whoever waits is told so.
    func fail(_ failure: EngineError) {
        change { $0.failure = $0.failure ?? failure }
    }

    private func change(_ body: (inout State) -> Void) {
        let starts = state.withLock { state in
            body(&state)
            guard !state.waiters.isEmpty, !state.isWaking else { return false }
            state.isWaking = true
            return true
        }
        if starts { waker.async { self.wake() } }
    }

    /// Wakes whoever waits for less than there is, until nobody does.
    private func wake() {
        while true {
            let ready = state.withLock { state in
                var ready: [(Waiter, Result<UInt64, any Error>)] = []
                for (name, waiter) in state.waiters {
                    if waiter.size < state.size {
                        ready.append((waiter, .success(state.size)))
                    } else if let failure = state.failure {
                        ready.append((waiter, .failure(failure)))
                    } else {
                        continue
                    }
                    state.waiters[name] = nil
                }
                if ready.isEmpty { state.isWaking = false }
                return ready
            }
            if ready.isEmpty { return }
            for (waiter, result) in ready { waiter.continuation.resume(with: result) }
        }
    }
}
