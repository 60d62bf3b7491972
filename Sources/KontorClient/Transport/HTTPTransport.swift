internal import AsyncHTTPClient
internal import KontorAPI
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL

/// Sends one request, once, and bounds what comes back.
///
/// Certificates are always verified, and redirects are never followed.
final class HTTPTransport: Sendable {
    let address: ServerAddress
    private let limits: ClientLimits
    private let http: HTTPClient

    init(address: ServerAddress, limits: ClientLimits, trustRoots: String?) {
        self.address = address
        self.limits = limits
        var tls = TLSConfiguration.makeClientConfiguration()
        if let trustRoots { tls.trustRoots = .file(trustRoots) }
        tls.certificateVerification = .fullVerification
        tls.minimumTLSVersion = .tlsv12
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls,
            redirectConfiguration: .disallow,
            timeout: .init(
                connect: .milliseconds(limits.connectTimeoutMilliseconds),
                read: .milliseconds(limits.silenceMilliseconds)
            ),
            decompression: .disabled
        )
        configuration.connectionPool.retryConnectionEstablishment = false
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    deinit {
        http.shutdown { _ in }
    }

    /// Sends a request and reads the whole answer.
    ///
    /// Throws `connection`, `timeout`, `tooLong`, or `CancellationError`.
    func send(_ request: APIRequest, token: String?) async throws -> APIAnswer {
        let timeout = Duration.milliseconds(limits.answerTimeoutMilliseconds)
        return try await withThrowingTaskGroup(of: APIAnswer.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                let opened = try await self.open(request, token: token)
                return APIAnswer(head: opened.head, body: try await opened.collect(request.limit))
            }
            group.addTask {
                try await Task.sleep(for: timeout)
                throw ClientError(
                    .timeout,
                    at: request.path,
                    "the whole answer did not come within \(timeout)",
                    again: .again(after: nil)
                )
            }
            guard let answer = try await group.next() else { throw CancellationError() }
            return answer
        }
    }

    /// Sends a request and hands over the body as it comes.
    ///
    /// Throws `connection`, `timeout`, or `CancellationError`.
    func open(_ request: APIRequest, token: String?) async throws -> OpenAnswer {
        var sent = HTTPClientRequest(url: address.url(request.path, request.query))
        sent.method = request.body == nil ? .GET : .POST
        sent.headers.add(name: "accept", value: "\(request.accept), application/problem+json")
        sent.headers.add(name: "user-agent", value: "kontor-swift")
        if let token { sent.headers.add(name: "authorization", value: "Bearer \(token)") }
        for header in request.headers { sent.headers.add(name: header.name, value: header.value) }
        if let body = request.body {
            sent.headers.add(name: "content-type", value: request.contentType)
            sent.body = .bytes(ByteBuffer(bytes: body))
        }
        do {
            let answer = try await http.execute(sent, deadline: .distantFuture)
            let head = AnswerHead(status: Int(answer.status.code), headers: answer.headers)
            return OpenAnswer(head: head, body: answer.body, path: request.path)
        } catch {
            throw Self.fault(error, at: request.path)
        }
    }

    /// The fault that an error of the transport stands for.
    static func fault(_ error: any Error, at path: String) -> any Error {
        if error is CancellationError || Task.isCancelled { return CancellationError() }
        let timeouts: [HTTPClientError] = [
            .readTimeout, .writeTimeout, .connectTimeout, .deadlineExceeded, .tlsHandshakeTimeout,
        ]
        if let error = error as? HTTPClientError, timeouts.contains(error) {
            return ClientError(
                .timeout,
                at: path,
                "the server was silent for too long",
                error,
                again: .again(after: nil)
            )
        }
        if error is NIOSSLError || error is NIOSSLExtraError {
            return ClientError(
                .connection,
                at: path,
                "there is no trusted TLS connection; check host name, certificate and trust roots",
                error,
                again: .again(after: nil)
            )
        }
        return ClientError(
            .connection,
            at: path,
            "the server cannot be reached, or the connection broke",
            error,
            again: .again(after: nil)
        )
    }
}
