public import Money

/// The settlement of one window in one model and currency: who receives, who pays (S-22 to S-26).
///
/// Nets of all participants sum to 0. What is due sums to 0 with what the operator's float pays or
/// receives: the float holds the opposite of everything that is carried in the multilateral model.
/// In the models that settle pairs a carried amount stays between the two, and the float is 0.
public struct Netting: Sendable, Hashable {
    /// The model.
    public let model: SettlementModel
    /// The currency.
    public let currency: Currency
    /// The lines, by participant and counterparty.
    public let lines: [NettingLine]
    /// What each participant is owed and owes, and the totals of all three models.
    public let figures: MultilateralNet

    /// Sets off the obligations of a window.
    ///
    /// The order of obligations does not matter. One that is negative is owed the other way round.
    ///
    /// Complexity: O(n), and O(m log m) for m pairs and participants.
    /// - Parameters:
    ///   - model: Multilateral, bilateral or gross.
    ///   - currency: The currency of all obligations.
    ///   - obligations: Rounded debts.
    ///   - carriedIn: What earlier windows of this model and currency carried on.
    ///   - policy: What is too small to be paid.
    ///   - closed: Participants that are closed and therefore paid whatever the size.
    /// - Throws: `range`, `ownDebt`, `mixedCurrencies`, `duplicateParticipant`,
    ///   `carryOfAnotherModel`, `sumNotZero`.
    public init(
        model: SettlementModel,
        currency: Currency,
        obligations: [Obligation],
        carriedIn: [Carry] = [],
        policy: NettingPolicy = NettingPolicy(),
        closed: Set<String> = []
    ) throws(SettlementError) {
        for obligation in obligations { try Self.check(obligation, currency) }
        let carries = try Self.checked(carriedIn, model)
        self.model = model
        self.currency = currency
        let names = carries.map(\.participant) + carries.compactMap(\.counterparty)
        let book = DebtBook(obligations, and: names)
        figures = MultilateralNet(book, currency: currency)
        let columns: [Column]
        switch model {
        case .multilateral: columns = Column.participants(of: book)
        case .bilateral: columns = Column.pairs(of: book)
        case .gross: columns = Column.debts(of: book)
        }
        lines = Column.joined(columns, carries).map { column in
            let isClosed =
                closed.contains(column.participant)
                || column.counterparty.map { closed.contains($0) } ?? false
            return column.line(policy, isClosed: isClosed)
        }
        try checkSums()
    }

    /// What is carried to the next window.
    public var carriedOut: [Carry] { lines.compactMap(\.carry) }

    /// What the operator's float held before: the opposite of what was carried in.
    public var floatCarriedIn: Int128 {
        model == .multilateral ? -lines.reduce(0) { $0 + $1.carriedIn } : 0
    }

    /// What the operator's float receives now, or pays when negative.
    public var floatDue: Int128 {
        model == .multilateral ? -lines.reduce(0) { $0 + $1.due } : 0
    }

    /// What the operator's float holds afterwards: the opposite of what is carried on.
    public var floatCarriedOut: Int128 { floatCarriedIn - floatDue }

    /// What each party of the multilateral model receives, or pays when negative.
    ///
    /// Those with something due by name, then the float; they sum to 0.
    public var dues: [PaymentPlan.Due] {
        let dues = lines.map { PaymentPlan.Due(participant: $0.participant, minorUnits: $0.due) }
        let float = PaymentPlan.Due(
            participant: PaymentPlan.floatAccount,
            minorUnits: floatDue
        )
        return (dues + [float]).filter { $0.minorUnits != 0 }
    }

    /// The payments that settle what is due.
    ///
    /// The mode counts in the multilateral model; in the others each line is one payment between
    /// its two.
    /// - Throws: `tooManyForExactPlan`.
    public func payments(mode: PaymentPlan.Mode) throws(SettlementError) -> PaymentPlan {
        if model == .multilateral { return try PaymentPlan(mode: mode, dues: dues) }
        return PaymentPlan(ofPairs: lines)
    }
}
