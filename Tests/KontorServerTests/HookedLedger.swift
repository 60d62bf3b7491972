import HTTPTypes
import Hummingbird
import HummingbirdTesting
import KontorAPI
import KontorEngine
import KontorStorage
import Ledger
import Logging
import NIOCore
import Signing
import Synchronization
import TestSupport

@testable import KontorServer

/// A ledger whose service delivers to receivers of this machine, impatiently.
struct HookedLedger {
    var ledger: ServedLedger
    let service: Service
    let metrics = ServerMetrics()

    /// Patience of milliseconds.
    static var tools: DeliveryTools {
        var tools = DeliveryTools()
        tools.limits.firstDelay = 2
        tools.limits.greatestDelay = 10
        tools.limits.lifetime = 60_000
        tools.attemptTime = .seconds(5)
        tools.saveTime = .milliseconds(5)
        return tools
    }

    init(
        store: any LogStore = MemoryLogStore(),
        transfers count: Int = 1,
        tools: DeliveryTools = HookedLedger.tools,
        allowsLoopback: Bool = true
    ) throws {
        ledger = try ServedLedger(store: store, transfers: count)
        service = Self.service(
            over: ledger.engine,
            tools,
            metrics,
            allowsLoopback: allowsLoopback
        )
    }

    static func service(
        over engine: Engine,
        _ tools: DeliveryTools = tools,
        _ metrics: ServerMetrics = ServerMetrics(),
        allowsLoopback: Bool = true
    ) -> Service {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return Service(
            engine: engine,
            settings: ServiceSettings(webhookLoopback: allowsLoopback),
            metrics: metrics,
            logger: logger,
            delivery: tools
        )
    }

    /// Sends a request of a role to the service; returns status, `Location` and body.
    func ask(
        _ method: HTTPRequest.Method,
        _ path: String,
        by role: ServedLedger.Role = .nordwind,
        _ body: JSONValue? = nil
    ) async throws -> (status: Int, location: String?, body: [UInt8]) {
        var headers = ledger.headers(role, identifier: "\(UInt64.random(in: 0...(.max)))")
        if body != nil { headers[.contentType] = MediaType.json }
        return try await send(method, path, headers, body?.text)
    }

    /// Sends a request of any body; returns status, `Location` and body.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ headers: HTTPFields,
        _ body: [UInt8]?
    ) async throws -> (status: Int, location: String?, body: [UInt8]) {
        let buffer = body.map { ByteBuffer(bytes: $0) }
        return try await Application(router: service.router()).test(.router) { client in
            let response = try await client.execute(
                uri: path,
                method: method,
                headers: headers,
                body: buffer
            )
            return (
                response.status.code, response.headers[.location],
                Array(response.body.readableBytesView)
            )
        }
    }

    /// Subscribes; returns the path of the subscription.
    func subscribe(
        _ url: String,
        by role: ServedLedger.Role = .nordwind,
        kinds: [String]? = nil,
        from: UInt64? = 0
    ) async throws -> String {
        let request = WebhookRequest(url: url, kinds: kinds, from: from)
        let answer = try await ask(.post, "/v1/webhooks", by: role, request.json)
        guard answer.status == 201, let location = answer.location else {
            throw Unexpected(text: String(decoding: answer.body, as: UTF8.self))
        }
        return location
    }

    /// A member of a subscription, as its owner is shown it.
    func shown(
        _ path: String,
        _ member: String,
        by role: ServedLedger.Role = .nordwind
    ) async throws -> JSONValue? {
        try JSONValue(parsing: try await ask(.get, path, by: role).body)[member]
    }

    /// Runs the couriers while a body runs, and shuts them down.
    func whileDelivering<T>(_ body: () async throws -> T) async throws -> T {
        let running = Task { [webhooks = service.webhooks] in try await webhooks.run() }
        do {
            let result = try await body()
            service.webhooks.stop()
            try await running.value
            return result
        } catch {
            service.webhooks.stop()
            try await running.value
            throw error
        }
    }

    /// The indexes that a reader may read.
    func visible(to role: Reader.Role, _ name: String) throws -> [UInt64] {
        let reader = Reader(role: role, name: name)
        return try (0..<ledger.size).filter { index in
            try ledger.engine.view(at: index)?.isVisible(to: reader) ?? false
        }
    }

    struct Unexpected: Error {
        let text: String
    }
}

/// Waits until something holds, at most ten seconds; returns whether it does.
func eventually(_ condition: () async throws -> Bool) async rethrows -> Bool {
    for _ in 0..<2_000 {
        if try await condition() { return true }
        try? await Task.sleep(for: .milliseconds(5))
    }
    return try await condition()
}
