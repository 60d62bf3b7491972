internal import Synchronization

/// A bounded number of places, for which tasks wait in order: back-pressure without blocking.
final class Places: Sendable {
    private let state: Mutex<State>

    private struct State: Sendable {
        var free: Int
        var waiting: (count: Int, continuation: CheckedContinuation<Void, Never>)?
    }

    /// So many free places.
    init(_ count: Int) {
        state = Mutex(State(free: count))
    }

    /// Takes places, and waits until there are as many; one task at a time may wait.
    func take(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                state.free -= count
                guard state.free < 0 else { return true }
                state.waiting = (count, continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    /// Gives places back.
    func give(_ count: Int) {
        let continuation = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.free += count
            guard state.free >= 0, let waiting = state.waiting else { return nil }
            state.waiting = nil
            return waiting.continuation
        }
        continuation?.resume()
    }
}
