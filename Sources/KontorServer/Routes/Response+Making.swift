internal import HTTPTypes
internal import Hummingbird
internal import KontorAPI
internal import NIOCore
internal import Signing

extension Response {
    /// A body of bytes.
    static func bytes(
        _ bytes: [UInt8],
        type: String,
        status: HTTPResponse.Status = .ok,
        cache: String = "no-store"
    ) -> Response {
        Response(
            status: status,
            headers: [.contentType: type, .cacheControl: cache],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    /// A JSON body, which nobody but its reader keeps.
    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        bytes(value.text, type: MediaType.json, status: status)
    }
}

extension Request {
    /// The whole body, no longer than a limit.
    ///
    /// Throws `BodyTooLarge`.
    func bytes(upTo limit: Int) async throws -> [UInt8] {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw HTTPProblem(Self.tooLarge(limit))
        }
        var bytes: [UInt8] = []
        for try await piece in body {
            guard bytes.count + piece.readableBytes <= limit else {
                throw HTTPProblem(Self.tooLarge(limit))
            }
            bytes.append(contentsOf: piece.readableBytesView)
        }
        return bytes
    }

    /// The media type of the body without its parameters, in lower case.
    var mediaType: String {
        let value = headers[.contentType] ?? ""
        if value.hasSameBytes(as: MediaType.jose) { return value }
        return (value.split(separator: ";").first ?? "").lowercased()
            .filter { $0 != " " && $0 != "\t" }
    }

    private static func tooLarge(_ limit: Int) -> Problem {
        Problem(.bodyTooLarge, at: "body", "it has more than \(limit) bytes")
    }
}
