internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdHTTP2
internal import NIOCore
internal import NIOSSL
internal import ServiceLifecycle

/// The two addresses: what each serves, and how its connections are bounded.
extension LedgerServer {
    private func adminRouter() -> Router<BasicRequestContext> {
        let router = Router()
        router.add(middleware: AccessLog())
        HealthRoutes.add(to: router) { [readiness] in readiness.problem }
        MetricsRoute(report: MetricsReport(engine: engine, metrics: metrics)).add(to: router)
        return router
    }

    func publicService(
        _ tls: TLSConfiguration?,
        _ started: StartLatch
    ) -> any ServiceLifecycle.Service {
        let register = ConnectionRegister(
            limit: settings.limits.connections,
            limitPerAddress: settings.limits.connectionsPerAddress
        )
        let application = Application(
            router: service.router(),
            server: builder(tls, register, metrics),
            configuration: .init(
                address: .hostname(settings.address, port: settings.port),
                backlog: Self.backlog
            ),
            onServerRunning: { started.publicPort($0.localAddress?.port ?? 0) },
            logger: logger
        )
        return Listener(
            service: application,
            key: "port",
            place: "\(settings.address):\(settings.port)"
        )
    }

    func adminService(_ started: StartLatch) -> any ServiceLifecycle.Service {
        let register = ConnectionRegister(
            limit: Self.adminConnections,
            limitPerAddress: Self.adminConnections
        )
        let application = Application(
            router: adminRouter(),
            server: builder(nil, register, nil),
            configuration: .init(
                address: .hostname(settings.adminAddress, port: settings.adminPort)
            ),
            onServerRunning: { started.adminPort($0.localAddress?.port ?? 0) },
            logger: logger
        )
        return Listener(
            service: application,
            key: "admin.port",
            place: "\(settings.adminAddress):\(settings.adminPort)"
        )
    }

    /// Connections that wait to be accepted.
    private static let backlog = 1_024
    /// Connections of the admin address at once.
    private static let adminConnections = 64

    private func builder(
        _ tls: TLSConfiguration?,
        _ register: ConnectionRegister,
        _ metrics: ServerMetrics?
    ) -> HTTPServerBuilder {
        let limits = settings.limits
        let idle = TimeAmount.seconds(Int64(limits.idleSeconds))
        let gate: @Sendable () -> ConnectionGate = {
            ConnectionGate(
                register: register,
                metrics: metrics,
                headerTime: .seconds(Int64(limits.headerSeconds)),
                isSecure: tls != nil
            )
        }
        let http1 = HTTP1Channel.Configuration(
            additionalChannelHandlers: [RequestPace(stallTime: idle, metrics: metrics)],
            idleTimeout: idle,
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: limits.headerBytes,
                maxHeaderListSize: limits.headerBytes,
                maxHeaderFieldCount: limits.headerFields
            )
        )
        let http2 = HTTP2Channel.Configuration(
            idleTimeout: .seconds(limits.idleSeconds),
            gracefulCloseTimeout: .seconds(limits.shutdownSeconds),
            streamConfiguration: http1
        )
        return HTTPServerBuilder { responder in
            guard let tls else {
                let base = HTTP1Channel(responder: responder, configuration: http1)
                return GuardedChannel(base: base, isSecure: false, gate: gate)
            }
            let base = try HTTP2UpgradeChannel(
                tlsConfiguration: tls,
                configuration: http2,
                responder: responder
            )
            return GuardedChannel(base: base, isSecure: true, gate: gate)
        }
    }
}
