internal import ArgumentParser
internal import Foundation
internal import KontorEngine
internal import KontorServer
internal import Ledger
internal import Logging
internal import ServiceLifecycle
internal import Signing

/// `kontor serve`: a ledger as a service.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve a ledger over HTTP: submissions, reads, proofs, tiles and metrics.",
        discussion: """
            Settings come from these options, from the environment (KONTOR_PORT, KONTOR_LIMITS_BODY_BYTES) and from \
            the JSON file of --config, the first that has one; --print-config shows what holds and why. With \
            --tls-certificate and --tls-key HTTP/2 and HTTP/1.1 are served over TLS, otherwise HTTP/1.1 on a loopback \
            address.

            A signal TERM or INT ends it: what was accepted is finished first. A second one ends it \
            at once.

            Example: kontor serve --data ledger
            Example: kontor serve --sandbox
            """
    )

    @OptionGroup var options: ServeOptions
    @Flag(name: .customLong("print-config"), help: "Print the settings that hold, and end.")
    var printConfig = false
    @Option(
        name: .customLong("sandbox"),
        defaultAsFlag: "sandbox",
        help: "Serve a ledger with two example partners, made in this directory if it is new."
    )
    var sandbox: String?
    @Flag(help: "Print where it serves as one JSON object.") var json = false

    func validate() throws {
        guard sandbox == nil || options.data == nil else {
            throw ValidationError("--sandbox has a data directory of its own; leave out --data")
        }
    }

    func run() async throws {
        let effective = try readSettings()
        if printConfig { return Console.print(effective.json.text) }
        do { try effective.check() } catch { throw usage(error) }
        let settings = effective.settings
        LoggingSystem.bootstrap { _ in JSONLogHandler(level: settings.logLevel) }
        let logger = Logger(label: "kontor")
        for name in effective.unknownVariables {
            logger.warning("unknown environment variable", metadata: ["name": .string(name)])
        }
        let opened = try sandbox.map { try Sandbox.open($0) }
        let data = DataDirectory(path: settings.data ?? "")
        let engine = try data.openEngine(
            acceptTime: settings.acceptTime,
            logKey: settings.logKey,
            queueLimit: settings.limits.queueLength
        )
        let banner = ServeBanner(settings: settings, sandbox: opened, json: json)
        let ledger = engine.read { $0.ledger }
        let mirrored = try settings.publishTiles.map { _ in try data.openStore() }
        let server = LedgerServer(
            engine: engine,
            settings: settings,
            mirrored: mirrored,
            logger: logger,
            onStart: { addresses in
                logger.info(
                    "serving",
                    metadata: [
                        "port": .stringConvertible(addresses.port),
                        "adminPort": .stringConvertible(addresses.adminPort),
                    ]
                )
                banner.show(addresses, ledger: ledger)
            }
        )
        try await serve(server, settings, logger)
    }

    private func serve(
        _ server: LedgerServer,
        _ settings: ServerSettings,
        _ logger: Logger
    ) async throws {
        let group = ServiceGroup(configuration: .init(services: [server], logger: logger))
        let signals = ShutdownSignals(
            graceSeconds: settings.limits.shutdownSeconds + Self.closeSeconds
        ) {
            logger.info("shutting down")
            await group.triggerGracefulShutdown()
        }
        defer { signals.cancel() }
        try await group.run()
    }

    /// Seconds beyond the shutdown's own in which the engine closes.
    private static let closeSeconds = 15

    private func readSettings() throws -> EffectiveSettings {
        var values = try options.values()
        if let sandbox {
            values.append(("data", Sandbox.dataDirectory(of: sandbox)))
            // A sandbox may have slept for days.
            values.append(("acceptTime", "true"))
        }
        let reader = SettingsReader(
            commandLine: values,
            environment: ProcessInfo.processInfo.environment,
            file: options.config
        )
        do { return try reader.read() } catch { throw usage(error) }
    }

    /// A wrong configuration is wrong usage.
    private func usage(_ error: SettingsError) -> ExitCode {
        Console.complain("kontor: \(error)")
        return ExitCode(2)
    }
}
