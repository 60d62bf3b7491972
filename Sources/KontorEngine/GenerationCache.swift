/// Values by key, of which at least the last used so many are kept and at most twice as many.
///
/// Two generations: what is asked for moves to the newer one; when that is full, it becomes the
/// older one, and what nobody asked for meanwhile is gone.
struct GenerationCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let limit: Int
    private var newer: [Key: Value] = [:]
    private var older: [Key: Value] = [:]

    /// A cache of at most twice so many values.
    init(limit: Int) {
        self.limit = limit
    }

    /// The number of values at hand.
    var count: Int { newer.count + older.count }

    /// The value of a key, or nil.
    ///
    /// Complexity: O(1).
    mutating func value(of key: Key) -> Value? {
        if let value = newer[key] { return value }
        guard let value = older.removeValue(forKey: key) else { return nil }
        note(value, of: key)
        return value
    }

    /// Keeps a value, which never changes, under its key.
    ///
    /// Complexity: O(1).
    mutating func note(_ value: Value, of key: Key) {
        if newer.count >= limit {
            older = newer
            newer = [:]
        }
        newer[key] = value
    }
}
