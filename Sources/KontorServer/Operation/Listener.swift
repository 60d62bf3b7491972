internal import Foundation
internal import NIOCore
internal import ServiceLifecycle

/// A service that listens on an address; it says which one when that fails.
struct Listener: ServiceLifecycle.Service {
    let service: any ServiceLifecycle.Service
    /// The key of the configuration that names the port.
    let key: String
    /// Address and port.
    let place: String

    func run() async throws {
        do {
            try await service.run()
        } catch let error as IOError {
            let reason =
                switch error.errnoCode {
                case EADDRINUSE: "the port is in use; end its owner, or choose another \(key)"
                case EACCES: "this user may not listen there; choose a \(key) above 1023"
                case EADDRNOTAVAIL: "not an address of this machine; correct the address"
                default: "cannot listen there: \(error)"
                }
            throw ServerError(.address, "\(place): \(reason)")
        } catch let error as SocketAddressError {
            throw ServerError(.address, "\(place): no such address; correct it", error)
        }
    }
}
