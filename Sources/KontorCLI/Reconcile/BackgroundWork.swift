internal import Foundation
internal import Synchronization

/// Work on a thread of its own, whose result the caller waits for.
final class BackgroundWork<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)
    private let isDone = DispatchSemaphore(value: 0)

    /// Begins the work.
    init(_ body: @escaping @Sendable () throws -> Value) {
        let thread = Thread {
            let found = Result { try body() }
            self.result.withLock { $0 = found }
            self.isDone.signal()
        }
        thread.stackSize = 1 << 22
        thread.start()
    }

    /// Waits for the end, and returns or throws what the work did; to be called once.
    func wait() throws -> Value {
        isDone.wait()
        guard let found = result.withLock({ $0 }) else {
            throw CommandError("a thread ended without a result")
        }
        return try found.get()
    }
}
