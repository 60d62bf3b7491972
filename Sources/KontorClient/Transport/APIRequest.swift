internal import KontorAPI

/// A request to the service.
struct APIRequest: Sendable {
    /// Which token goes with it.
    enum Authorization: Sendable {
        /// None: the thing is public, or the entry itself is signed.
        case none
        /// One if there is a login: what is public to some.
        case optional
        /// A token that may serve again.
        case reading
        /// A token that serves once.
        case once
    }

    /// The path below the base of the server.
    var path: String
    /// Members of the query.
    var query: [(name: String, value: String)] = []
    /// What is sent with POST; nil for GET.
    var body: [UInt8]?
    /// The media type of the body.
    var contentType = MediaType.json
    /// The media type of an answer that succeeds.
    var accept = MediaType.json
    /// Which token goes with it.
    var authorization = Authorization.reading
    /// More headers.
    var headers: [(name: String, value: String)] = []
    /// The most bytes of the answer.
    var limit: Int
    /// Whether a problem with faults is an answer and no error.
    var takesRefusals = false
    /// Whether 404 is an answer and no error.
    var takesAbsence = false
}
