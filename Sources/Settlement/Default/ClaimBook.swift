internal import Money

/// What remains between each two parties of a settlement: the net bilateral claims (S-30).
///
/// What the operator's float pays or receives for carried amounts stands in it as claims of and on
/// `operator/float`, so that what each party is due is exactly the sum of its claims less the sum
/// of the claims on it. The waterfall rests on that.
public struct ClaimBook: Sendable, Hashable {
    /// What one party has to get from another, all obligations between the two set off.
    public struct Claim: Sendable, Hashable {
        /// Who has it.
        public let creditor: String
        /// Who owes it.
        public let debtor: String
        /// Minor units, above 0.
        public let minorUnits: Int128
    }

    /// The parties, in the order of their names.
    public let names: [String]
    /// Claims by debtor and creditor, as places in the names.
    let edges: [Edge]

    /// A claim between two places.
    struct Edge: Sendable, Hashable {
        let debtor: Int
        let creditor: Int
        var amount: Int128
    }

    /// The claims of obligations in one currency.
    ///
    /// - Throws: `range`, `ownDebt`, `mixedCurrencies`.
    public init(obligations: [Obligation]) throws(SettlementError) {
        if let currency = obligations.first?.currency {
            for obligation in obligations { try Netting.check(obligation, currency) }
        }
        self.init(DebtBook(obligations))
    }

    /// The claims of the obligations of a multilateral netting, with those of the float.
    ///
    /// - Throws: `range`, `ownDebt`, `mixedCurrencies`.
    public init(
        obligations: [Obligation],
        netting: Netting
    ) throws(SettlementError) {
        for obligation in obligations { try Netting.check(obligation, netting.currency) }
        let float = netting.lines.map { line in
            Obligation(
                debtor: PaymentPlan.floatAccount,
                creditor: line.participant,
                currency: netting.currency,
                minorUnits: line.carriedIn - line.carriedOut
            )
        }
        self.init(DebtBook(obligations + float))
    }

    private init(_ book: DebtBook) {
        names = book.names
        edges = book.pairs.filter { $0.amount != 0 }.map { pair in
            pair.amount > 0
                ? Edge(debtor: pair.debtor, creditor: pair.creditor, amount: pair.amount)
                : Edge(debtor: pair.creditor, creditor: pair.debtor, amount: -pair.amount)
        }
        .sorted { ($0.debtor, $0.creditor) < ($1.debtor, $1.creditor) }
    }

    /// The claims, by debtor and creditor.
    public var claims: [Claim] {
        edges.map {
            Claim(
                creditor: names[$0.creditor],
                debtor: names[$0.debtor],
                minorUnits: $0.amount
            )
        }
    }

    /// What each party is due by place: claims less debts.
    var dues: [Int128] {
        var dues = Array(repeating: Int128(0), count: names.count)
        for edge in edges {
            dues[edge.debtor] -= edge.amount
            dues[edge.creditor] += edge.amount
        }
        return dues
    }

    /// The sum of all claims on each party, by place.
    var owed: [Int128] {
        var owed = Array(repeating: Int128(0), count: names.count)
        for edge in edges { owed[edge.debtor] += edge.amount }
        return owed
    }

    /// Amounts by name as amounts by place; those of names without a claim do not count.
    func byPlace(_ amounts: [PaymentPlan.Due]) throws(SettlementError) -> [Int128?] {
        var list: [Int128?] = Array(repeating: nil, count: names.count)
        let sorted = amounts.sorted { $0.participant < $1.participant }
        for (one, next) in zip(sorted, sorted.dropFirst())
        where one.participant == next.participant {
            throw .duplicateParticipant(one.participant)
        }
        var rest = sorted[...]
        for (place, name) in names.enumerated() {
            while let first = rest.first, first.participant < name { rest.removeFirst() }
            guard let first = rest.first, first.participant == name else { continue }
            list[place] = first.minorUnits
        }
        return list
    }

    /// The covers by place, 0 where there is none.
    func covers(_ covers: [PaymentPlan.Due]) throws(SettlementError) -> [Int128] {
        for cover in covers
        where cover.minorUnits < 0 || !SettlementLimits.allows(cover.minorUnits) {
            throw .coverRange(cover.participant)
        }
        return try byPlace(covers).map { $0 ?? 0 }
    }
}
