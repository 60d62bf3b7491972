internal import NIOCore

/// Finds the answers of HTTP/1.1 in bytes as they come: status, and body by its length.
///
/// It reads no more of a head than that, so that the load generator takes little of the processors
/// that it shares with the server. Answers without a length are not for it.
struct ResponseScanner {
    /// One answer.
    struct Response: Sendable {
        /// The status code.
        let status: Int
        /// The body.
        let body: ByteBuffer
        /// Whether the server ends the connection after it.
        let isLast: Bool
    }

    private var pending = ByteBuffer()

    /// Takes bytes.
    mutating func take(_ bytes: ByteBuffer) {
        if pending.readableBytes == 0 {
            pending = bytes
        } else {
            pending.writeImmutableBuffer(bytes)
        }
    }

    /// The next answer that is complete, or nil.
    mutating func next() throws -> Response? {
        guard let head = try pending.withUnsafeReadableBytes(Self.head) else { return nil }
        guard pending.readableBytes >= head.byteCount + head.bodyLength else { return nil }
        pending.moveReaderIndex(forwardBy: head.byteCount)
        let body = pending.readSlice(length: head.bodyLength) ?? ByteBuffer()
        return Response(status: head.status, body: body, isLast: head.isLast)
    }

    private struct Head {
        var status = 0
        var byteCount = 0
        var bodyLength = -1
        var isLast = false
    }

    private static let length = Array("content-length:".utf8)
    private static let close = Array("connection: close".utf8)

    private static func head(_ bytes: UnsafeRawBufferPointer) throws -> Head? {
        var head = Head()
        var lineStart = 0
        var position = 0
        while position + 1 < bytes.count {
            guard bytes[position] == 0x0d, bytes[position + 1] == 0x0a else {
                position += 1
                continue
            }
            let line = UnsafeRawBufferPointer(rebasing: bytes[lineStart..<position])
            position += 2
            if line.isEmpty {
                guard head.bodyLength >= 0 else {
                    throw BenchmarkError("an answer of status \(head.status) has no length")
                }
                head.byteCount = position
                return head
            }
            if lineStart == 0 {
                guard line.count >= 12 else { throw BenchmarkError("this is not HTTP") }
                head.status = line[9..<12].reduce(0) { $0 * 10 + Int($1) - 0x30 }
            } else if begins(line, with: length) {
                head.bodyLength = line.dropFirst(length.count).reduce(0) {
                    $1 == 0x20 ? $0 : $0 * 10 + Int($1) - 0x30
                }
            } else if begins(line, with: close) {
                head.isLast = true
            }
            lineStart = position
        }
        return nil
    }

    private static func begins(_ line: UnsafeRawBufferPointer, with name: [UInt8]) -> Bool {
        guard line.count >= name.count else { return false }
        for place in name.indices where line[place] | 0x20 != name[place] | 0x20 { return false }
        return true
    }
}
