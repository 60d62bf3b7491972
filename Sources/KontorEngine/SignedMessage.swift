/// What a log signs by its key besides checkpoints and refusals, each under a `typ` of its own, so
/// that one can never be taken for another.
public enum SignedMessage: String, Sendable, Hashable, CaseIterable {
    /// A delivery of an entry to a subscriber (spec/19 §11).
    case delivery = "kontor-webhook+jws"
}
