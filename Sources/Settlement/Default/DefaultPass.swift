/// The losses that a set of failed parties brings about, computed in one pass.
struct DefaultPass {
    private let book: ClaimBook
    private let dues: [Int128]
    private let covers: [Int128]
    private var hasFailed: [Bool]
    private var paid: [Int128]
    private var drawn: [Int128] = []
    private var uncovered: [Int128] = []
    private var loss: [Int128] = []
    /// The shares, as they were found.
    private(set) var losses: [LossShare] = []

    init(
        _ book: ClaimBook,
        failed: [PaymentPlan.Due],
        covers: [PaymentPlan.Due]
    ) throws(SettlementError) {
        self.book = book
        dues = book.dues
        self.covers = try book.covers(covers)
        paid = dues.map { max(0, -$0) }
        hasFailed = Array(repeating: false, count: dues.count)
        let parts = try book.byPlace(failed)
        guard parts.count(where: { $0 != nil }) == failed.count else {
            let stranger = failed.first { !book.names.contains($0.participant) }
            throw .paidTooMuch(stranger?.participant ?? "")
        }
        for (place, part) in parts.enumerated() {
            guard let part else { continue }
            guard dues[place] < 0, part >= 0, part <= -dues[place] else {
                throw .paidTooMuch(book.names[place])
            }
            hasFailed[place] = part < -dues[place]
            paid[place] = part
        }
    }

    /// Computes all losses of those that have failed so far.
    mutating func run() throws(SettlementError) {
        drawn = Array(repeating: 0, count: dues.count)
        uncovered = drawn
        loss = drawn
        losses = []
        let failed = dues.indices.filter { hasFailed[$0] }
        let circles = DefaultCircles(failed, book.edges)
        let edges = circles.setOff(book.edges)
        // Edges come by debtor, so those on one party are a range.
        var starts = Array(repeating: 0, count: dues.count + 1)
        for edge in edges { starts[edge.debtor + 1] += 1 }
        for place in dues.indices { starts[place + 1] += starts[place] }
        for place in circles.order {
            try share(place, among: edges[starts[place]..<starts[place + 1]])
        }
    }

    /// Draws the cover of a failed party, and shares what is uncovered among its creditors.
    private mutating func share(
        _ debtor: Int,
        among claims: ArraySlice<ClaimBook.Edge>
    ) throws(SettlementError) {
        let shortfall = max(0, loss[debtor] - dues[debtor] - paid[debtor])
        drawn[debtor] = min(covers[debtor], shortfall)
        uncovered[debtor] = shortfall - drawn[debtor]
        guard uncovered[debtor] > 0 else { return }
        let shares = try LineShare.shares(
            of: uncovered[debtor],
            weights: claims.map(\.amount)
        )
        for (claim, share) in zip(claims, shares) where share > 0 {
            loss[claim.creditor] += share
            losses.append(
                LossShare(
                    creditor: book.names[claim.creditor],
                    debtor: book.names[debtor],
                    claim: claim.amount,
                    minorUnits: share
                )
            )
        }
    }

    /// Notes as failed who is recalled and cannot pay; the answer is whether there was anyone new.
    mutating func addFailures(among unable: Set<String>) -> Bool {
        var isNew = false
        for (place, party) in parties.enumerated()
        where !hasFailed[place] && party.recall > 0 && unable.contains(party.participant) {
            hasFailed[place] = true
            isNew = true
        }
        return isNew
    }

    /// The parties after the last run.
    var parties: [DefaultWaterfall.Party] {
        dues.indices.map { place in
            DefaultWaterfall.Party(
                participant: book.names[place],
                due: dues[place],
                failed: hasFailed[place],
                paid: paid[place],
                coverDrawn: drawn[place],
                uncovered: uncovered[place],
                loss: loss[place]
            )
        }
    }
}
