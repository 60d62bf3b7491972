internal import Synchronization

/// Waits until both addresses are served, and then tells once.
final class StartLatch: Sendable {
    private let ports = Mutex<(port: Int?, adminPort: Int?)>((nil, nil))
    private let onStart: @Sendable (ServerAddresses) -> Void

    init(onStart: @escaping @Sendable (ServerAddresses) -> Void) {
        self.onStart = onStart
    }

    func publicPort(_ port: Int) { note { $0.port = port } }

    func adminPort(_ port: Int) { note { $0.adminPort = port } }

    private func note(_ change: (inout (port: Int?, adminPort: Int?)) -> Void) {
        let addresses = ports.withLock { ports -> ServerAddresses? in
            change(&ports)
            guard let port = ports.port, let adminPort = ports.adminPort else { return nil }
            return ServerAddresses(port: port, adminPort: adminPort)
        }
        if let addresses { onStart(addresses) }
    }
}
