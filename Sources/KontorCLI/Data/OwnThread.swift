internal import Foundation

/// Work that blocks, on a thread of its own, so that tasks go on beside it.
enum OwnThread {
    /// Runs a body, and returns or throws what it does.
    static func run<T: Sendable>(
        _ body: @escaping @Sendable () throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread { continuation.resume(with: Result { try body() }) }
            thread.stackSize = 1 << 23
            thread.start()
        }
    }
}
