internal import KontorAPI
internal import NIOCore
internal import NIOHTTP1

/// Stands between HTTP and the routes, on a connection or on a stream of HTTP/2: tells the gate
/// that bytes became parts, answers what is no HTTP, and cuts a receiver that takes nothing.
///
/// It looks at no part, so it serves every type of them.
final class RequestPace: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any
    typealias InboundOut = Any

    private let stallTime: TimeAmount
    private let metrics: ServerMetrics?
    private var gate: ConnectionGate?
    private var isStream = false
    private var stall: Scheduled<Void>?

    init(stallTime: TimeAmount, metrics: ServerMetrics?) {
        self.stallTime = stallTime
        self.metrics = metrics
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        findGate(context)?.noteParts(ofStream: isStream)
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError, let gate = findGate(context), !isStream,
            !gate.hasParts
        else { return context.fireErrorCaught(error) }
        let problem =
            error == .headerOverflow
            ? Problem(.headerTooLarge, "the header fields of the request are too long")
            : Problem(.malformedRequest, "the head of the request is not one of HTTP/1.1")
        gate.refuse(problem, context.pipeline.syncOperations)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            stall?.cancel()
            stall = nil
        } else if stall == nil {
            stall = context.eventLoop.assumeIsolated().scheduleTask(in: stallTime) {
                self.stall = nil
                self.metrics?.connectionCut()
                context.close(promise: nil)
            }
        }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        stall?.cancel()
        stall = nil
        context.fireChannelInactive()
    }

    /// The gate of the connection, looked for once: it comes into the pipeline after this handler.
    private func findGate(_ context: ChannelHandlerContext) -> ConnectionGate? {
        if gate == nil {
            gate = try? context.pipeline.syncOperations.handler(type: ConnectionGate.self)
            if gate == nil, let connection = context.channel.parent {
                isStream = true
                gate = try? connection.pipeline.syncOperations.handler(type: ConnectionGate.self)
            }
        }
        return gate
    }
}
