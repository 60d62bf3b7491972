internal import Hummingbird
internal import HummingbirdCore
internal import KontorAPI
internal import Ledger
public import KontorEngine
public import KontorStorage
internal import Ledger
public import Logging
internal import NIOCore
internal import NIOSSL
public import ServiceLifecycle

/// A ledger as a service: the public address with the API, the admin address with metrics, and what
/// keeps a copy of the log current.
///
///     let server = LedgerServer(engine: engine, settings: settings, logger: logger)
///     try await ServiceGroup(services: [server], logger: logger).run()
///
/// When its service group shuts down, it stops accepting, finishes what was accepted, at most for
/// `limits.shutdownSeconds`, and closes the engine, which saves the projection.
public struct LedgerServer: ServiceLifecycle.Service {
    let engine: Engine
    let settings: ServerSettings
    let metrics: ServerMetrics
    let readiness: Readiness
    let service: Service
    let logger: Logger
    private let mirrored: (any LogStore)?
    private let onStart: @Sendable (ServerAddresses) -> Void

    /// A server of an engine, which it closes at its end.
    ///
    /// `mirrored` is the engine's store, opened for reading; it is needed for `publishTiles`, and
    /// closed at the end too. `onStart` is called once, when both addresses are served.
    public init(
        engine: Engine,
        settings: ServerSettings,
        metrics: ServerMetrics = ServerMetrics(),
        mirrored: (any LogStore)? = nil,
        logger: Logger,
        onStart: @escaping @Sendable (ServerAddresses) -> Void = { _ in }
    ) {
        self.engine = engine
        self.settings = settings
        self.metrics = metrics
        self.mirrored = mirrored
        self.logger = logger
        self.onStart = onStart
        let readiness = Readiness {
            if engine.checkpoint == nil { return .ledgerEmpty }
            guard engine.isWriting else { return .readOnly }
            return engine.queueLength < settings.limits.queueLength ? nil : .queueFull
        }
        self.readiness = readiness
        service = Service(
            engine: engine,
            settings: settings.service,
            metrics: metrics,
            logger: logger,
            obstacle: { readiness.problem }
        )
    }

    /// Serves until the service group shuts down; throws `ServerError` when an address or the
    /// certificate cannot be used.
    public func run() async throws {
        do {
            try await serve()
        } catch {
            try? close()
            throw error
        }
        try close()
        logger.debug("ledger closed")
    }

    private func close() throws {
        readiness.set(.stopping)
        defer { try? mirrored?.close() }
        try engine.close()
    }

    private func serve() async throws {
        guard settings.entryBundles == .authenticated || engine.read({ $0.publicEntries }) else {
            throw ServerError(
                .genesis,
                "entryBundles: this ledger's genesis says publicEntries false; use authenticated"
            )
        }
        let tls = try tlsConfiguration()
        let started = StartLatch { addresses in
            readiness.set(.serving)
            onStart(addresses)
        }
        var services: [any ServiceLifecycle.Service] = []
        if let directory = settings.publishTiles, let mirrored {
            services.append(
                TilesPublisher(
                    engine: engine,
                    store: mirrored,
                    directory: directory,
                    seconds: settings.publishTilesSeconds,
                    metrics: metrics,
                    logger: logger
                )
            )
        }
        services.append(service.webhooks)
        // They shut down from the last to the first: the admin address tells of it until the end.
        services.append(adminService(started))
        services.append(publicService(tls, started))
        services.append(ReadinessService(readiness: readiness, service: service))
        var configuration = ServiceGroupConfiguration(services: services, logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(settings.limits.shutdownSeconds)
        try await ServiceGroup(configuration: configuration).run()
    }

    private func tlsConfiguration() throws(ServerError) -> TLSConfiguration? {
        guard let certificate = settings.tlsCertificate, let key = settings.tlsKey else {
            return nil
        }
        return try TLSFiles(certificate: certificate, key: key).load()
    }
}
