/// The part of the client's error that its parser of events throws.
struct ClientError: Error {
    /// The kind of fault.
    enum Code {
        /// The server sent more than the limits allow.
        case tooLong
    }

    /// The kind of fault.
    let code: Code
    /// Where.
    let place: String
    /// Reason and way out.
    let message: String

    /// A fault.
    init(_ code: Code, at place: String, _ message: String) {
        self.code = code
        self.place = place
        self.message = message
    }
}
