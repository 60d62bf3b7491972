/// When a request is sent again: exponential waits with full jitter, a bounded number of attempts,
/// and a bounded time (spec/19 §9).
///
/// A wait is drawn evenly from zero to the first wait times 2^(attempts − 1), at most the longest
/// wait. Where the server says Retry-After, the wait is at least that, with the jitter added. The
/// machine has no clock and no randomness of its own.
public struct RetrySchedule: Sendable, Hashable {
    /// How an attempt ended.
    public enum Outcome: Sendable, Hashable {
        /// Another attempt would end alike: a refusal, a fault of the request.
        case final
        /// Another attempt may succeed; not before the time that the server asked for.
        case again(after: Duration?)
    }

    /// What to do next.
    public enum Action: Sendable, Hashable {
        /// Wait so long, then send the same request again.
        case wait(Duration)
        /// Report the fault.
        case giveUp(Reason)
    }

    /// Why no further attempt is made.
    public enum Reason: Sendable, Hashable {
        /// It would end alike.
        case final
        /// The attempts are used up.
        case attempts
        /// The time is used up, or would be after the wait.
        case time
    }

    /// The bounds.
    public let policy: RetryPolicy
    /// Attempts that were judged so far without progress between them.
    public private(set) var attempts = 0
    private var start = Duration.zero

    /// A schedule before its first attempt.
    public init(_ policy: RetryPolicy) {
        self.policy = policy
    }

    /// Takes the outcome of an attempt at a moment, with 64 random bits.
    ///
    /// `now` is the time since the schedule began.
    public mutating func next(_ outcome: Outcome, now: Duration, random: UInt64) -> Action {
        attempts += 1
        guard case .again(let requested) = outcome else { return .giveUp(.final) }
        guard attempts < policy.attemptCount else { return .giveUp(.attempts) }
        let wait = (requested.map { max(.zero, $0) } ?? .zero) + jitter(random)
        guard now - start + wait <= policy.totalTime else { return .giveUp(.time) }
        return .wait(wait)
    }

    /// Notes that a stream got ahead, so that the attempts count anew from this moment.
    public mutating func noteProgress(now: Duration) {
        attempts = 0
        start = now
    }

    /// A wait from zero to the present upper end.
    private func jitter(_ random: UInt64) -> Duration {
        let doubled = policy.firstWait * (1 << min(attempts - 1, 30))
        let (seconds, rest) = min(doubled, policy.longestWait).components
        let whole = UInt64(clamping: seconds).multipliedReportingOverflow(by: 1_000_000)
        let ceiling = whole.overflow ? .max / 2 : whole.partialValue
        let microseconds = ceiling + UInt64(clamping: rest / 1_000_000_000_000)
        return .microseconds(
            Int64(clamping: (microseconds + 1).multipliedFullWidth(by: random).high)
        )
    }
}
