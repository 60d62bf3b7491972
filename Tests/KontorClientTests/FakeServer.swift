import HTTPTypes
import Hummingbird
import KontorAPI
import Logging
import NIOCore
import Signing
import Synchronization

/// What a client asked for.
struct FakeRequest: Sendable {
    let method: String
    let path: String
    let query: [String: String]
    let headers: HTTPFields
    let body: [UInt8]

    /// The value of a header, or nil.
    func header(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { headers[$0] }
    }
}

/// What it is told, true or not.
struct FakeResponse: Sendable {
    var status = 200
    var type: String? = MediaType.json
    var headers: [(String, String)] = []
    var body: [UInt8] = []
    /// What comes after the body; the last piece again and again if it never ends.
    var pieces: [[UInt8]] = []
    var isEndless = false
    /// Whether the connection breaks after the pieces.
    var breaks = false
    /// A length that may be wrong.
    var statedLength: Int?

    static func text(_ text: String, type: String = MediaType.text, status: Int = 200) -> Self {
        FakeResponse(status: status, type: type, body: Array(text.utf8))
    }

    static func bytes(_ bytes: [UInt8], type: String = MediaType.octets) -> Self {
        FakeResponse(type: type, body: bytes)
    }

    static func problem(_ problem: Problem) -> Self {
        FakeResponse(
            status: problem.status,
            type: Problem.mediaType,
            body: problem.json(requestID: "r-1").text
        )
    }

    static let notFound = problem(Problem(.notFound, "there is no such thing"))
}

/// A server on a free port of this host that says what a test tells it to.
enum FakeServer {
    typealias Handler = @Sendable (FakeRequest) async throws -> FakeResponse

    private struct Broken: Error {}

    /// Runs a body while the server runs; it gets the address.
    static func run<T: Sendable>(
        _ handler: @escaping Handler,
        _ body: @escaping @Sendable (_ url: String) async throws -> T
    ) async throws -> T {
        let responder = CallbackResponder { (request: Request, _: BasicRequestContext) in
            try await respond(to: request, handler)
        }
        return try await serve(responder, body)
    }

    /// Runs a body while a responder is served.
    static func serve<T: Sendable, Responder: HTTPResponder>(
        _ responder: Responder,
        _ body: @escaping @Sendable (_ url: String) async throws -> T
    ) async throws -> T
    where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        var logger = Logger(label: "fake")
        logger.logLevel = .critical
        let app = Application(
            responder: responder,
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) },
            logger: logger
        )
        return try await withThrowingTaskGroup(of: T?.self) { group in
            group.addTask {
                try? await app.run()
                return nil
            }
            group.addTask {
                for await number in ports {
                    return try await body("http://127.0.0.1:\(number)")
                }
                return nil
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw Broken()
        }
    }

    private static func respond(
        to request: Request,
        _ handler: Handler
    ) async throws -> Response {
        let body = try await request.body.collect(upTo: 64 << 20)
        var query: [String: String] = [:]
        for (name, value) in request.uri.queryParameters {
            query[String(name)] = String(value)
        }
        let answer = try await handler(
            FakeRequest(
                method: request.method.rawValue,
                path: request.uri.path,
                query: query,
                headers: request.headers,
                body: Array(body.readableBytesView)
            )
        )
        var headers = HTTPFields()
        if let type = answer.type { headers[.contentType] = type }
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        let isWhole = answer.pieces.isEmpty && !answer.isEndless && !answer.breaks
        let length = answer.statedLength ?? (isWhole ? answer.body.count : nil)
        return Response(
            status: .init(code: answer.status),
            headers: headers,
            body: ResponseBody(contentLength: length) { writer in
                if !answer.body.isEmpty { try await writer.write(ByteBuffer(bytes: answer.body)) }
                for piece in answer.pieces { try await writer.write(ByteBuffer(bytes: piece)) }
                while answer.isEndless {
                    try Task.checkCancellation()
                    try await writer.write(ByteBuffer(bytes: answer.pieces.last ?? [0x20]))
                }
                if answer.breaks { throw Broken() }
                try await writer.finish(nil)
            }
        )
    }
}

/// Counts what happens in a handler.
final class Counter: Sendable {
    private let value = Mutex(0)

    /// Counts one more, and gives the number of times before.
    func next() -> Int {
        value.withLock { value in
            defer { value += 1 }
            return value
        }
    }

    var count: Int { value.withLock { $0 } }
}
