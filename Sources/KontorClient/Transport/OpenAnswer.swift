internal import AsyncHTTPClient
internal import NIOCore

/// An answer whose body is still coming.
struct OpenAnswer: Sendable {
    /// Its head.
    let head: AnswerHead
    private let body: HTTPClientResponse.Body
    private let path: String

    init(head: AnswerHead, body: HTTPClientResponse.Body, path: String) {
        self.head = head
        self.body = body
        self.path = path
    }

    /// The whole body, of at most so many bytes.
    func collect(_ limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        var pieces = pieces()
        while let piece = try await pieces.next() {
            guard bytes.count + piece.count <= limit else {
                throw ClientError(
                    .tooLong,
                    at: path,
                    "the answer has more than \(limit) bytes, so it was cut off"
                )
            }
            bytes += piece
        }
        return bytes
    }

    /// The pieces of the body as they come.
    func pieces() -> Pieces {
        Pieces(iterator: body.makeAsyncIterator(), path: path)
    }

    /// Reads a body piece by piece.
    struct Pieces {
        fileprivate var iterator: HTTPClientResponse.Body.AsyncIterator
        fileprivate let path: String

        /// The next bytes, or nil at the end.
        mutating func next() async throws -> [UInt8]? {
            do {
                return try await iterator.next().map { Array($0.readableBytesView) }
            } catch {
                throw HTTPTransport.fault(error, at: path)
            }
        }
    }
}
