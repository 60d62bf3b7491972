internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOSSL

/// A channel of Hummingbird with a gate before it.
struct GuardedChannel<Base: ServerChildChannel>: ServerChildChannel {
    let base: Base
    let isSecure: Bool
    let gate: @Sendable () -> ConnectionGate

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        guard isSecure else {
            // Before the base, whose channel must be handled once made: nothing may fail then.
            do {
                try channel.pipeline.syncOperations.addHandler(gate())
            } catch {
                return channel.eventLoop.makeFailedFuture(error)
            }
            return base.setup(channel: channel, logger: logger)
        }
        return base.setup(channel: channel, logger: logger).flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            let secure = try pipeline.handler(type: NIOSSLServerHandler.self)
            try pipeline.addHandler(gate(), position: .after(secure))
            return value
        }
    }

    func handle(value: Base.Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}
