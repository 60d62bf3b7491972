public import Money

/// What remains to be paid in one currency when all obligations among its participants are set off.
///
/// Three ways to pay the same debts, each with its total: one payment an obligation (gross), one a
/// pair of participants (bilateral), one a participant (multilateral). Netting moves no value: the
/// nets of all participants sum to 0.
public struct MultilateralNet: Sendable, Hashable {
    /// A participant and what it receives, or pays when negative.
    public struct Participant: Sendable, Hashable {
        /// The participant.
        public let name: String
        /// Minor units that others owe it in all.
        public let receivable: Int128
        /// Minor units that it owes others in all.
        public let payable: Int128
        /// Minor units: receivables less debts.
        public var net: Int128 { receivable - payable }
    }

    /// The currency.
    public let currency: Currency
    /// Those who owe or are owed, in the order of their names.
    public let participants: [Participant]
    /// The sum of what each participant owes each other one, nothing set off but its own signs.
    public let gross: Int128
    /// The sum of what remains between each two participants.
    public let bilateral: Int128
    /// The sum of what the net debtors pay, which is what the net creditors receive.
    public let multilateral: Int128

    /// How much of the gross amount need not be paid when all is set off, in permille, rounded
    /// half-even; 0 when nothing is owed (S-26).
    public var nettingRatioPermille: Int { ratioPermille(saved: gross - multilateral) }

    /// How much of the gross amount need not be paid when pairs set off, likewise.
    public var bilateralRatioPermille: Int { ratioPermille(saved: gross - bilateral) }

    private func ratioPermille(saved: Int128) -> Int {
        gross == 0 ? 0 : Int((saved * 1_000).divided(by: gross, rounding: .halfEven))
    }

    /// Nets obligations, one result a currency, in the order of their letters.
    ///
    /// What one owes another is the sum of its obligations; where it is negative, it counts the
    /// other way round. What someone owes itself does not count.
    ///
    /// Complexity: O(n log n).
    public static func nets(of obligations: [Obligation]) -> [MultilateralNet] {
        obligations.filter { $0.minorUnits != 0 && $0.debtor != $0.creditor }
            .sorted { $0.currency < $1.currency }
            .runs { $0.currency == $1.currency }
            .map { MultilateralNet(DebtBook($0), currency: $0[$0.startIndex].currency) }
    }

    init(_ book: DebtBook, currency: Currency) {
        self.currency = currency
        let (receivable, payable) = book.sides
        participants = book.names.indices.filter { receivable[$0] != 0 || payable[$0] != 0 }.map {
            Participant(name: book.names[$0], receivable: receivable[$0], payable: payable[$0])
        }
        gross = book.entries.reduce(0) { $0 + Int128($1.amount.magnitude) }
        bilateral = book.pairs.reduce(0) { $0 + Int128($1.amount.magnitude) }
        multilateral = participants.reduce(0) { $0 + max(0, $1.net) }
    }
}
