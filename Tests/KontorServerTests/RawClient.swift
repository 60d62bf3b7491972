import NIOCore
import NIOPosix

/// A client that sends bytes as they are, and hears all that comes back.
struct RawClient {
    let port: Int

    /// Sends a text and answers what came until the server ended the connection.
    func exchange(_ text: String) async throws -> String {
        let channel = try await connect()
        return try await channel.executeThenClose { inbound, outbound in
            if !text.isEmpty { try await outbound.write(ByteBuffer(string: text)) }
            var answer = ""
            for try await part in inbound { answer += String(buffer: part) }
            return answer
        }
    }

    /// The status of a GET, 0 if there was no answer.
    func status(of path: String) async throws -> Int {
        let answer = try await exchange(
            "GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
        return Int(answer.dropFirst(9).prefix(3)) ?? 0
    }

    /// An open connection.
    func connect() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel(wrappingChannelSynchronously: channel)
                }
            }
    }
}
