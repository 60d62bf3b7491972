internal import NIOCore

/// One connection of a load: sends a request, and tells its driver the answer.
final class LoadConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let driver: LoadDriver
    private var scanner = ResponseScanner()
    private var context: ChannelHandlerContext?
    /// The request that waits for its answer, and when it was due.
    private(set) var current: (number: Int, dueAt: UInt64)?

    init(_ driver: LoadDriver) {
        self.driver = driver
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    /// Sends a request that was due at a moment.
    func send(_ request: LoadRequest, dueAt: UInt64) {
        current = (request.number, dueAt)
        context?.writeAndFlush(wrapOutboundOut(request.bytes), promise: nil)
    }

    /// Ends the connection.
    func close() {
        context?.close(promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        scanner.take(unwrapInboundIn(data))
        do {
            while let response = try scanner.next() {
                guard let answered = current else {
                    throw BenchmarkError("an answer came that nobody waits for")
                }
                current = nil
                driver.answered(self, answered, response)
            }
        } catch {
            driver.fail(error)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.context = nil
        driver.ended(self)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
