/// All that follows from a settlement case: debts, lines, nets, payments, and what a final sheet
/// changes.
public struct Explanation: Sendable {
    /// The settlement by one sheet.
    public struct Round: Sendable {
        /// The sheet, if there is one.
        public let sheet: SettlementCase.Sheet?
        /// The debts in the order of the case.
        public let debts: [Debt]
        /// Nets, carried amounts and totals.
        public let netting: Netting
        /// The payments.
        public let plan: PaymentPlan
    }

    /// What became of one debt.
    public struct Debt: Sendable {
        /// How it ended.
        public enum Outcome: Sendable, Hashable {
            /// It was rounded once into the settlement currency.
            case settled(SettledDebt)
            /// It has no rate and is set aside.
            case unrated(MoneySheet.Absence)
        }

        /// The debt.
        public let debt: ExactDebt
        /// How it ended.
        public let outcome: Outcome
        /// Minor units of the settlement currency for each line of the case, which sum to the
        /// debt.
        public let lines: [Int128]

        /// The settled debt, if it was settled.
        public var settled: SettledDebt? {
            guard case .settled(let settled) = outcome else { return nil }
            return settled
        }
    }

    /// The settlement by the provisional sheet, then that by the final one, if there is one.
    public let rounds: [Round]
    /// What the final sheet changes; empty without one.
    public let trueUps: [TrueUp]
}
