/// What was too little to be paid and waits for the next settlement (S-24).
public struct Carry: Sendable, Hashable {
    /// Whose it is.
    public let participant: String
    /// Against whom, in the models that settle pairs; nil in the multilateral one.
    public let counterparty: String?
    /// Minor units, as the participant sees them: it is owed them, or owes them when negative.
    public let minorUnits: Int128
    /// The cut-off from which it has waited without a break, in milliseconds since 1970-01-01.
    public let since: Int64

    /// A carried amount.
    public init(
        participant: String,
        counterparty: String? = nil,
        minorUnits: Int128,
        since: Int64
    ) {
        self.participant = participant
        self.counterparty = counterparty
        self.minorUnits = minorUnits
        self.since = since
    }
}
