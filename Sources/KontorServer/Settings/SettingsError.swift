/// What is wrong with a configuration: the key, where it was set, why, and the way out.
public struct SettingsError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The key, such as `limits.bodyBytes`.
    public let key: String
    /// Where it was set, in words: `KONTOR_PORT`, `kontor.json`, `--port`; empty if nowhere.
    public let source: String
    /// What is wrong, and what to do.
    public let reason: String

    /// An error of its parts.
    public init(_ key: String, from source: String = "", _ reason: String) {
        self.key = key
        self.source = source
        self.reason = reason
    }

    /// One line for people.
    public var description: String {
        source.isEmpty ? "\(key): \(reason)" : "\(key) (from \(source)): \(reason)"
    }
}
