internal import Hummingbird
internal import KontorAPI
internal import NIOCore
internal import Signing

/// `/healthz`: the process lives; `/readyz`: it takes requests (spec/19 §12).
struct HealthRoutes {
    let readiness: Readiness

    func add<Context>(to router: Router<Context>) {
        let readiness = readiness
        router.get("/healthz") { _, _ in Self.answer(["status": "alive"]) }
        router.get("/readyz") { _, _ in
            guard let problem = readiness.problem else { return Self.answer(["status": "ready"]) }
            return Self.answer(
                problem.json(),
                status: .init(code: problem.status),
                type: Problem.mediaType
            )
        }
    }

    private static func answer(
        _ value: JSONValue,
        status: HTTPResponse.Status = .ok,
        type: String = MediaType.json
    ) -> Response {
        Response(
            status: status,
            headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: value.text))
        )
    }
}
