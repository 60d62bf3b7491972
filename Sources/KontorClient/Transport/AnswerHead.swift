internal import NIOHTTP1
internal import Signing

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
        retryAfter = headers.first(name: "retry-after").flatMap { [date] in
            Self.wait($0, from: date)
        }
    }

    /// The type without its parameters.
    static func essence(_ type: String) -> String {
        let first = type.prefix { $0 != ";" }.lowercased()
        return String(first.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    /// What `Retry-After` asks for: whole seconds, or the time to a date, zero if that is past.
    ///
    /// It counts from the date of the answer, so that the clocks of both ends do not matter.
    static func wait(_ text: String, from date: String?) -> Duration? {
        guard let first = text.utf8.first, (0x30...0x39).contains(first) else {
            guard let end = HTTPDate.moment(text), let start = date.flatMap(HTTPDate.moment) else {
                return nil
            }
            return .milliseconds(max(0, end.milliseconds - start.milliseconds))
        }
        guard text.utf8.count <= 9, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int64(text).map { .seconds($0) }
    }
}
