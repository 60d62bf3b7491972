internal import Dispatch
internal import Foundation
internal import Hummingbird
internal import KontorEngine
internal import KontorServer
internal import KontorStorage
internal import Logging
internal import Signing
internal import VerifiableLog

/// The server in a process of its own, so that its memory and descriptors are its own: what
/// `kontor serve` runs, and beside it, on another port, what its speed is compared with.
///
/// Its first line on standard output are the two ports. It ends by SIGTERM.
enum BenchmarkServer {
    /// Founds the ledger if its directory is empty, and serves it until the process is ended.
    static func run(directory: String, founding: String) throws -> Never {
        OpenFiles.raiseLimit()
        Thread.detachNewThread {
            // Nothing is ever written to it: it ends with the process that measures.
            _ = FileHandle.standardInput.readDataToEndOfFile()
            exit(0)
        }
        let network = try BenchmarkNetwork()
        let isThere = FileManager.default.fileExists(atPath: directory)
        let store = try SQLiteLogStore(directory: directory, access: isThere ? .readWrite : .create)
        let engine = try Engine(store: store, signer: network.logSigner, clock: network.clock)
        if engine.head == nil { try found(engine, founding) }
        Task {
            do {
                try await serve(engine, network)
                exit(0)
            } catch {
                FileHandle.standardError.write(Data("server: \(error)\n".utf8))
                exit(1)
            }
        }
        dispatchMain()
    }

    private static func serve(_ engine: Engine, _ network: BenchmarkNetwork) async throws {
        let logger = Logger(label: "kontor") { _ in JSONLogHandler() }
        let settings = settings
        let ports = AsyncStream.makeStream(of: (isComparison: Bool, port: Int).self)
        let server = LedgerServer(engine: engine, settings: settings, logger: logger) { addresses in
            ports.continuation.yield((false, addresses.port))
        }
        let service = Service(
            engine: engine,
            settings: settings.service,
            metrics: ServerMetrics(),
            logger: logger
        )
        let router = service.router()
        ComparisonRoutes(network).add(to: router)
        let comparison = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0), backlog: 1_024),
            services: [server],
            onServerRunning: { channel in
                ports.continuation.yield((true, channel.localAddress?.port ?? 0))
            },
            logger: logger
        )
        Task {
            var known: [Bool: Int] = [:]
            for await (isComparison, port) in ports.stream {
                known[isComparison] = port
                guard let ours = known[false], let other = known[true] else { continue }
                FileHandle.standardOutput.write(Data("\(ours) \(other)\n".utf8))
            }
        }
        try await comparison.runService()
    }

    /// Load comes from one address and few signers here; what a stranger may do is not measured.
    private static var settings: ServerSettings {
        var settings = ServerSettings()
        settings.port = 0
        settings.adminPort = 0
        settings.limits.requestsPerSecondPerAddress = 10_000_000
        settings.limits.requestsPerSecondPerPartner = 10_000_000
        settings.limits.submissionsPerSecondPerPartner = 10_000_000
        settings.limits.eventStreamsPerPartner = 20_000
        return settings
    }

    private static func found(_ engine: Engine, _ path: String) throws {
        let lines = try LineReader(path: path)
        while let texts = try lines.next(64) {
            for answer in try engine.submitAndWait(texts) {
                guard case .accepted = answer else { throw BenchmarkError("\(path): \(answer)") }
            }
        }
    }
}
