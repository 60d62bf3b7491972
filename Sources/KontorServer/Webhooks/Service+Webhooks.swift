internal import HTTPTypes
internal import Hummingbird
internal import KontorAPI
internal import KontorEngine
internal import Signing

/// `/v1/webhooks`: subscriptions of the login, and of nobody else (spec/19 §11).
extension Service {
    var webhookEndpoints: [Endpoint] {
        [
            Endpoint(.post, "/v1/webhooks", .login) { call in try await subscribe(call) },
            Endpoint(.get, "/v1/webhooks", .login) { call in try subscriptions(call) },
            Endpoint(.get, "/v1/webhooks/{id}", .login) { call in
                _ = try Query(call.request.uri.query, known: [])
                return .json(try subscription(call).shown)
            },
            Endpoint(.delete, "/v1/webhooks/{id}", .login) { call in try unsubscribe(call) },
            Endpoint(.get, "/v1/webhooks/{id}/dead", .login) { call in try deadLetters(call) },
            Endpoint(.post, "/v1/webhooks/{id}/replay", .login) { call in
                try await replay(call)
            },
        ]
    }

    private func subscribe(_ call: Call) async throws -> Response {
        let login = try login(of: call)
        let body = try await jsonBody(of: call)
        let size = engine.head?.size ?? 0
        let request: WebhookRequest
        let url: WebhookURL
        let made: WebhookSubscription?
        do {
            request = try WebhookRequest(parsing: body)
            url = try WebhookURL(parsing: request.url, allowsLoopback: settings.webhookLoopback)
            let kinds = try WebhookSubscription.kinds(request.kinds)
            let first = try Self.place(request.from ?? size, upTo: size)
            made = try webhooks.register.add(for: login.reader, at: webhooks.tools.now()) { id in
                WebhookSubscription(
                    id: id,
                    owner: login.reader,
                    keyID: login.keyID,
                    url: url,
                    kinds: kinds,
                    schedule: DeliverySchedule(next: first)
                )
            }
        } catch let error as APIError {
            throw HTTPProblem(Problem(.malformedRequest, at: error.place, error.reason))
        }
        guard let made else {
            let limit = WebhookSubscription.limitPerLogin
            throw HTTPProblem(Problem(.conflict, "this login has \(limit) webhooks already"))
        }
        webhooks.begin(made.id)
        var response = Response.json(made.shown, status: .created)
        response.headers[.location] = "/v1/webhooks/\(made.id)"
        return response
    }

    private func subscriptions(_ call: Call) throws -> Response {
        let query = try Query(call.request.uri.query, known: ["limit", "cursor"])
        let limit = try pageLimit(query)
        var all = try webhooks.register.all(of: try login(of: call).reader)[...]
        if let cursor = query.text("cursor") {
            let last = Int64(try Cursor.place(cursor, in: "webhooks"))
            all = all.drop { $0.id.timestamp.milliseconds <= last }
        }
        let items = all.prefix(limit)
        let next = items.count < all.count ? items.last?.id.timestamp.milliseconds : nil
        let page = Page(
            items: items.map(\.shown),
            next: next.map { Cursor.text("webhooks", UInt64(clamping: $0)) }
        )
        return .json(page.json)
    }

    private func unsubscribe(_ call: Call) throws -> Response {
        _ = try Query(call.request.uri.query, known: [])
        try webhooks.register.remove(try subscription(call).id)
        return Response(status: .noContent)
    }

    private func deadLetters(_ call: Call) throws -> Response {
        let query = try Query(call.request.uri.query, known: ["limit", "cursor"])
        let limit = try pageLimit(query)
        let dead = try subscription(call).schedule.dead
        var first = 0
        if let cursor = query.text("cursor") {
            first = dead.place(of: try Cursor.place(cursor, in: "dead"))
        }
        let rest = dead.letters[first...]
        let next = rest.dropFirst(limit).first.map { Cursor.text("dead", $0.index) }
        return .json(Page(items: rest.prefix(limit).map(\.json), next: next).json)
    }

    private func replay(_ call: Call) async throws -> Response {
        let login = try login(of: call)
        let id = try subscription(call).id
        let body = try await jsonBody(of: call)
        let first: UInt64
        do {
            first = try Self.place(
                try ReplayRequest(parsing: body).from,
                upTo: engine.head?.size ?? 0
            )
        } catch {
            throw HTTPProblem(Problem(.malformedRequest, at: error.place, error.reason))
        }
        let shown = webhooks.register.change(id) { subscription in
            subscription.keyID = login.keyID
            subscription.schedule.replay(from: first)
            return subscription.shown
        }
        try webhooks.register.save()
        guard let shown else { throw Self.noWebhook }
        webhooks.register.bell(of: id)?.ring()
        return .json(shown, status: .accepted)
    }

    /// The subscription that a path names; a foreign one is not found.
    private func subscription(_ call: Call) throws -> WebhookSubscription {
        let reader = try login(of: call).reader
        try webhooks.register.load()
        guard let id = UUIDv7(call.segment("id")),
            let subscription = webhooks.register.subscription(id), subscription.belongs(to: reader)
        else { throw Self.noWebhook }
        return subscription
    }

    private static var noWebhook: HTTPProblem {
        HTTPProblem(Problem(.notFound, at: "id", "no such webhook of this login"))
    }

    private func login(of call: Call) throws(HTTPProblem) -> Login {
        guard let login = call.login else {
            throw HTTPProblem(Problem(.tokenMissing, at: "Authorization", "there is none"))
        }
        return login
    }

    private func jsonBody(of call: Call) async throws -> [UInt8] {
        _ = try Query(call.request.uri.query, known: [])
        guard call.request.mediaType == MediaType.json else {
            throw HTTPProblem(
                Problem(.unsupportedMediaType, at: "Content-Type", "\(MediaType.json) is due")
            )
        }
        return try await call.request.bytes(upTo: settings.limits.bodyBytes)
    }

    private static func place(_ from: UInt64, upTo size: UInt64) throws(APIError) -> UInt64 {
        guard from <= size else {
            throw APIError(at: "from", "the log has \(size) entries; at most that")
        }
        return from
    }
}
