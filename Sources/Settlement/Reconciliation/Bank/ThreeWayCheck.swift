/// Ledger, statements and bank side by side: what each says that a participant gets.
public struct ThreeWayCheck: Hashable, Sendable {
    /// One participant; amounts in minor units of one currency, negative when it pays.
    public struct Line: Hashable, Sendable {
        /// The participant.
        public let participant: String
        /// The net of the ledger.
        public let ledger: Int128
        /// The net of the statement that was sent; nil if none was.
        public let statement: Int128?
        /// What the bank moved, to the participant less from it.
        public let bank: Int128

        /// Whether all three agree; without a statement they do not, unless nothing is due at all.
        public var agrees: Bool {
            ledger == bank && (statement == ledger || statement == nil && ledger == 0)
        }
    }

    /// The lines, by participant.
    public let lines: [Line]

    /// Puts the three side by side; amounts of one participant add up.
    ///
    /// Complexity: O(n log n).
    public init(
        ledger: [PaymentPlan.Due],
        statements: [PaymentPlan.Due],
        bank: [PaymentPlan.Due]
    ) {
        typealias Entry = (source: Int, due: PaymentPlan.Due)
        let entries: [Entry] =
            ledger.map { (0, $0) } + statements.map { (1, $0) } + bank.map { (2, $0) }
        lines = entries.sorted { $0.due.participant < $1.due.participant }
            .runs { $0.due.participant == $1.due.participant }
            .map { run in
                func sum(_ source: Int) -> Int128 {
                    run.reduce(0) { $1.source == source ? $0 + $1.due.minorUnits : $0 }
                }
                return Line(
                    participant: run[run.startIndex].due.participant,
                    ledger: sum(0),
                    statement: run.contains { $0.source == 1 } ? sum(1) : nil,
                    bank: sum(2)
                )
            }
    }

    /// Whether every line agrees.
    public var agrees: Bool { lines.allSatisfy(\.agrees) }
}
