/// Rows of both sides that are the same thing, and why.
///
/// A row is in at most one match. The rule version is `Reconciliation.rules`; files and lines are
/// those of the rows.
public struct Match: Hashable, Sendable {
    /// The pass that made it.
    public let pass: MatchPass
    /// Rows of the ledger: numbers of `Reconciliation.ledger.rows`, rising.
    public let ledgerRows: [Int]
    /// Rows of the partner: numbers of `Reconciliation.partner.rows`, rising.
    public let partnerRows: [Int]
    /// What both sides state, and what was therefore compared.
    public let compared: BookFieldSet
    /// What differs of it, differences within the days that are allowed included.
    public let different: BookFieldSet

    /// How much of what was compared agrees, from 0 to 1,000.
    public var scorePermille: Int {
        let all = compared.rawValue.nonzeroBitCount
        return all == 0 ? 0 : (all - different.rawValue.nonzeroBitCount) * 1000 / all
    }
}
