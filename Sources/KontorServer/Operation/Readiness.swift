internal import KontorAPI
internal import ServiceLifecycle
internal import Synchronization

/// Whether the server takes requests.
final class Readiness: Sendable {
    /// The life of a server.
    enum Phase: Sendable { case starting, serving, stopping }

    private let phase = Mutex(Phase.starting)
    private let obstacle: @Sendable () -> ProblemCode?

    /// `obstacle` is what keeps a running server from being ready: an empty or a fenced ledger.
    init(obstacle: @escaping @Sendable () -> ProblemCode?) {
        self.obstacle = obstacle
    }

    /// Goes to a phase; nothing comes after stopping.
    func set(_ phase: Phase) {
        self.phase.withLock { if $0 != .stopping { $0 = phase } }
    }

    /// Why requests should go elsewhere, or nil.
    var problem: Problem? {
        switch phase.withLock({ $0 }) {
        case .starting: Problem(.shuttingDown, "this instance is starting")
        case .stopping: Problem(.shuttingDown, "this instance is stopping")
        case .serving: obstacle().map { Problem($0, "this instance is not ready: \($0.title)") }
        }
    }
}

/// Notes the start of a shutdown, and ends streams, before any other service ends.
struct ReadinessService: ServiceLifecycle.Service {
    let readiness: Readiness
    let service: Service

    func run() async throws {
        try? await gracefulShutdown()
        readiness.set(.stopping)
        service.beginShutdown()
    }
}
