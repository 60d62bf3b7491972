internal import Synchronization

/// The answers of a load by the number of their request.
final class AnswerBook: Sendable {
    private let state = Mutex<[Int: ResponseScanner.Response]>([:])

    /// What was answered so far.
    var answers: [Int: ResponseScanner.Response] { state.withLock { $0 } }

    /// Notes an answer.
    func note(_ response: ResponseScanner.Response, to number: Int) {
        state.withLock { $0[number] = response }
    }
}
