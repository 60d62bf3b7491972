/// What came of one attempt to deliver an entry.
enum DeliveryOutcome: Hashable, Sendable {
    /// The receiver answered by 2xx in time.
    case taken
    /// The receiver answered by 410: it wants no more.
    case gone
    /// Anything else.
    case failed(DeliveryFailure)
}

/// Why an attempt failed.
struct DeliveryFailure: Hashable, Sendable {
    /// The kinds of failures, as dead letters name them.
    enum Reason: String, Sendable, CaseIterable {
        /// The receiver answered by another status than 2xx and 410.
        case status
        /// There was no answer in time.
        case timeout
        /// There was no connection, or it ended early.
        case connection
        /// The name has no address, or one that deliveries do not go to.
        case address
        /// The receiver did not prove by a certificate that it has the name.
        case tls
    }

    /// The kind.
    let reason: Reason
    /// The status, where there was one.
    var status: Int?

    init(_ reason: Reason, status: Int? = nil) {
        self.reason = reason
        self.status = status
    }
}
