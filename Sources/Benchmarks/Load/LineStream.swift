internal import NIOCore
internal import NIOPosix

/// One `POST /v1/entries` of many lines: sends them as fast as the connection takes them, and
/// counts the lines of the answer.
final class LineStream: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What came back.
    struct Result: Sendable {
        /// Lines that say `accepted`.
        var accepted = 0
        /// The first line that says anything else.
        var firstOther: String?
    }

    private static let begin = Array("{\"line\":".utf8)
    private static let accepted = Array(",\"status\":\"accepted\"".utf8)
    private var pieces: ArraySlice<ByteBuffer>
    private let promise: EventLoopPromise<Result>
    private var result = Result()
    private var rest = ByteBuffer()
    private var isDone = false

    private init(_ pieces: ArraySlice<ByteBuffer>, _ promise: EventLoopPromise<Result>) {
        self.pieces = pieces
        self.promise = promise
    }

    /// Streams pieces of lines and gives the count of the answers.
    static func run(
        _ pieces: ArraySlice<ByteBuffer>,
        port: Int,
        on loop: any EventLoop
    ) -> EventLoopFuture<Result> {
        let promise = loop.makePromise(of: Result.self)
        ClientBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(LineStream(pieces, promise))
                }
            }
            .connect(host: "127.0.0.1", port: port)
            .whenFailure { promise.fail($0) }
        return promise.futureResult
    }

    func channelActive(context: ChannelHandlerContext) {
        let length = pieces.reduce(0) { $0 + $1.readableBytes }
        let head = WireRequest.head("/v1/entries", type: "application/x-ndjson", length: length)
        context.write(wrapOutboundOut(head), promise: nil)
        write(context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        write(context)
        context.fireChannelWritabilityChanged()
    }

    private func write(_ context: ChannelHandlerContext) {
        while context.channel.isWritable, let piece = pieces.popFirst() {
            context.writeAndFlush(wrapOutboundOut(piece), promise: nil)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        rest.writeImmutableBuffer(unwrapInboundIn(data))
        while let end = rest.readableBytesView.firstIndex(of: 0x0a) {
            let line = rest.readableBytesView[rest.readerIndex..<end]
            if line.starts(with: Self.begin) {
                let said = line.dropFirst(Self.begin.count).drop { (0x30...0x39).contains($0) }
                if said.starts(with: Self.accepted) {
                    result.accepted += 1
                } else {
                    note(line)
                }
            } else if line.first == 0x7b {
                note(line)
            } else if line.elementsEqual([0x30, 0x0d]) {
                isDone = true
            }
            rest.moveReaderIndex(to: end + 1)
        }
        if isDone { context.close(promise: nil) }
    }

    private func note(_ line: ByteBufferView) {
        result.firstOther = result.firstOther ?? String(decoding: line.prefix(500), as: UTF8.self)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if isDone {
            promise.succeed(result)
        } else {
            promise.fail(
                BenchmarkError("a stream of lines broke off; last: \(String(buffer: rest))")
            )
        }
    }
}
