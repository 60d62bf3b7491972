internal import Synchronization

/// Submissions between the source that gives them and the request that takes them: bounded, so that
/// the source waits when answers are slow.
///
/// One task gives, one takes. Whoever takes gets what is at hand, at least one, and need not wait
/// for a full batch.
final class LineFeed: Sendable {
    private struct State {
        var lines: [[UInt8]] = []
        var byteCount = 0
        var isClosed = false
        var failure: (any Error)?
        var giver: CheckedContinuation<Void, Never>?
        var taker: CheckedContinuation<Void, Never>?
    }

    private let lineLimit: Int
    private let byteLimit: Int
    private let state = Mutex(State())

    init(lineLimit: Int, byteLimit: Int) {
        self.lineLimit = max(1, lineLimit)
        self.byteLimit = byteLimit
    }

    /// Adds a line, and returns when there is room for another; false if nobody takes any more.
    func give(_ line: [UInt8]) async -> Bool {
        let taker = state.withLock { state in
            state.lines.append(line)
            state.byteCount += line.count
            defer { state.taker = nil }
            return state.taker
        }
        taker?.resume()
        await pause(\.giver) { !self.isFull($0) }
        return state.withLock { !$0.isClosed }
    }

    /// Ends the feed: nothing more is given, or nothing more is taken.
    func close(_ failure: (any Error)? = nil) {
        let (giver, taker) = state.withLock { state in
            state.isClosed = true
            state.failure = state.failure ?? failure
            defer {
                state.giver = nil
                state.taker = nil
            }
            return (state.giver, state.taker)
        }
        giver?.resume()
        taker?.resume()
    }

    /// The lines at hand, in their order, none at the end; then throws what the source threw.
    func take() async throws -> [[UInt8]] {
        await pause(\.taker) { !$0.lines.isEmpty }
        try Task.checkCancellation()
        let (lines, giver, failure) = state.withLock { state in
            defer {
                state.lines = []
                state.byteCount = 0
                state.giver = nil
            }
            return (state.lines, state.giver, state.failure)
        }
        giver?.resume()
        if lines.isEmpty, let failure { throw failure }
        return lines
    }

    private func isFull(_ state: State) -> Bool {
        state.lines.count >= lineLimit || state.byteCount >= byteLimit
    }

    /// Waits until a condition may hold, the feed is closed, or the task is cancelled.
    private func pause(
        _ side: any WritableKeyPath<State, CheckedContinuation<Void, Never>?> & Sendable,
        until condition: @Sendable (State) -> Bool
    ) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state in
                    if state.isClosed || condition(state) || Task.isCancelled { return true }
                    state[keyPath: side] = continuation
                    return false
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            close()
        }
    }
}
