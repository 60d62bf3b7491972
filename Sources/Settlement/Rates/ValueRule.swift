/// From which observations the value of a program's unit follows (S-44).
public enum ValueRule: String, Hashable, Sendable, Codable, CaseIterable {
    /// What the program's owner publishes.
    case pinned
    /// The mean of what was published in the last nights.
    case mean
    /// What partners paid each other for units in an earlier window.
    case weighted
}
