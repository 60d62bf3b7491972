internal import NIOCore

/// Requests of HTTP/1.1 as bytes, made before anything is timed.
enum WireRequest {
    /// A GET of a path, with the token of a login if one is needed.
    static func get(_ path: String, token: String? = nil) -> ByteBuffer {
        var text = "GET \(path) HTTP/1.1\r\nHost: localhost\r\n"
        if let token { text += "Authorization: Bearer \(token)\r\n" }
        return ByteBuffer(string: text + "\r\n")
    }

    /// A POST of a body whose length is known.
    static func post(_ path: String, type: String, _ body: some Collection<UInt8>) -> ByteBuffer {
        var buffer = head(path, type: type, length: body.count)
        buffer.writeBytes(body)
        return buffer
    }

    /// The head of a POST, whose body follows in pieces.
    static func head(_ path: String, type: String, length: Int) -> ByteBuffer {
        ByteBuffer(
            string: "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: \(type)\r\n"
                + "Content-Length: \(length)\r\n\r\n"
        )
    }
}
