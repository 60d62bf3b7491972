import HTTPTypes
import Hummingbird
import HummingbirdTLS
import KontorAPI
import Logging
import NIOCore
import NIOSSL
import Signing
import Synchronization

/// A subscriber: receives deliveries on a port of this machine, and answers as it is told.
final class HookReceiver: Sendable {
    /// What to answer, and after how long.
    struct Answer: Sendable {
        var status = 204
        var delay = Duration.zero
        var location: String?
    }

    /// One delivery as it came.
    struct Received: Sendable {
        let path: String
        let host: String
        let contentType: String?
        let text: [UInt8]
        let delivery: WebhookDelivery
    }

    private let state = Mutex(State())
    private let answer: @Sendable (WebhookDelivery) -> Answer

    private struct State: Sendable {
        var received: [Received] = []
        var port = 0
        var server: Task<Void, any Error>?
    }

    init(_ answer: @escaping @Sendable (WebhookDelivery) -> Answer = { _ in Answer() }) {
        self.answer = answer
    }

    var received: [Received] { state.withLock { $0.received } }
    var deliveries: [WebhookDelivery] { received.map(\.delivery) }
    var indexes: [UInt64] { deliveries.map(\.index) }
    var url: String { "http://127.0.0.1:\(state.withLock { $0.port })/hook" }

    /// The port of this machine.
    var port: Int { state.withLock { $0.port } }

    /// Serves on the port of the last time, or on a free one; over TLS if a certificate is given.
    func start(tls: TLSConfiguration? = nil) async throws {
        let router = Router()
        router.on("/**", method: .post) { request, _ in try await self.receive(request) }
        var logger = Logger(label: "receiver")
        logger.logLevel = .critical
        let (ports, feed) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router,
            server: try tls.map { try .tls(tlsConfiguration: $0) } ?? .http1(),
            configuration: .init(
                address: .hostname("127.0.0.1", port: state.withLock { $0.port })
            ),
            onServerRunning: { feed.yield($0.localAddress?.port ?? 0) },
            logger: logger
        )
        let server = Task { try await application.run() }
        for await port in ports {
            state.withLock { state in
                state.port = port
                state.server = server
            }
            break
        }
    }

    /// Ends the server; its connections break.
    func stop() async {
        let server = state.withLock { $0.server }
        server?.cancel()
        _ = try? await server?.value
    }

    private func receive(_ request: Request) async throws -> Response {
        let body = try await request.body.collect(upTo: 1 << 20)
        let text = Array(body.readableBytesView)
        let jws = try JWS(parsing: text, type: WebhookDelivery.type)
        let delivery = try WebhookDelivery(payload: jws.payload)
        state.withLock { state in
            state.received.append(
                Received(
                    path: request.uri.path,
                    host: request.head.authority ?? "",
                    contentType: request.headers[.contentType],
                    text: text,
                    delivery: delivery
                )
            )
        }
        let answer = answer(delivery)
        try await Task.sleep(for: answer.delay)
        var response = Response(status: HTTPResponse.Status(code: answer.status))
        if let location = answer.location { response.headers[.location] = location }
        return response
    }
}
