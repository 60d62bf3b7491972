/// What couriers did, and how far the subscriptions are, for `/metrics`.
struct WebhookFigures: Hashable, Sendable {
    /// How far the subscriptions of one state are.
    struct Standing: Hashable, Sendable {
        /// How many there are.
        var count = 0
        /// How many entries of the log the last of them has not looked at or delivered yet.
        var lag: UInt64 = 0
    }

    /// Entries that were delivered.
    var delivered = 0
    /// Attempts that failed, with another one to follow.
    var retried = 0
    /// Entries that became dead letters.
    var dead = 0
    /// Subscriptions to which entries are sent.
    var active = Standing()
    /// Subscriptions to which nothing is sent until their owners ask for a replay.
    var paused = Standing()
}
