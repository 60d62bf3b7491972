internal import HTTPTypes
internal import Hummingbird
internal import KontorAPI
internal import NIOCore
internal import Signing

/// A problem on its way to the client, with the headers that belong to it.
struct HTTPProblem: Error {
    /// What is wrong.
    let problem: Problem
    /// `Retry-After`, `Allow` and the like.
    var headers: HTTPFields = [:]

    init(_ problem: Problem, headers: HTTPFields = [:]) {
        self.problem = problem
        self.headers = headers
        if problem.status == 401 {
            self.headers[.wwwAuthenticate] = "Bearer"
        }
    }

    /// A problem that time heals: it says how many seconds to wait.
    init(_ code: ProblemCode, _ detail: String, retryAfter seconds: Int) {
        self.init(Problem(code, detail))
        headers[.retryAfter] = String(max(1, seconds))
    }

    /// The answer.
    func response(requestID: String) -> Response {
        var headers = headers
        headers[.contentType] = Problem.mediaType
        headers[.cacheControl] = "no-store"
        return Response(
            status: HTTPResponse.Status(code: problem.status),
            headers: headers,
            body: ResponseBody(
                byteBuffer: ByteBuffer(bytes: problem.json(requestID: requestID).text)
            )
        )
    }
}

extension HTTPField.Name {
    static let requestID = HTTPField.Name("X-Request-Id") ?? .via
}
