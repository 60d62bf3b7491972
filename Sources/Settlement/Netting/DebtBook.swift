internal import Money

/// Debts of one currency, summed by who owes whom, with participants as numbers in name order.
struct DebtBook {
    /// What one owes another; below 0 when it is the other way round.
    struct Entry {
        let debtor: Int
        let creditor: Int
        var amount: Int128
    }

    /// The participants, each once, in the order of their names.
    let names: [String]
    /// By debtor and creditor, each ordered pair once.
    let entries: [Entry]

    /// Sums obligations.
    ///
    /// What someone owes itself does not count. Further names become participants without debts.
    ///
    /// Complexity: O(n) and O(m log m) for m distinct pairs and names.
    init(_ obligations: some Sequence<Obligation>, and others: [String] = []) {
        var index = NameIndex()
        var places: [UInt64: Int] = [:]
        var found: [Entry] = []
        for obligation in obligations where obligation.debtor != obligation.creditor {
            let debtor = index.number(of: obligation.debtor)
            let creditor = index.number(of: obligation.creditor)
            let key = UInt64(debtor) << 32 | UInt64(creditor)
            if let place = places[key] {
                found[place].amount += obligation.minorUnits
            } else {
                places[key] = found.count
                found.append(
                    Entry(debtor: debtor, creditor: creditor, amount: obligation.minorUnits)
                )
            }
        }
        for name in others { _ = index.number(of: name) }
        let (names, ranks) = index.ranked()
        self.names = names
        entries = found.filter { $0.amount != 0 }.map {
            Entry(debtor: ranks[$0.debtor], creditor: ranks[$0.creditor], amount: $0.amount)
        }
        .sorted { ($0.debtor, $0.creditor) < ($1.debtor, $1.creditor) }
    }

    /// What remains between each two: the first one of the names owes the amount, or is owed it
    /// where it is negative; by both names, those of 0 among them.
    ///
    /// Complexity: O(m log m).
    var pairs: [Entry] {
        let turned = entries.map { entry in
            entry.debtor < entry.creditor
                ? entry
                : Entry(debtor: entry.creditor, creditor: entry.debtor, amount: -entry.amount)
        }
        let sorted = turned.sorted { ($0.debtor, $0.creditor) < ($1.debtor, $1.creditor) }
        return sorted.runs { $0.debtor == $1.debtor && $0.creditor == $1.creditor }.compactMap {
            run in
            run.first.map { first in
                Entry(
                    debtor: first.debtor,
                    creditor: first.creditor,
                    amount: run.reduce(0) { $0 + $1.amount }
                )
            }
        }
    }

    /// What each participant is owed in all, and owes in all, both from 0.
    var sides: (receivable: [Int128], payable: [Int128]) {
        var receivable = Array(repeating: Int128(0), count: names.count)
        var payable = receivable
        for entry in entries {
            let isTurned = entry.amount < 0
            payable[isTurned ? entry.creditor : entry.debtor] += Int128(entry.amount.magnitude)
            receivable[isTurned ? entry.debtor : entry.creditor] += Int128(entry.amount.magnitude)
        }
        return (receivable, payable)
    }
}

/// Names as numbers in the order in which they are met.
struct NameIndex {
    private var numbers: [String: Int] = [:]
    private var names: [String] = []

    /// The number of a name, which is a new one at the first time.
    mutating func number(of name: String) -> Int {
        if let number = numbers[name] { return number }
        numbers[name] = names.count
        names.append(name)
        return names.count - 1
    }

    /// The names in their order, and the place in it of each number.
    func ranked() -> (names: [String], ranks: [Int]) {
        let order = names.indices.sorted { names[$0] < names[$1] }
        var ranks = Array(repeating: 0, count: names.count)
        for (rank, number) in order.enumerated() { ranks[number] = rank }
        return (order.map { names[$0] }, ranks)
    }
}
