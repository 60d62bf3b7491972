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
        /// Minor units: receivables less debts.
        public let net: Int128
    }

    /// The currency.
    public let currency: Currency
    /// Those who owe or are owed, in the order of their names.
    public let participants: [Participant]
    /// The sum of what each participant owes each other one.
    public let gross: Int128
    /// The sum of what remains between each two participants.
    public let bilateral: Int128
    /// The sum of what the net debtors pay, which is what the net creditors receive.
    public let multilateral: Int128

    /// How much of the gross amount need not be paid, in permille, rounded half-even; 0 when
    /// nothing is owed.
    public var nettingRatioPermille: Int {
        gross == 0
            ? 0 : Int(((gross - multilateral) * 1_000).divided(by: gross, rounding: .halfEven))
    }

    /// Nets obligations, one result a currency, in the order of their letters.
    ///
    /// A negative obligation counts as one the other way round; what someone owes itself does not
    /// count.
    ///
    /// Complexity: O(n log n).
    public static func nets(of obligations: [Obligation]) -> [MultilateralNet] {
        let debts = obligations.filter { $0.minorUnits != 0 && $0.debtor != $0.creditor }
            .map(Debt.init)
            .sorted { $0.currency < $1.currency }
        return runs(of: debts) { $0.currency == $1.currency }.map(net)
    }

    /// A positive amount from one to another.
    private struct Debt {
        let debtor: String
        let creditor: String
        let currency: Currency
        let amount: Int128

        init(_ obligation: Obligation) {
            let isTurned = obligation.minorUnits < 0
            debtor = isTurned ? obligation.creditor : obligation.debtor
            creditor = isTurned ? obligation.debtor : obligation.creditor
            currency = obligation.currency
            amount = isTurned ? -obligation.minorUnits : obligation.minorUnits
        }

        /// The two participants in the order of their names.
        var pair: (String, String) { debtor < creditor ? (debtor, creditor) : (creditor, debtor) }
        /// The amount as the first of the pair sees it: negative when it owes.
        var forFirst: Int128 { debtor < creditor ? -amount : amount }
    }

    private static func net(_ debts: ArraySlice<Debt>) -> MultilateralNet {
        let pairs = runs(of: debts.sorted { $0.pair < $1.pair }) { $0.pair == $1.pair }
        let lines = debts.flatMap {
            [
                Participant(name: $0.debtor, net: -$0.amount),
                Participant(name: $0.creditor, net: $0.amount),
            ]
        }
        let participants = runs(of: lines.sorted { $0.name < $1.name }) { $0.name == $1.name }
            .compactMap { lines in
                lines.first.map { first in
                    Participant(name: first.name, net: lines.reduce(0) { $0 + $1.net })
                }
            }
        return MultilateralNet(
            currency: debts[debts.startIndex].currency,
            participants: participants,
            gross: debts.reduce(0) { $0 + $1.amount },
            bilateral: pairs.reduce(0) { sum, pair in
                sum + Int128(pair.reduce(Int128(0)) { $0 + $1.forFirst }.magnitude)
            },
            multilateral: participants.reduce(0) { $0 + max(0, $1.net) }
        )
    }

    /// Cuts a sorted list where neighbours differ.
    private static func runs<Element>(
        of list: [Element],
        _ belongTogether: (Element, Element) -> Bool
    ) -> [ArraySlice<Element>] {
        var runs: [ArraySlice<Element>] = []
        var start = list.startIndex
        for index in list.indices where index > start {
            guard !belongTogether(list[index - 1], list[index]) else { continue }
            runs.append(list[start..<index])
            start = index
        }
        if start < list.endIndex { runs.append(list[start...]) }
        return runs
    }
}
