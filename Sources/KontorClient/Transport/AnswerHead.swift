internal import NIOHTTP1

/// The head of an answer: what the client looks at.
struct AnswerHead: Sendable {
    /// The HTTP status.
    let status: Int
    /// The media type without parameters, in lower case; empty if there is none.
    let mediaType: String
    /// The server's clock as it wrote it.
    let date: String?
    /// The server's name for the request.
    let requestID: String?
    /// How long the server asks to wait.
    let retryAfter: Duration?
    /// Where a redirect leads.
    let location: String?

    init(status: Int, headers: HTTPHeaders = [:]) {
        self.status = status
        mediaType = Self.essence(headers.first(name: "content-type") ?? "")
        date = headers.first(name: "date").map { String($0.prefix(64)) }
        requestID = headers.first(name: "x-request-id").map { String($0.prefix(128)) }
        location = headers.first(name: "location").map { String($0.prefix(256)) }
        retryAfter = headers.first(name: "retry-after").flatMap(Self.seconds)
    }

    /// The type without its parameters.
    static func essence(_ type: String) -> String {
        let first = type.prefix { $0 != ";" }.lowercased()
        return String(first.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    /// Whole seconds; a date is not read, the usual wait serves as well.
    static func seconds(_ text: String) -> Duration? {
        guard (1...9).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int64(text).map { .seconds($0) }
    }
}
