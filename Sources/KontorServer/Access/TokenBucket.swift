/// A token bucket: a rate, and a burst of one second of it.
struct TokenBucket: Sendable {
    private let perSecond: Double
    private var level: Double
    private var filledAt: UInt64

    /// A full bucket at a moment in nanoseconds of a clock that never goes back.
    init(perSecond: Int, now: UInt64) {
        self.perSecond = Double(perSecond)
        level = Double(perSecond)
        filledAt = now
    }

    /// Takes so many, or says after how many seconds they would be there.
    mutating func take(_ count: Int, now: UInt64) -> Double? {
        let elapsed = Double(now > filledAt ? now - filledAt : 0) / 1e9
        level = min(perSecond, level + elapsed * perSecond)
        filledAt = max(now, filledAt)
        // More than a whole burst passes when the bucket is full, and leaves a debt.
        guard level >= min(Double(count), perSecond) else {
            return (min(Double(count), perSecond) - level) / perSecond
        }
        level -= Double(count)
        return nil
    }

    /// Whether it has filled up again, so that it need not be remembered.
    func isFull(now: UInt64) -> Bool {
        level + Double(now > filledAt ? now - filledAt : 0) / 1e9 * perSecond >= perSecond
    }
}
