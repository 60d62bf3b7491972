internal import KontorEngine
internal import Synchronization

/// Lines that wait for their answers, and whether more will come: the stream of answers ends after
/// both.
final class PendingLines: Sendable {
    private let feed: AsyncThrowingStream<AnsweredLines, any Error>.Continuation
    private let state = Mutex(State())

    private struct State: Sendable {
        var waiting = 0
        var isComplete = false
        var error: (any Error)?

        var isDone: Bool { isComplete && waiting == 0 }
    }

    init(_ feed: AsyncThrowingStream<AnsweredLines, any Error>.Continuation) {
        self.feed = feed
    }

    /// Notes that lines were queued.
    func begin() { state.withLock { $0.waiting += 1 } }

    /// Hands over the answers of queued lines; the engine gives them in their order.
    func end(
        _ first: Int,
        _ submissions: [PreparedSubmission],
        _ result: Result<[Answer], any Error>
    ) {
        let end = state.withLock { state -> State? in
            state.waiting -= 1
            switch result {
            case .success(let answers):
                feed.yield(AnsweredLines(first: first, submissions: submissions, answers: answers))
            case .failure(let error):
                state.error = state.error ?? error
                // The writer has stopped: nothing that follows is answered.
                feed.finish(throwing: error)
            }
            return state.isDone ? state : nil
        }
        if let end { feed.finish(throwing: end.error) }
    }

    /// Notes that no more lines come, and why, if the stream did not end by itself.
    func finish(throwing error: (any Error)? = nil) {
        let end = state.withLock { state -> State? in
            state.isComplete = true
            state.error = state.error ?? error
            return state.isDone ? state : nil
        }
        if let end { feed.finish(throwing: end.error) }
    }
}
