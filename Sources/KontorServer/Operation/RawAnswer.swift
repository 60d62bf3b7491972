internal import HTTPTypes
internal import KontorAPI
internal import NIOCore
internal import Signing

/// An answer of HTTP/1.1 to bytes that are no request, which no route ever sees.
enum RawAnswer {
    /// The bytes of a problem as a whole answer, after which the connection ends.
    static func bytes(of problem: Problem) -> ByteBuffer {
        let requestID =
            (UInt128(UInt64.random(in: 0...UInt64.max)) << 64
            | UInt128(UInt64.random(in: 0...UInt64.max))).base64URL
        let body = problem.json(requestID: requestID).text
        let phrase =
            [.badRequest, .requestTimeout, .requestHeaderFieldsTooLarge].first {
                (status: HTTPResponse.Status) in status.code == problem.status
            }?.reasonPhrase ?? ""
        let head = """
            HTTP/1.1 \(problem.status) \(phrase)\r
            content-type: \(Problem.mediaType)\r
            content-length: \(body.count)\r
            x-request-id: \(requestID)\r
            connection: close\r
            \r

            """
        var buffer = ByteBuffer(string: head)
        buffer.writeBytes(body)
        return buffer
    }
}
