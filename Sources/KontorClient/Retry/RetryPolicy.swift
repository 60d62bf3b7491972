/// How often, and for how long, a request is sent again.
public struct RetryPolicy: Sendable, Hashable {
    /// The most attempts, the first one among them.
    public var attemptCount: Int
    /// The upper end of the first wait; it doubles with each attempt.
    public var firstWait: Duration
    /// The upper end of any wait that the server does not ask for.
    public var longestWait: Duration
    /// The most time from the first attempt to the start of the last one.
    public var totalTime: Duration

    /// A policy; by default six attempts within a minute.
    public init(
        attemptCount: Int = 6,
        firstWait: Duration = .milliseconds(200),
        longestWait: Duration = .seconds(10),
        totalTime: Duration = .seconds(60)
    ) {
        self.attemptCount = max(1, attemptCount)
        self.firstWait = max(.zero, firstWait)
        self.longestWait = max(.zero, longestWait)
        self.totalTime = max(.zero, totalTime)
    }

    /// One attempt.
    public static let once = RetryPolicy(attemptCount: 1)
}
