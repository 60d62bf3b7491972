internal import HTTPTypes
internal import Hummingbird
internal import KontorAPI
internal import KontorEngine
internal import Ledger
internal import NIOCore

/// `GET /v1/events`: entries as server-sent events, resumable by index (spec/19 §9).
extension Service {
    var eventEndpoints: [Endpoint] {
        [Endpoint(.get, "/v1/events", .login) { call in try events(call) }]
    }

    private func events(_ call: Call) throws -> Response {
        let query = try Query(call.request.uri.query, known: ["from"])
        guard let login = call.login else { throw HTTPProblem(Problem(.tokenMissing, "")) }
        var next = try query.number("from") ?? engine.head?.size ?? 0
        if let last = call.request.headers[.lastEventID] {
            guard let index = Query.decimal(last) else {
                throw HTTPProblem(
                    Problem(.malformedRequest, at: "Last-Event-ID", "it is the index of an entry")
                )
            }
            next = index + 1
        }
        try streams.begin(login.reader.name, limit: settings.limits.eventStreamsPerPartner)
        metrics.eventStreams(1)
        let ending = StreamEnd {
            streams.end(login.reader.name)
            metrics.eventStreams(-1)
        }
        let first = next
        return Response(
            status: .ok,
            headers: [.contentType: MediaType.events, .cacheControl: "no-store"],
            body: ResponseBody { writer in
                defer { ending.end() }
                try await stream(from: first, for: login, to: &writer)
                try await writer.finish(nil)
            }
        )
    }

    /// Writes events until the token ends, the client leaves or the server shuts down.
    private func stream(
        from first: UInt64,
        for login: Login,
        to writer: inout any ResponseBodyWriter
    ) async throws {
        var next = first
        try await writer.write(ByteBuffer(string: "retry: 1000\n\n"))
        while engine.seconds < login.expiresAt, !pulse.isStopped {
            var size = engine.head?.size ?? 0
            if size <= next {
                do { try await pulse.wait(above: next) } catch { return }
                size = engine.head?.size ?? 0
            }
            guard size > next else {
                try await writer.write(ByteBuffer(string: ": \n\n"))
                continue
            }
            var buffer = ByteBuffer()
            while next < size, buffer.readableBytes < 1 << 16 {
                if let view = try feed.view(at: next), view.isVisible(to: login.reader) {
                    buffer.writeString("id: \(next)\nevent: entry\ndata: ")
                    buffer.writeBytes(view.text)
                    buffer.writeString("\n\n")
                }
                next += 1
            }
            if buffer.readableBytes > 0 { try await writer.write(buffer) }
        }
    }
}

extension HTTPField.Name {
    static let lastEventID = HTTPField.Name("Last-Event-ID") ?? .via
}
