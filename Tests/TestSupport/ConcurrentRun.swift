private import Foundation
private import Synchronization

/// A writer and readers on threads of their own, until the writer is done or one of them throws.
struct ConcurrentRun {
    /// The number of reading threads.
    let readers: Int

    private struct State {
        var isDone = false
        var reads = 0
        var fault: (any Error)?
    }

    /// Runs until the writer returns; gives the number of reads, or throws the first fault.
    func run(
        _ writer: @escaping @Sendable () throws -> Void,
        reader: @escaping @Sendable () throws -> Void
    ) throws -> Int {
        let state = Shared()
        let ended = DispatchSemaphore(value: 0)
        for _ in 0..<readers {
            // Threads, not a queue: readers that never wait would keep a queue from the writer.
            Thread.detachNewThread {
                while !state.value.withLock({ $0.isDone }) {
                    state.attempt(reader)
                    state.value.withLock { $0.reads += 1 }
                }
                ended.signal()
            }
        }
        Thread.detachNewThread {
            state.attempt(writer)
            state.value.withLock { $0.isDone = true }
            ended.signal()
        }
        for _ in 0...readers { ended.wait() }
        return try state.value.withLock { state in
            if let fault = state.fault { throw fault }
            return state.reads
        }
    }

    private final class Shared: Sendable {
        let value = Mutex(State())

        func attempt(_ body: () throws -> Void) {
            do {
                try body()
            } catch {
                value.withLock { state in
                    state.fault = state.fault ?? error
                    state.isDone = true
                }
            }
        }
    }
}
