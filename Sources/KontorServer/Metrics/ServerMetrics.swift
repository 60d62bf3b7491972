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
        var connectionsRefused = 0
        var connectionsCut = 0
        var tilesSize: UInt64?
        var tilesFailures = 0
        var webhooks = WebhookFigures()
    }

    /// A route, a method and a status.
    struct RequestKey: Hashable, Comparable, Sendable {
        let route: String
        let method: String
        let status: Int

        static func < (left: RequestKey, right: RequestKey) -> Bool {
            (left.route, left.method, left.status) < (right.route, right.method, right.status)
        }
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

    /// Counts a connection that was closed at once, since there were too many.
    public func connectionRefused() { state.withLock { $0.connectionsRefused += 1 } }

    /// Counts a connection that was ended, since its client was too slow.
    public func connectionCut() { state.withLock { $0.connectionsCut += 1 } }

    /// Notes the size that the tiles directory has now.
    public func tilesPublished(size: UInt64) { state.withLock { $0.tilesSize = size } }

    /// Counts a round in which the tiles directory could not be brought up to date.
    public func tilesFailed() { state.withLock { $0.tilesFailures += 1 } }

    /// Changes what is told of deliveries.
    func webhooks(_ change: (inout WebhookFigures) -> Void) {
        state.withLock { change(&$0.webhooks) }
    }

    var snapshot: State { state.withLock { $0 } }
}
