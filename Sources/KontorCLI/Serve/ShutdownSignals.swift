internal import Dispatch
internal import Foundation
internal import Synchronization

/// Waits for the signals TERM and INT: the first one begins a shutdown, the second one, or the end
/// of its time, ends the process at once.
///
/// Nothing that was acknowledged is lost either way; it was durable before.
struct ShutdownSignals {
    private let sources: [any DispatchSourceSignal]

    /// How many signals came.
    private final class Count: Sendable {
        private let value = Mutex(0)

        func next() -> Int {
            value.withLock { value in
                value += 1
                return value
            }
        }
    }

    /// Begins to wait; `first` is called once.
    init(graceSeconds: Int, first: @escaping @Sendable () async -> Void) {
        // A log that nobody reads any more does not end the service.
        signal(SIGPIPE, SIG_IGN)
        let count = Count()
        sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                guard count.next() == 1 else { _exit(1) }
                DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(graceSeconds)) {
                    _exit(1)
                }
                Task { await first() }
            }
            source.resume()
            return source
        }
    }

    /// Ends the waiting.
    func cancel() {
        for source in sources { source.cancel() }
    }
}
