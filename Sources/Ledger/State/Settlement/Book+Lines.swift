internal import Money
internal import Settlement
internal import Signing

/// What the items of an entry that took effect made whom owe whom: the lines of statements
/// (spec/25 §1).
extension Book {
    /// The lines of an entry, in the order of its items; none for kinds without items.
    ///
    /// They follow from the entry, its terms, and what is kept of items whose bonus depends on
    /// history; so they are the same whenever they are asked for, until an item can no longer be
    /// reversed. Complexity: O(items).
    public func postedLines(
        at index: UInt64,
        _ statement: Statement,
        past: (UInt64) -> PastEntry?
    ) -> [PostedLine] {
        switch statement.body {
        case .transfers(let transfers):
            transfers.items.indices.flatMap { posted(index, $0, at: index, past: past) }
        case .transfersCommit(_, let items):
            items.flatMap { posted(index, $0.item, at: index, past: past) }
        case .transfersReverse(let entry, let items):
            items.flatMap { reversed(entry, $0.item, at: index, past: past) }
        default: []
        }
    }

    /// The lines of an item where it was posted.
    private func posted(
        _ entry: UInt64,
        _ item: Int,
        at index: UInt64,
        past: (UInt64) -> PastEntry?
    ) -> [PostedLine] {
        guard let original = try? find(entry, item, past: past) else { return [] }
        let posting = postings[PostingKey(entry: entry, item: Int32(item))]
        let outcome =
            posting?.earlier.first?.outcome ?? posting?.outcome
            ?? (try? self.outcome(of: original, amount: original.item.amount))
        guard let outcome else { return [] }
        return lines(of: original, [(outcome, 1)], item: item, at: index)
    }

    /// The lines of an item where it was reversed: what was posted last, taken back, and the rest.
    private func reversed(
        _ entry: UInt64,
        _ item: Int,
        at index: UInt64,
        past: (UInt64) -> PastEntry?
    ) -> [PostedLine] {
        guard let original = try? find(entry, item, past: past),
            let posting = postings[PostingKey(entry: entry, item: Int32(item))],
            let place = posting.earlier.firstIndex(where: { $0.reversedAt == index })
        else { return [] }
        let isLast = place + 1 == posting.earlier.count
        let after = isLast ? posting.outcome : posting.earlier[place + 1].outcome
        var outcomes: [(Outcome, Int64)] = [(posting.earlier[place].outcome, -1)]
        if after.amount > 0 { outcomes.append((after, 1)) }
        return lines(of: original, outcomes, item: item, at: index)
    }

    /// The charges of outcomes, summed by account, with their signs.
    private func lines(
        of original: Original,
        _ outcomes: [(outcome: Outcome, sign: Int64)],
        item: Int,
        at index: UInt64
    ) -> [PostedLine] {
        var sums: [(account: Int32, numerator: Int128, denominator: Int64)] = []
        for (outcome, sign) in outcomes {
            for charge in charges(of: outcome, original.terms, original.plan, posted: true) {
                let denominator = exposures.list[Int(charge.exposure)].denominator
                if let place = sums.firstIndex(where: { $0.account == charge.account }) {
                    sums[place].numerator += charge.numerator * Int128(sign)
                } else {
                    sums.append((charge.account, charge.numerator * Int128(sign), denominator))
                }
            }
        }
        return sums.compactMap { sum -> PostedLine? in
            let account = nights.accounts.list[Int(sum.account)]
            guard let exact = Quotient(sum.numerator, Int128(sum.denominator)) else { return nil }
            let hasUnits = account.purpose == .units
            func units(_ value: (Outcome) -> Int64) -> Int64 {
                hasUnits ? outcomes.reduce(0) { $0 + value($1.outcome) * $1.sign } : 0
            }
            return PostedLine(
                index: index,
                item: Int32(item),
                transfers: original.id,
                account: PostedLine.Account(
                    agreement: registry.agreements[Int(account.agreement)].hash,
                    purpose: account.purpose,
                    debtor: registry.name(of: account.debtor),
                    creditor: registry.name(of: account.creditor),
                    currency: account.currency
                ),
                exact: exact,
                debit: units(\.debit),
                credit: units(\.credit),
                bonus: units(\.bonus)
            )
        }
    }
}
