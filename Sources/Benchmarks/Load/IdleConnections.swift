internal import NIOCore
internal import NIOPosix

/// Opens many connections that send one request each, wait for its first bytes, and then stay.
final class IdleConnections: Sendable {
    private let channels: [any Channel]

    /// Opens them in portions, so that the queue of the listener holds them.
    init(_ count: Int, port: Int, request: ByteBuffer, on loop: any EventLoop) throws {
        var channels: [any Channel] = []
        while channels.count < count {
            let portion = try (0..<min(250, count - channels.count)).map { _ in
                try Self.open(port: port, request: request, on: loop)
            }
            channels += try EventLoopFuture.whenAllSucceed(portion, on: loop).wait()
        }
        self.channels = channels
    }

    /// How many are still open.
    var openCount: Int { channels.count { $0.isActive } }

    /// Ends them all.
    func close() throws {
        let closed = channels.map { $0.close().recover { _ in } }
        guard let first = closed.first else { return }
        try EventLoopFuture.andAllSucceed(closed, on: first.eventLoop).wait()
    }

    private static func open(
        port: Int,
        request: ByteBuffer,
        on loop: any EventLoop
    ) throws -> EventLoopFuture<any Channel> {
        let answered = loop.makePromise(of: Void.self)
        let channel = ClientBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(FirstAnswer(answered))
                }
            }
            .connect(host: "127.0.0.1", port: port)
        channel.whenFailure { answered.fail($0) }
        return channel.flatMap { channel in
            channel.writeAndFlush(request).flatMap { answered.futureResult }.map { channel }
        }
    }

    /// Waits for an answer of status 200.
    private final class FirstAnswer: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private var answered: EventLoopPromise<Void>?

        init(_ answered: EventLoopPromise<Void>) {
            self.answered = answered
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard let answered else { return }
            self.answered = nil
            let text = String(buffer: unwrapInboundIn(data))
            if text.hasPrefix("HTTP/1.1 200") {
                answered.succeed()
            } else {
                answered.fail(BenchmarkError("an idle connection was answered: \(text)"))
            }
        }

        func channelInactive(context: ChannelHandlerContext) {
            answered?.fail(BenchmarkError("the server ended an idle connection"))
            answered = nil
        }
    }
}
