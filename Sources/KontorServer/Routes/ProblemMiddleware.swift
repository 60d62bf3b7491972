internal import HTTPTypes
internal import Hummingbird
internal import KontorAPI
internal import KontorEngine
internal import Logging

/// The outermost step: names the request, counts it, and turns every error into a problem.
struct ProblemMiddleware: RouterMiddleware {
    let directory: PathDirectory
    let metrics: ServerMetrics
    let logger: Logger

    func handle(
        _ request: Request,
        context: ServiceContext,
        next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        let requestID = context.id
        var response: Response
        do {
            try requireOneSpelling(of: request.uri.path)
            response = try await next(request, context)
        } catch {
            response = problem(for: error, request, requestID).response(requestID: requestID)
        }
        response.headers[.requestID] = requestID
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        // The parser reads nothing behind a request for an upgrade, so its sender must not go on.
        if request.headers[.upgrade] != nil { response.headers[.connection] = "close" }
        let route = context.endpointPath ?? ""
        metrics.request(
            route: route,
            method: request.method.rawValue,
            status: response.status.code
        )
        logger.debug(
            "request",
            metadata: [
                "route": "\(route)", "method": "\(request.method)",
                "status": "\(response.status.code)", "requestId": "\(requestID)",
            ]
        )
        return response
    }

    /// The router passes over empty segments; a path has one spelling.
    private func requireOneSpelling(of path: String) throws(HTTPProblem) {
        let isEmptyInside = path.utf8.count > 1 && path.hasSuffix("/") || path.contains("//")
        guard isEmptyInside else { return }
        throw HTTPProblem(Problem(.notFound, at: "path", "no such path"))
    }

    private func problem(
        for error: any Error,
        _ request: Request,
        _ requestID: String
    ) -> HTTPProblem {
        switch error {
        case let problem as HTTPProblem: return problem
        case let problem as Problem: return HTTPProblem(problem)
        case let error as EngineError where error.code == .busy:
            return HTTPProblem(.queueFull, "the writer is behind", retryAfter: 1)
        case let error as EngineError where error.code == .readOnly:
            return HTTPProblem(.readOnly, error.message, retryAfter: 60)
        case let error as EngineError where error.code == .stopped || error.code == .clockJump:
            logger.error(
                "the writer has stopped",
                metadata: ["error": "\(error)", "requestId": "\(requestID)"]
            )
            return HTTPProblem(.readOnly, "the writer has stopped", retryAfter: 60)
        case let error as any HTTPResponseError: return problem(of: error, request)
        case is CancellationError:
            return HTTPProblem(.shuttingDown, "the server ends", retryAfter: 5)
        default:
            logger.error(
                "a request failed",
                metadata: ["error": "\(error)", "requestId": "\(requestID)"]
            )
            return HTTPProblem(Problem(.internalError, "see the request id"))
        }
    }

    /// What the framework found: an unknown path or method, a body that is too large.
    private func problem(of error: any HTTPResponseError, _ request: Request) -> HTTPProblem {
        switch error.status {
        case .notFound, .methodNotAllowed:
            let methods = directory.methods(of: request.uri.path)
            guard !methods.isEmpty else {
                return HTTPProblem(Problem(.notFound, at: "path", "no such path"))
            }
            return HTTPProblem(
                Problem(.methodNotAllowed, at: "method", "\(methods.joined(separator: ", "))"),
                headers: [.allow: methods.joined(separator: ", ")]
            )
        case .contentTooLarge: return HTTPProblem(Problem(.bodyTooLarge, at: "body", "too long"))
        default: return HTTPProblem(Problem(.malformedRequest, "it cannot be read"))
        }
    }
}

/// Counts requests per address before anything else is looked at.
struct AddressMiddleware: RouterMiddleware {
    let rates: RateGate

    func handle(
        _ request: Request,
        context: ServiceContext,
        next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        try rates.requireAddress(context.address)
        return try await next(request, context)
    }
}
