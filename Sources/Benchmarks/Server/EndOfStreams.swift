internal import KontorServer
internal import ServiceLifecycle

/// Ends event streams when the process is told to end, so that the server need not wait for them.
struct EndOfStreams: ServiceLifecycle.Service {
    let service: KontorServer.Service

    func run() async throws {
        try await gracefulShutdown()
        service.beginShutdown()
    }
}
