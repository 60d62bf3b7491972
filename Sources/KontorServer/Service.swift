public import Hummingbird
public import KontorAPI
public import KontorEngine
internal import Ledger
public import Logging

/// The public side of a ledger: every path of spec/19, over one engine.
///
/// Nothing here decides anything about money: the engine does. A route parses words of the wire,
/// asks, and puts the answer into words again.
public struct Service: Sendable {
    let engine: Engine
    let settings: ServiceSettings
    let metrics: ServerMetrics
    let logger: Logger
    let tokens: TokenGate
    let rates: RateGate
    let published: PublishedHead
    let feed: EntryFeed
    let pulse: Pulse
    let streams = StreamCount()
    /// Delivers entries to subscribers; it runs under the service group of the server.
    public let webhooks: WebhookCourier
    let obstacle: @Sendable () -> Problem?
    /// Whether everybody may read entry bundles: the setting and the genesis both say so.
    let bundlesArePublic: Bool

    /// The service over an engine; `obstacle` says why it is not ready, if it is not.
    public init(
        engine: Engine,
        settings: ServiceSettings,
        metrics: ServerMetrics,
        logger: Logger,
        obstacle: @escaping @Sendable () -> Problem? = { nil }
    ) {
        self.init(
            engine: engine,
            settings: settings,
            metrics: metrics,
            logger: logger,
            delivery: DeliveryTools(),
            obstacle: obstacle
        )
    }

    init(
        engine: Engine,
        settings: ServiceSettings,
        metrics: ServerMetrics,
        logger: Logger,
        delivery: DeliveryTools,
        obstacle: @escaping @Sendable () -> Problem? = { nil }
    ) {
        self.engine = engine
        self.settings = settings
        self.metrics = metrics
        self.logger = logger
        tokens = TokenGate(engine: engine, skewSeconds: settings.clockSkewSeconds)
        rates = RateGate(settings.limits)
        published = PublishedHead(engine: engine)
        feed = EntryFeed(engine: engine)
        pulse = Pulse(engine: engine)
        webhooks = WebhookCourier(
            feed: feed,
            settings: settings,
            tools: delivery,
            metrics: metrics,
            logger: logger
        )
        self.obstacle = obstacle
        bundlesArePublic =
            settings.entryBundles == .public && engine.read { $0.publicEntries }
    }

    /// Ends event streams, and lets submission streams answer what they took and take no more.
    public func beginShutdown() { pulse.stop() }

    /// The table of paths: every method and pattern, who may use it, and what answers.
    var endpoints: [Endpoint] {
        submissionEndpoints + entryEndpoints + readModelEndpoints + settlementEndpoints
            + reconciliationEndpoints + quoteEndpoints + eventEndpoints + webhookEndpoints
            + logEndpoints + HealthRoutes.endpoints(obstacle)
    }

    /// The router of the public address, made of the table of endpoints.
    public func router() -> Router<ServiceContext> {
        let router = Router(context: ServiceContext.self, options: [.autoGenerateHeadEndpoints])
        let endpoints = endpoints
        router.add(
            middleware: ProblemMiddleware(
                directory: PathDirectory(endpoints),
                metrics: metrics,
                logger: logger
            )
        )
        router.add(middleware: AddressMiddleware(rates: rates))
        for endpoint in endpoints {
            router.on(RouterPath(endpoint.path), method: endpoint.method) { request, context in
                let login = try login(for: endpoint.access, request)
                return try await endpoint.handler(Call(request, context, login))
            }
        }
        return router
    }

    /// Lets a request pass by the access of its endpoint, or throws the problem.
    private func login(for access: Access, _ request: Request) throws -> Login? {
        guard access != .everyone else { return nil }
        if access == .overseers(unlessPublic: true), bundlesArePublic { return nil }
        let login = try tokens.login(
            request.headers[.authorization],
            servesOnce: request.method != .get && request.method != .head
        )
        try rates.requirePartner(login.reader.name)
        if case .overseers = access, login.reader.role == .partner {
            throw HTTPProblem(
                Problem(.forbidden, at: "Authorization", "auditors and operators alone read this")
            )
        }
        return login
    }
}
