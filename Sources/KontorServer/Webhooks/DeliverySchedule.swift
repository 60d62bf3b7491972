internal import Signing

/// What a subscription does next: all of it, without clock, network and chance (spec/19 §11).
///
/// Entries are looked at in the order of the log. One that is wanted is sent until it is taken, or
/// until its time is over, when it becomes a dead letter; only then the next one is looked at. The
/// shell performs what `action` says and tells what came of it. Each telling bears the `round` in
/// which its action was asked for: after a replay, tellings of the round before mean nothing.
struct DeliverySchedule: Hashable, Sendable {
    /// How often and how long is tried.
    struct Limits: Hashable, Sendable {
        /// The greatest wait after the first failure, in milliseconds; it doubles with each more.
        var firstDelay: Int64 = 1_000
        /// The greatest wait at all, in milliseconds.
        var greatestDelay: Int64 = 3_600_000
        /// How long after its first attempt an entry is tried once more at the latest, in
        /// milliseconds.
        var lifetime: Int64 = 86_400_000
        /// How many dead letters are kept.
        var deadLetters = 10_000
    }

    /// Why nothing is sent until the owner asks for a replay.
    enum Pause: String, Hashable, Sendable {
        /// The receiver answered by 410.
        case gone
        /// The owner was removed or closed, or the key of the login that subscribed was revoked.
        case owner
    }

    /// The entry that is tried.
    struct Pending: Hashable, Sendable {
        /// How many attempts failed.
        var failureCount = 0
        /// When the first attempt began, or nil before it.
        var firstAt: Timestamp?
        /// When the next attempt is due, or nil for at once.
        var retryAt: Timestamp?
    }

    /// What is to be done now.
    enum Action: Hashable, Sendable {
        /// Nothing, until something is changed.
        case rest
        /// Find the next entry that is wanted, from this index on.
        case look(from: UInt64)
        /// Nothing, until this moment.
        case wait(until: Timestamp)
        /// Send this entry; it is so many-th attempt.
        case send(index: UInt64, attempt: Int)
    }

    /// What a telling changed.
    enum Effect: Hashable, Sendable {
        /// Nothing: it was of an earlier round.
        case none
        /// An entry was delivered.
        case delivered
        /// An attempt failed, and another one follows.
        case retried
        /// The last attempt failed.
        case died(DeadLetter)
        /// Nothing is sent any more.
        case paused(Pause)
    }

    /// The index that is looked at or tried.
    private(set) var next: UInt64
    /// Why nothing is sent, or nil.
    private(set) var pause: Pause?
    /// The attempts at the entry of `next`, if it is wanted.
    private(set) var pending: Pending?
    /// What could not be delivered.
    private(set) var dead: DeadLetters
    /// How often the subscription was set to another place since it was loaded.
    private(set) var round = 0

    /// The schedule of a subscription that stands at an index.
    init(
        next: UInt64,
        pause: Pause? = nil,
        pending: Pending? = nil,
        dead: DeadLetters = DeadLetters()
    ) {
        self.next = next
        self.pause = pause
        self.pending = pending
        self.dead = dead
    }

    /// What is to be done at a moment.
    ///
    /// An attempt that seems to be due later than any wait lasts is due: the clock was set back.
    mutating func action(at now: Timestamp, _ limits: Limits) -> Action {
        guard pause == nil else { return .rest }
        guard let pending else { return .look(from: next) }
        if let retryAt = pending.retryAt, retryAt > now,
            retryAt.milliseconds - now.milliseconds <= limits.greatestDelay
        {
            return .wait(until: retryAt)
        }
        self.pending?.firstAt = pending.firstAt ?? now
        return .send(index: next, attempt: pending.failureCount + 1)
    }

    /// Tells that entries before an index are not wanted, and whether the one there is.
    mutating func looked(upTo index: UInt64, isWanted: Bool, in round: Int) {
        guard round == self.round, index >= next, pause == nil else { return }
        next = index
        pending = isWanted ? Pending() : nil
    }

    /// Tells that the entry that was to be sent is not wanted any more.
    mutating func skipped(_ index: UInt64, in round: Int) {
        guard round == self.round, index == next else { return }
        advance()
    }

    /// Tells what came of an attempt; `draw` picks a number from 0 to its argument.
    mutating func attempted(
        _ outcome: DeliveryOutcome,
        at now: Timestamp,
        in round: Int,
        _ limits: Limits,
        draw: (Int64) -> Int64
    ) -> Effect {
        guard round == self.round, var pending else { return .none }
        switch outcome {
        case .taken:
            advance()
            return .delivered
        case .gone: return stop(.gone)
        case .failed(let failure):
            pending.failureCount += 1
            let end = (pending.firstAt ?? now).advanced(byMilliseconds: limits.lifetime)
            guard now < end else {
                let letter = DeadLetter(
                    index: next,
                    attempts: pending.failureCount,
                    time: now,
                    failure: failure
                )
                dead.add(letter, limit: limits.deadLetters)
                advance()
                return .died(letter)
            }
            let delay = draw(Self.greatestDelay(after: pending.failureCount, limits))
            pending.retryAt = min(now.advanced(byMilliseconds: delay), end)
            self.pending = pending
            return .retried
        }
    }

    /// Stops all sending; returns what that changed.
    mutating func stop(_ reason: Pause) -> Effect {
        pause = reason
        pending = nil
        round += 1
        return .paused(reason)
    }

    /// Sends everything from an index on, once more if it was sent before.
    mutating func replay(from index: UInt64) {
        next = index
        pause = nil
        pending = nil
        dead.removeAll(from: index)
        round += 1
    }

    /// The greatest wait after so many failures, in milliseconds.
    static func greatestDelay(after failureCount: Int, _ limits: Limits) -> Int64 {
        let doublings = min(max(failureCount - 1, 0), 40)
        let (delay, overflow) = limits.firstDelay.multipliedReportingOverflow(by: 1 << doublings)
        return overflow ? limits.greatestDelay : min(delay, limits.greatestDelay)
    }

    private mutating func advance() {
        next += 1
        pending = nil
    }
}
