internal import Hummingbird
internal import KontorAPI
internal import Signing

/// `/healthz`: the process lives; `/readyz`: it takes requests (spec/19 §12).
///
/// Both addresses answer alike.
enum HealthRoutes {
    /// The endpoints of the public address.
    static func endpoints(_ obstacle: @escaping @Sendable () -> Problem?) -> [Endpoint] {
        [
            Endpoint(.get, "/healthz", .everyone) { _ in alive },
            Endpoint(.get, "/readyz", .everyone) { call in
                ready(obstacle(), requestID: call.context.requestID)
            },
        ]
    }

    /// Adds the routes of the admin address.
    static func add<Context: RequestContext>(
        to router: Router<Context>,
        _ obstacle: @escaping @Sendable () -> Problem?
    ) {
        router.get("/healthz") { _, _ in alive }
        router.get("/readyz") { _, context in
            ready(obstacle(), requestID: String(describing: context.id))
        }
    }

    private static var alive: Response { .json(["status": "alive"]) }

    private static func ready(_ problem: Problem?, requestID: String) -> Response {
        guard let problem else { return .json(["status": "ready"]) }
        return HTTPProblem(problem, headers: [.retryAfter: "5"]).response(requestID: requestID)
    }
}
