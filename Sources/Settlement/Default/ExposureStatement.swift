internal import Money

/// What each party would lose at most if another failed tonight (S-30).
///
/// Y(q, X) = claim of q on X − q's share of X's cover. The share is in proportion to the claims on
/// X and rounded down, so Y is never too small: if parties fail, what q bears by
/// `DefaultWaterfall` for the same claims and covers is at most the sum of Y(q, X) over those that
/// failed. For the uncovered part is at most the claims less the cover, of which q's proportional
/// share, rounded up, is its claim less its share of the cover, rounded down.
public struct ExposureStatement: Sendable, Hashable {
    /// What one party may lose by another; amounts in minor units.
    public struct Line: Sendable, Hashable {
        /// Who may lose.
        public let creditor: String
        /// Who may fail.
        public let debtor: String
        /// The net claim.
        public let claim: Int128
        /// The part of the debtor's cover that stands for it.
        public let coverShare: Int128
        /// The most that is lost.
        public var exposure: Int128 { claim - coverShare }
    }

    /// The lines, by creditor and debtor.
    public let lines: [Line]

    /// The exposures of claims, over all that is unpaid and held, and of covers.
    ///
    /// - Throws: `coverRange`, `duplicateParticipant`.
    public init(
        book: ClaimBook,
        covers: [PaymentPlan.Due]
    ) throws(SettlementError) {
        let covers = try book.covers(covers)
        let owed = book.owed
        var lines: [Line] = []
        for edge in book.edges {
            let cover = min(covers[edge.debtor], owed[edge.debtor])
            guard let part = Quotient(cover, owed[edge.debtor]),
                let share = Quotient.scaled(edge.amount, by: part, rounding: .floor)
            else { throw .range(debtor: book.names[edge.debtor], creditor: "all") }
            lines.append(
                Line(
                    creditor: book.names[edge.creditor],
                    debtor: book.names[edge.debtor],
                    claim: edge.amount,
                    coverShare: share
                )
            )
        }
        self.lines = lines.sorted { ($0.creditor, $0.debtor) < ($1.creditor, $1.debtor) }
    }

    /// What a party may lose by another.
    public func exposure(of creditor: String, to debtor: String) -> Int128 {
        lines.first { $0.creditor == creditor && $0.debtor == debtor }?.exposure ?? 0
    }
}
