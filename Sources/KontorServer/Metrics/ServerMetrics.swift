internal import Synchronization

/// What the service counts, for `/metrics` on the admin address.
public final class ServerMetrics: Sendable {
    private let state = Mutex(State())

    struct State: Sendable {
        var requests: [RequestKey: Int] = [:]
        var refusals: [String: Int] = [:]
        var accepted = 0
        var known = 0
        var eventStreams = 0
        var connections = 0
    }

    /// A route, a method and a status.
    struct RequestKey: Hashable, Sendable {
        let route: String
        let method: String
        let status: Int
    }

    /// Counters at zero.
    public init() {}

    /// Counts an answered request; `route` is its pattern, never its path.
    public func request(route: String, method: String, status: Int) {
        state.withLock {
            $0.requests[
                RequestKey(route: route, method: method, status: status),
                default: 0
            ] += 1
        }
    }

    /// Counts answers to submissions.
    public func answers(accepted: Int, known: Int, refused codes: [String]) {
        state.withLock { state in
            state.accepted += accepted
            state.known += known
            for code in codes { state.refusals[code, default: 0] += 1 }
        }
    }

    /// Notes that an event stream began (1) or ended (-1).
    public func eventStreams(_ change: Int) { state.withLock { $0.eventStreams += change } }

    /// Notes that a connection began (1) or ended (-1).
    public func connections(_ change: Int) { state.withLock { $0.connections += change } }

    var snapshot: State { state.withLock { $0 } }
}
