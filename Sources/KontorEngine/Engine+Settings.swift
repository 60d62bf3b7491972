public import KontorStorage

/// Settings of the node that stand beside the log, in the same store.
extension Engine {
    /// The settings whose names begin with a text, in the order of the bytes of their names.
    public func settings(withPrefix prefix: String) throws -> [StoredSetting] {
        try store.settings(withPrefix: prefix)
    }

    /// Sets or, with nil, removes settings, all of them in one durable transaction.
    ///
    /// The caller waits for the disk, and for a commit that is under way.
    public func setSettings(_ changes: [(name: String, value: [UInt8]?)]) throws {
        try store.setSettings(changes)
    }
}
