internal import KontorAPI
internal import Synchronization

/// How many event streams each login has open.
final class StreamCount: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    /// Counts a stream that begins.
    ///
    /// Throws `TooManyRequests` beyond the limit.
    func begin(_ name: String, limit: Int) throws(HTTPProblem) {
        let isAllowed = counts.withLock { counts in
            guard counts[name, default: 0] < limit else { return false }
            counts[name, default: 0] += 1
            return true
        }
        guard isAllowed else {
            throw HTTPProblem(
                .tooManyRequests,
                "this login has \(limit) event streams open",
                retryAfter: 5
            )
        }
    }

    /// Counts a stream that ended.
    func end(_ name: String) {
        counts.withLock { counts in
            counts[name, default: 1] -= 1
            if counts[name] == 0 { counts[name] = nil }
        }
    }
}

/// What is done once when a stream ends, also if its body was never written.
final class StreamEnd: Sendable {
    private let body: @Sendable () -> Void
    private let isDone = Mutex(false)

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }

    deinit { end() }

    /// Ends the stream.
    func end() {
        let isFirst = isDone.withLock { isDone in
            defer { isDone = true }
            return !isDone
        }
        if isFirst { body() }
    }
}
