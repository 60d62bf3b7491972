/// A line of a netting before it is decided what is paid.
struct Column {
    let participant: String
    let counterparty: String?
    var receivable: Int128 = 0
    var payable: Int128 = 0
    var carriedIn: Int128 = 0
    var since: Int64?

    private var place: (String, String) { (participant, counterparty ?? "") }

    /// One for each participant.
    static func participants(of book: DebtBook) -> [Column] {
        let (receivable, payable) = book.sides
        return book.names.indices.filter { receivable[$0] != 0 || payable[$0] != 0 }.map {
            Column(
                participant: book.names[$0],
                counterparty: nil,
                receivable: receivable[$0],
                payable: payable[$0]
            )
        }
    }

    /// One for each two participants, with both sides as the first by name sees them.
    static func pairs(of book: DebtBook) -> [Column] {
        let halves = book.entries.map { entry in
            let firstOwes = (entry.debtor < entry.creditor) == (entry.amount > 0)
            let amount = Int128(entry.amount.magnitude)
            return (
                first: min(entry.debtor, entry.creditor),
                second: max(entry.debtor, entry.creditor),
                receivable: firstOwes ? 0 : amount,
                payable: firstOwes ? amount : 0
            )
        }
        let sorted = halves.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
        return sorted.runs { $0.first == $1.first && $0.second == $1.second }.compactMap { run in
            run.first.map { half in
                Column(
                    participant: book.names[half.first],
                    counterparty: book.names[half.second],
                    receivable: run.reduce(0) { $0 + $1.receivable },
                    payable: run.reduce(0) { $0 + $1.payable }
                )
            }
        }
    }

    /// One for each debtor and creditor, the sum of what one owes the other.
    static func debts(of book: DebtBook) -> [Column] {
        book.entries.map {
            Column(
                participant: book.names[$0.debtor],
                counterparty: book.names[$0.creditor],
                payable: $0.amount
            )
        }
    }

    /// Columns with what was carried in; both lists are in order, and so is the result.
    static func joined(_ columns: [Column], _ carries: [Carry]) -> [Column] {
        var joined: [Column] = []
        joined.reserveCapacity(columns.count + carries.count)
        var rest = carries[...]
        for var column in columns {
            while let carry = rest.first, carry.place < column.place {
                joined.append(Column(carry))
                rest.removeFirst()
            }
            if let carry = rest.first, carry.place == column.place {
                column.carriedIn = carry.minorUnits
                column.since = carry.since
                rest.removeFirst()
            }
            joined.append(column)
        }
        return joined + rest.map(Column.init)
    }

    /// The line with what is paid now.
    func line(_ policy: NettingPolicy, isClosed: Bool) -> NettingLine {
        let balance = receivable - payable + carriedIn
        let isPaid =
            balance == 0 || policy.pays(balance, waitingSince: since, isClosed: isClosed)
        return NettingLine(
            participant: participant,
            counterparty: counterparty,
            receivable: receivable,
            payable: payable,
            carriedIn: carriedIn,
            due: isPaid ? balance : 0,
            waitingSince: isPaid ? nil : since ?? policy.cutoff
        )
    }
}

extension Column {
    /// A column that has only a carried amount.
    init(_ carry: Carry) {
        self.init(
            participant: carry.participant,
            counterparty: carry.counterparty,
            carriedIn: carry.minorUnits,
            since: carry.since
        )
    }
}
