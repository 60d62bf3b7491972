internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL

/// Posts the deliveries of one subscription, one after another.
///
/// The name is resolved here and its address checked; the connection then goes to that very
/// address, with the name in `Host`, in SNI and against the certificate. So a name that changes its
/// address between check and connection (DNS rebinding) leads nowhere. Redirects are not followed,
/// no proxy is used. The connection is kept for the next delivery, not longer than the address.
struct WebhookSender {
    private let url: WebhookURL
    private let rule: AddressRule
    private let tools: DeliveryTools
    private var line: Line?

    /// A connection pool that reaches one checked address.
    private struct Line {
        let client: HTTPClient
        let openedAt: ContinuousClock.Instant
    }

    /// Answers longer than this are not read to their end, and cost the connection.
    private static let answerBytes = 16_384

    init(url: WebhookURL, allowsLoopback: Bool, tools: DeliveryTools) {
        self.url = url
        rule = AddressRule(allowsLoopback: allowsLoopback, needsLoopback: !url.isSecure)
        self.tools = tools
    }

    /// Makes one attempt; it ends in time, whatever the receiver does.
    mutating func post(_ text: [UInt8]) async -> DeliveryOutcome {
        let start = ContinuousClock.now
        guard let client = await client(start) else { return .failed(DeliveryFailure(.address)) }
        let left = tools.attemptTime - (ContinuousClock.now - start)
        let outcome = await Self.attempt(text, to: url, by: client, within: left)
        if case .failed = outcome { await close() }
        return outcome
    }

    /// Ends the connection.
    mutating func close() async {
        guard let line else { return }
        self.line = nil
        try? await line.client.shutdown()
    }

    /// A client that reaches the address alone, or nil if there is none that is allowed.
    private mutating func client(_ now: ContinuousClock.Instant) async -> HTTPClient? {
        if let line, now - line.openedAt < tools.addressTime { return line.client }
        await close()
        guard let address = await tools.resolve(url.host, url.port, tools.attemptTime),
            rule.allows(address), let text = address.ipAddress,
            // What the client reads as the name is what was resolved, or the check is void.
            let host = try? HTTPClient.Request(url: url.requestText).host,
            host == url.host || host == "[\(url.host)]"
        else { return nil }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tools.tls,
            redirectConfiguration: .disallow,
            decompression: .disabled
        )
        configuration.dnsOverride = [host: text]
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1
        let client = HTTPClient(
            eventLoopGroup: HTTPClient.defaultEventLoopGroup,
            configuration: configuration
        )
        line = Line(client: client, openedAt: now)
        return client
    }

    private static func attempt(
        _ text: [UInt8],
        to url: WebhookURL,
        by client: HTTPClient,
        within limit: Duration
    ) async -> DeliveryOutcome {
        let nanoseconds = Int64(max(.zero, limit) / .nanoseconds(1))
        var request = HTTPClientRequest(url: url.requestText)
        request.method = .POST
        request.headers = ["Content-Type": "application/jose", "User-Agent": "kontor"]
        request.body = .bytes(ByteBuffer(bytes: text))
        do {
            let response = try await client.execute(
                request,
                deadline: .now() + .nanoseconds(nanoseconds)
            )
            // The status decides; the body is only taken off the connection.
            var byteCount = 0
            do {
                for try await piece in response.body {
                    byteCount += piece.readableBytes
                    if byteCount > answerBytes { break }
                }
            } catch {}
            return outcome(of: response.status)
        } catch {
            return .failed(DeliveryFailure(reason(of: error)))
        }
    }

    private static func outcome(of status: HTTPResponseStatus) -> DeliveryOutcome {
        switch status.code {
        case 200..<300: .taken
        case 410: .gone
        default: .failed(DeliveryFailure(.status, status: Int(status.code)))
        }
    }

    private static func reason(of error: any Error) -> DeliveryFailure.Reason {
        switch error {
        case let error as HTTPClientError: timeouts.contains(error) ? .timeout : .connection
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: .tls
        default: .connection
        }
    }

    private static let timeouts: [HTTPClientError] = [
        .deadlineExceeded, .connectTimeout, .readTimeout, .writeTimeout,
        .getConnectionFromPoolTimeout, .tlsHandshakeTimeout,
    ]
}
