internal import Dispatch
internal import NIOCore
internal import Synchronization

/// Asks the system for the address of a name, without blocking a task and not for longer than is
/// waited.
enum NameResolver {
    private static let queue = DispatchQueue(label: "kontor.names", attributes: .concurrent)

    /// The first address of a name or of an address as text, or nil if there is none in time.
    static func address(of host: String, port: Int, within limit: Duration) async -> SocketAddress?
    {
        await withCheckedContinuation { continuation in
            let answer = FirstAnswer(continuation)
            queue.async {
                answer.give(try? SocketAddress.makeAddressResolvingHost(host, port: port))
            }
            let milliseconds = Int(limit / .milliseconds(1))
            queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { answer.give(nil) }
        }
    }

    /// Resumes a continuation by the first of two answers.
    private final class FirstAnswer: Sendable {
        private let continuation: Mutex<CheckedContinuation<SocketAddress?, Never>?>

        init(_ continuation: CheckedContinuation<SocketAddress?, Never>) {
            self.continuation = Mutex(continuation)
        }

        func give(_ address: SocketAddress?) {
            let waiting = continuation.withLock { continuation in
                defer { continuation = nil }
                return continuation
            }
            waiting?.resume(returning: address)
        }
    }
}
