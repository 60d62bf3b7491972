import KontorEngine
import KontorServer
import KontorStorage
import Logging
import ServiceLifecycle
import Synchronization
import TestSupport

/// A server of a ledger in memory that has a genesis, on ports that were free.
struct RunningServer {
    let engine: Engine
    let addresses: ServerAddresses
    let metrics: ServerMetrics
    let group: ServiceGroup

    var client: RawClient { RawClient(port: addresses.port) }
    var admin: RawClient { RawClient(port: addresses.adminPort) }

    /// Runs a server of the usual settings as long as the body.
    static func with(_ body: @Sendable (RunningServer) async throws -> Void) async throws {
        try await with(change: { _ in }, body)
    }

    /// Runs a server of changed settings as long as the body, then shuts it down.
    static func with(
        change: (inout ServerSettings) -> Void,
        _ body: @Sendable (RunningServer) async throws -> Void
    ) async throws {
        var network = Network(seed: 7)
        let engine = try Engine(
            store: MemoryLogStore(),
            signer: network.logSigner,
            clock: ManualClock(network.now)
        )
        _ = try engine.submitAndWait([network.genesis()])
        var settings = ServerSettings()
        settings.port = 0
        settings.adminPort = 0
        settings.limits.shutdownSeconds = 5
        change(&settings)
        let metrics = ServerMetrics()
        let logger = Logger(label: "test") { _ in JSONLogHandler(level: .critical) { _ in } }
        let (started, start) = AsyncStream<ServerAddresses>.makeStream()
        let server = LedgerServer(
            engine: engine,
            settings: settings,
            metrics: metrics,
            logger: logger,
            onStart: { start.yield($0) }
        )
        let group = ServiceGroup(configuration: .init(services: [server], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { start.finish() }
                try await group.run()
            }
            if let addresses = await started.first(where: { _ in true }) {
                let running = RunningServer(
                    engine: engine,
                    addresses: addresses,
                    metrics: metrics,
                    group: group
                )
                do { try await body(running) } catch {
                    await group.triggerGracefulShutdown()
                    throw error
                }
                await group.triggerGracefulShutdown()
            }
            try await tasks.waitForAll()
        }
    }
}
