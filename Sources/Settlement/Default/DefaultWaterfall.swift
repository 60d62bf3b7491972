/// What happens to a multilateral settlement when debtors do not pay (S-30).
///
/// A debtor that fails leaves a shortfall: what it owes less what it paid. Its cover is drawn
/// first. The rest, the *uncovered* part, falls on those that have a net bilateral claim on it, in
/// proportion to their claims, in whole minor units by largest remainder, ties by name. Each
/// receives so much less; whose net turns negative by it, or more negative than what it was to
/// pay, is *recalled* for the difference. Who is named as unable to pay a recall has failed as
/// well, and all is computed again with it, until no one new fails.
///
/// Shares that fall on one who failed itself add to its own shortfall. Where failed parties owe
/// each other in a circle, that circle is set off first (`DefaultCircles`), since none of it would
/// ever be paid. What each is due does not change by it.
///
/// **Nothing is left over, and nobody bears more than its claim.** Let c(q, D) be the claims on D
/// after circles, and C(D) their sum. What D is due is what it claims less what is claimed from it,
/// so its shortfall, with the shares that it bears itself, is
///
///     C(D) − Σ c(D, X) + Σ share(D, X) − paid(D)  ≤  C(D),
///
/// since each share(D, X) ≤ c(D, X), which holds of X before D. Drawing cover only lessens it. So
/// the uncovered part U(D) ≤ C(D), a proportional share U·c/C ≤ c, and rounded up to the next
/// integer it is still at most the integer c. A party without a claim on D bears nothing, and no
/// residue exists that anyone else would have to bear.
public struct DefaultWaterfall: Sendable, Hashable {
    /// What a default leaves of one party; amounts in minor units.
    public struct Party: Sendable, Hashable {
        /// Who.
        public let participant: String
        /// What it was to receive, or to pay when negative.
        public let due: Int128
        /// Whether it failed, at first or when it was recalled.
        public let failed: Bool
        /// What it paid, or is to pay, of what it was to pay; a recall comes on top.
        public let paid: Int128
        /// What is drawn from its cover.
        public let coverDrawn: Int128
        /// What it leaves unpaid and uncovered.
        public let uncovered: Int128
        /// What it bears of others' uncovered parts.
        public let loss: Int128

        /// What it receives after its losses, or has to pay when negative.
        public var dueAfterLoss: Int128 { due - loss }
        /// What it has to pay on top of what it was to pay, because of its losses.
        public var recall: Int128 { max(0, -dueAfterLoss) - max(0, -due) }
        /// What it receives in the end, or gives when negative, its cover included.
        ///
        /// The sum over all parties is 0.
        public var settled: Int128 { dueAfterLoss + uncovered }
    }

    /// All parties with claims or debts, by name.
    public let parties: [Party]
    /// Who bears how much of whom, those of 0 left out, by debtor and creditor.
    public let losses: [LossShare]

    /// Computes shares and recalls.
    ///
    /// - Parameters:
    ///   - book: The claims of the settlement.
    ///   - failed: What each debtor that failed has paid, from 0; all others paid in full.
    ///   - covers: The cover of parties in this currency; without one it is 0.
    ///   - unableToRepay: Who could not pay a recall.
    /// - Throws: `paidTooMuch`, `coverRange`, `duplicateParticipant`.
    public init(
        book: ClaimBook,
        failed: [PaymentPlan.Due],
        covers: [PaymentPlan.Due] = [],
        unableToRepay: Set<String> = []
    ) throws(SettlementError) {
        var pass = try DefaultPass(book, failed: failed, covers: covers)
        while true {
            try pass.run()
            guard pass.addFailures(among: unableToRepay) else { break }
        }
        parties = pass.parties
        losses = pass.losses.sorted { ($0.debtor, $0.creditor) < ($1.debtor, $1.creditor) }
    }

    /// What is drawn from covers in all.
    public var coverDrawn: Int128 { parties.reduce(0) { $0 + $1.coverDrawn } }
    /// What was left uncovered in all, which is what is borne in all.
    public var uncovered: Int128 { parties.reduce(0) { $0 + $1.uncovered } }
}
