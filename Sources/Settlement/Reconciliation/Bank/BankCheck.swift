/// The payments of a settlement against a bank's statements (R-20, R-32; spec/27 §11).
///
/// A payment is found by its name alone; parts and late money add up, what came back is taken off.
/// The result does not depend on the order of payments and lines.
public struct BankCheck: Sendable {
    /// How far a payment has come.
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// Nothing came.
        case due
        /// Something came, less than is due.
        case paidPart
        /// All that is due came, charges that a bank kept included.
        case paid
    }

    /// What came of one payment.
    public struct Outcome: Hashable, Sendable {
        /// How far it has come.
        public let state: State
        /// What came in the currency that is due, in minor units.
        public let received: Int64
        /// The lines of it: numbers of `BankCheck.lines`, rising.
        public let lines: [Int]
        /// Whether money came after the deadline, or is open after it.
        public let isLate: Bool
    }

    /// The payments, by their names.
    public let dues: [PaymentDue]
    /// The lines, by file and place.
    public let lines: [BankLine]
    /// What came of each payment.
    public let outcomes: [Outcome]
    /// What does not agree: by payment, then by line.
    public let breaks: [BankBreak]

    /// Compares payments with lines.
    ///
    /// Complexity: O((d + l) log (d + l)).
    /// - Parameters:
    ///   - dues: Payments; no name occurs twice.
    ///   - lines: Lines of statements, in any order.
    ///   - charges: What the banks may keep.
    ///   - asOf: The day of the check; before a deadline is over nothing is missed.
    /// - Throws: `duplicatePayment`.
    public init(
        dues: [PaymentDue],
        lines: [BankLine],
        charges: ChargePolicy = ChargePolicy(),
        asOf: Int32
    ) throws(SettlementError) {
        let dues = dues.sorted { $0.endToEnd < $1.endToEnd }
        let lines = lines.sorted(by: BankLine.precedes)
        for (left, right) in zip(dues, dues.dropFirst()) where left.endToEnd == right.endToEnd {
            throw .duplicatePayment(left.endToEnd)
        }
        var own = [[Int]](repeating: [], count: dues.count)
        var others: [Int] = []
        for (number, line) in lines.enumerated() {
            if let due = Self.due(line.endToEnd, in: dues) {
                own[due].append(number)
            } else {
                others.append(number)
            }
        }
        var outcomes: [Outcome] = []
        var breaks: [BankBreak] = []
        var foreign: [Int] = []
        for (number, due) in dues.enumerated() {
            let check = DueCheck(due, number, own[number], lines, charges, asOf)
            outcomes.append(check.outcome)
            breaks.append(contentsOf: check.breaks)
            foreign.append(contentsOf: check.foreign)
        }
        let open = OpenAmounts(dues, outcomes)
        for number in (others + foreign).sorted() {
            breaks.append(Self.unexpected(number, lines[number], open, asOf))
        }
        self.dues = dues
        self.lines = lines
        self.outcomes = outcomes
        self.breaks = breaks
    }

    /// The payment of a name; nothing is found by an empty name.
    private static func due(_ name: String, in dues: [PaymentDue]) -> Int? {
        if name.isEmpty { return nil }
        var low = 0
        var high = dues.count
        while low < high {
            let middle = (low + high) / 2
            if dues[middle].endToEnd < name { low = middle + 1 } else { high = middle }
        }
        return low < dues.count && dues[low].endToEnd == name ? low : nil
    }

    /// A line that no payment explains.
    private static func unexpected(
        _ number: Int,
        _ line: BankLine,
        _ open: OpenAmounts,
        _ asOf: Int32
    ) -> BankBreak {
        BankBreak(
            type: line.kind == .charge ? .bankCharge : .unexpected,
            cause: line.kind == .charge ? .charge : open.hasName(line) ? .otherCurrency : .unknown,
            due: nil,
            lines: [number],
            candidates: line.kind == .payment ? open.candidates(for: line) : [],
            expected: 0,
            found: line.minorUnits,
            currency: line.currency,
            ageDays: max(0, Int(asOf) - Int(line.day))
        )
    }
}
