extension PaymentPlan {
    /// The largest debtor pays the largest creditor what it can, ties by name, until nothing is
    /// due.
    ///
    /// Complexity: O(n log n) comparisons, and O(n²) moves at most.
    static func greedy(_ dues: [Due]) -> [Payment] {
        var debtors = Queue(
            dues.filter { $0.minorUnits < 0 }.map {
                Due(participant: $0.participant, minorUnits: -$0.minorUnits)
            }
        )
        var creditors = Queue(dues.filter { $0.minorUnits > 0 })
        var payments: [Payment] = []
        while let debtor = debtors.popFirst(), let creditor = creditors.popFirst() {
            let amount = min(debtor.minorUnits, creditor.minorUnits)
            payments.append(
                Payment(
                    payer: debtor.participant,
                    payee: creditor.participant,
                    minorUnits: amount
                )
            )
            debtors.insert(debtor, less: amount)
            creditors.insert(creditor, less: amount)
        }
        return payments
    }

    /// Parties in the order of their amounts, the largest at the end, ties the first name at the
    /// end.
    private struct Queue {
        private var parties: [Due]

        init(_ parties: [Due]) {
            self.parties = parties.sorted(by: Self.precedes)
        }

        mutating func popFirst() -> Due? { parties.popLast() }

        mutating func insert(_ party: Due, less amount: Int128) {
            let rest = Due(
                participant: party.participant,
                minorUnits: party.minorUnits - amount
            )
            guard rest.minorUnits > 0 else { return }
            var low = 0
            var high = parties.count
            while low < high {
                let middle = (low + high) / 2
                if Self.precedes(parties[middle], rest) { low = middle + 1 } else { high = middle }
            }
            parties.insert(rest, at: low)
        }

        private static func precedes(_ left: Due, _ right: Due) -> Bool {
            left.minorUnits != right.minorUnits
                ? left.minorUnits < right.minorUnits : left.participant > right.participant
        }
    }
}
