internal import Dispatch
internal import Foundation
internal import Hummingbird
internal import KontorEngine
internal import KontorServer
internal import KontorStorage
internal import Logging
internal import Signing
internal import VerifiableLog

/// The service in a process of its own, so that its memory and descriptors are its own: the routes
/// of `Service`, and beside them what its speed is compared with.
///
/// Its first line on standard output is the port. It ends by SIGTERM, as `kontor serve` does.
enum BenchmarkServer {
    /// Founds the ledger if its directory is empty, and serves it until the process is ended.
    static func run(directory: String, founding: String) throws -> Never {
        OpenFiles.raiseLimit()
        let network = try BenchmarkNetwork()
        let store = try SQLiteLogStore(directory: directory, access: .create)
        let engine = try Engine(store: store, signer: network.logSigner, clock: network.clock)
        if engine.head == nil { try found(engine, founding) }
        var logger = Logger(label: "bench")
        logger.logLevel = .error
        let service = Service(
            engine: engine,
            settings: ServiceSettings(limits: limits),
            metrics: ServerMetrics(),
            logger: logger
        )
        let router = service.router()
        ComparisonRoutes(network).add(to: router)
        var application = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0), backlog: 1_024),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? 0
                FileHandle.standardOutput.write(Data("\(port)\n".utf8))
            },
            logger: logger
        )
        application.addServices(EndOfStreams(service: service))
        let serving = application
        Task {
            do {
                try await serving.runService()
                try engine.close()
                exit(0)
            } catch {
                FileHandle.standardError.write(Data("server: \(error)\n".utf8))
                exit(1)
            }
        }
        dispatchMain()
    }

    /// Load comes from one address and few signers here; what a stranger may do is not measured.
    private static var limits: KontorServer.Limits {
        var limits = KontorServer.Limits()
        limits.requestsPerSecondPerAddress = 10_000_000
        limits.requestsPerSecondPerPartner = 10_000_000
        limits.submissionsPerSecondPerPartner = 10_000_000
        limits.eventStreamsPerPartner = 20_000
        return limits
    }

    private static func found(_ engine: Engine, _ path: String) throws {
        let lines = try LineReader(path: path)
        while let texts = try lines.next(64) {
            for answer in try engine.submitAndWait(texts) {
                guard case .accepted = answer else {
                    throw BenchmarkError("\(path): \(answer)")
                }
            }
        }
    }
}
