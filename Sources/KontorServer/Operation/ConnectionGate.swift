internal import KontorAPI
internal import NIOCore

/// Stands between a connection's bytes (after TLS) and HTTP: admits it, and cuts it when the head
/// of a request takes too long (spec/19 §7).
///
/// Bytes that have come in and made no part of a request are the beginning of a head. They may wait
/// for `headerSeconds`; a head that arrives a byte a second does not hold the connection. Over
/// HTTP/2 frames need not make parts, so there its own limits and the idle timeout hold instead.
final class ConnectionGate: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let register: ConnectionRegister
    private let metrics: ServerMetrics?
    private let headerTime: TimeAmount
    private let isSecure: Bool
    private var address: String?
    private var waitingSince: NIODeadline?
    private var timer: Scheduled<Void>?
    private var hasRead = false
    private var isMultiplexed = false
    private var isRefused = false
    /// Whether any part of a request came out of the bytes.
    private(set) var hasParts = false

    init(
        register: ConnectionRegister,
        metrics: ServerMetrics?,
        headerTime: TimeAmount,
        isSecure: Bool
    ) {
        self.register = register
        self.metrics = metrics
        self.headerTime = headerTime
        self.isSecure = isSecure
    }

    func channelActive(context: ChannelHandlerContext) {
        let peer = context.remoteAddress?.ipAddress ?? ""
        guard register.admit(peer) else {
            metrics?.connectionRefused()
            isRefused = true
            return context.close(promise: nil)
        }
        address = peer
        metrics?.connections(1)
        if isSecure {
            // A handshake that does not end is as slow a sender as one of heads.
            waitingSince = .now()
            watch(context)
        }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        if let address {
            self.address = nil
            register.release(address)
            metrics?.connections(-1)
        }
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isRefused else { return }
        if !hasRead {
            hasRead = true
            let bytes = unwrapInboundIn(data).readableBytesView
            isMultiplexed = bytes.starts(with: Self.preface)
            waitingSince = nil
        }
        if !isMultiplexed, waitingSince == nil { waitingSince = .now() }
        context.fireChannelRead(data)
        if waitingSince != nil { watch(context) }
    }

    /// How a connection of HTTP/2 begins (RFC 9113 §3.4), and none of HTTP/1.1 does.
    private static let preface = Array("PRI * HTTP/2.0".utf8)

    /// Notes that bytes became a part of a request, on this connection or on a stream of it.
    func noteParts(ofStream isStream: Bool) {
        hasParts = true
        waitingSince = nil
        if isStream { isMultiplexed = true }
    }

    private func watch(_ context: ChannelHandlerContext) {
        guard timer == nil, let since = waitingSince else { return }
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: since + headerTime) {
            self.timer = nil
            guard let since = self.waitingSince, !self.isMultiplexed else { return }
            guard since + self.headerTime <= .now() else { return self.watch(context) }
            self.metrics?.connectionCut()
            let problem = Problem(.requestTimeout, "the head of the request did not arrive in time")
            if self.hasRead, !self.hasParts {
                self.refuse(problem, context)
            } else {
                context.close(promise: nil)
            }
        }
    }

    /// Answers bytes that never became a request, and ends the connection.
    func refuse(_ problem: Problem, _ pipeline: ChannelPipeline.SynchronousOperations) {
        guard let context = try? pipeline.context(handler: self) else { return }
        refuse(problem, context)
    }

    private func refuse(_ problem: Problem, _ context: ChannelHandlerContext) {
        guard !isRefused else { return }
        isRefused = true
        metrics?.request(route: "", method: "", status: problem.status)
        context.writeAndFlush(wrapOutboundOut(RawAnswer.bytes(of: problem)), promise: nil)
        // The peer reads the answer before a reset could take it away: no more is sent, what still
        // comes in is dropped, and a second later all is over.
        context.close(mode: .output, promise: nil)
        context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) {
            context.close(promise: nil)
        }
    }
}
