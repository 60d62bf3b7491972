/// Everything of the service that a stranger can make long, many or slow (spec/19 §7).
///
/// All of it is set by configuration under `limits.`; the names there are the names here.
public struct Limits: Sendable, Hashable {
    /// The greatest body of a request that is not a stream, in bytes.
    public var bodyBytes = 131_072
    /// The greatest line of a stream, in bytes.
    public var lineBytes = 65_535
    /// The greatest body of a stream, in bytes.
    public var streamBytes = 1 << 30
    /// Submissions of one stream that wait for their answers.
    public var streamAhead = 1_024
    /// Connections at once, of all clients.
    public var connections = 16_384
    /// Connections at once, of one address.
    public var connectionsPerAddress = 16_384
    /// Event streams at once, of one login.
    public var eventStreamsPerPartner = 10_000
    /// Requests a second of one address before its login is known.
    public var requestsPerSecondPerAddress = 50_000
    /// Requests a second of one login.
    public var requestsPerSecondPerPartner = 10_000
    /// Submissions a second of one signer.
    public var submissionsPerSecondPerPartner = 50_000
    /// Submissions that wait for the writer; more are answered by `QueueFull`.
    public var queueLength = 16_384
    /// The greatest head of a request, in bytes: all header fields together, and each of them.
    public var headerBytes = 16_384
    /// The greatest number of header fields of a request.
    public var headerFields = 100
    /// Seconds within which the head of a request arrives.
    public var headerSeconds = 10
    /// Seconds within which the next piece of a body arrives, or is taken by its receiver.
    public var idleSeconds = 60
    /// Elements of one page at the most.
    public var pageItems = 1_000
    /// Seconds that a shutdown waits for what was accepted.
    public var shutdownSeconds = 30

    /// The limits that hold where nothing is configured.
    public init() {}
}
