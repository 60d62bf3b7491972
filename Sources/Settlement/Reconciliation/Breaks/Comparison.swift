/// One field of a pair of rows, as it was compared: the evidence of a match or break.
public struct Comparison: Hashable, Sendable {
    /// The field.
    public let field: BookField
    /// What the ledger states.
    public let ledger: Figure
    /// What the partner states.
    public let partner: Figure
    /// Whether they are equal.
    public let agrees: Bool
}
