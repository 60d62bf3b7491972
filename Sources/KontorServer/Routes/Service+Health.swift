internal import Hummingbird
internal import KontorAPI
internal import KontorEngine
internal import Signing

/// `/healthz` and `/readyz` (spec/19 §12).
extension Service {
    var healthEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/healthz", .everyone) { _ in .json(["status": "alive"]) },
            Endpoint(.get, "/readyz", .everyone) { _ in try ready() },
        ]
    }

    private func ready() throws -> Response {
        if pulse.isStopped { throw HTTPProblem(.shuttingDown, "the server ends", retryAfter: 5) }
        guard engine.head != nil else {
            throw HTTPProblem(.ledgerEmpty, "there is no entry yet", retryAfter: 5)
        }
        return .json(["status": "ready"])
    }
}
