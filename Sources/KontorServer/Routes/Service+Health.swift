internal import HTTPTypes
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
        if let problem = obstacle() {
            throw HTTPProblem(problem, headers: [.retryAfter: "5"])
        }
        return .json(["status": "ready"])
    }
}
