internal import Hummingbird
internal import Logging

/// Logs each request of the admin address at level debug: its route, never its path or its headers.
struct AccessLog<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response: Response
        do {
            response = try await next(request, context)
        } catch {
            let status = (error as? any HTTPResponseError)?.status ?? .internalServerError
            note(request, context, status.code, start)
            throw error
        }
        note(request, context, response.status.code, start)
        return response
    }

    private func note(
        _ request: Request,
        _ context: Context,
        _ status: Int,
        _ start: ContinuousClock.Instant
    ) {
        let route = context.endpointPath ?? ""
        let elapsed = start.duration(to: .now)
        context.logger.debug(
            "request",
            metadata: [
                "route": .string(route), "method": .string(request.method.rawValue),
                "status": .stringConvertible(status),
                "microseconds": .stringConvertible(
                    elapsed.components.attoseconds / 1_000_000_000_000
                        + elapsed.components.seconds * 1_000_000
                ),
            ]
        )
    }
}
