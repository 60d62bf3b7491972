extension Matcher {
    /// P5: rows of one batch against one row; then the rows of a member that sum to one row.
    mutating func matchSums() {
        let tied = (
            ledger: ties.flatMap(\.ledger).sorted(), partner: ties.flatMap(\.partner).sorted()
        )
        KeyClasses(
            BatchKey(books: books),
            ledger: looseRows(.ledger),
            partner: looseRows(.partner)
        )
        .forEach { ledger, partner in
            let free = ledger.filter { !tied.ledger.hasSorted($0) }
            let others = partner.filter { !tied.partner.hasSorted($0) }
            if balances(ledger, partner) {
                match(ledger, partner)
            } else if balances(free, others) {
                match(free, others)
            } else if ledger.count == 1 || partner.count == 1 {
                suggestBatch(ledger, partner)
            }
        }
        for isAccount in [false, true] {
            var finder = SumFinder(books: books, window: DayWindow(terms))
            KeyClasses(
                SumKey(name: MemberName(books: books, isAccount: isAccount)),
                ledger: looseRows(.ledger),
                partner: looseRows(.partner)
            )
            .forEach { finder.find($0, $1) }
            for sum in finder.only { match(sum.ledger, sum.partner) }
            for sum in finder.several {
                suggest(
                    Suggestion(
                        pass: .sum,
                        reason: .severalSums,
                        ledgerRows: sum.ledger.map(Int.init),
                        partnerRows: sum.partner.map(Int.init),
                        distance: 0
                    )
                )
            }
        }
    }

    /// The open rows of the window that is compared; of the partner's those that name no transfer.
    private func looseRows(_ side: Side) -> [Int32] {
        let mates = side == .ledger ? ledgerMate : partnerMate
        let rows = side == .ledger ? books.ledger.rows : books.partner.rows
        return mates.indices.filter {
            mates[$0] == Self.open && rows[$0].window == .compared
                && (side == .ledger || rows[$0].transfer == 0)
        }
        .map(Int32.init)
    }

    /// Whether one row has the units of the rows of its batch.
    private func balances(_ ledger: [Int32], _ partner: [Int32]) -> Bool {
        guard min(ledger.count, partner.count) == 1 else { return false }
        let sum = ledger.reduce(Int128(0)) { $0 + Int128(books.ledger.rows[Int($1)].units) }
        let other = partner.reduce(Int128(0)) { $0 + Int128(books.partner.rows[Int($1)].units) }
        return sum == other
    }

    private mutating func suggestBatch(_ ledger: [Int32], _ partner: [Int32]) {
        suggest(
            Suggestion(
                pass: .sum,
                reason: .batchDiffers,
                ledgerRows: ledger.map(Int.init),
                partnerRows: partner.map(Int.init),
                distance: 0
            )
        )
    }

    /// Matches several rows with one another.
    private mutating func match(_ ledger: [Int32], _ partner: [Int32]) {
        if ledger.count == 1, partner.count == 1 {
            match(ledger[0], partner[0], .sum)
            return
        }
        let mate = -2 - Int32(groups.count)
        groups.append(Group(ledger: ledger, partner: partner))
        for row in ledger {
            ledgerMate[Int(row)] = mate
            ledgerPass[Int(row)] = MatchPass.sum.rawValue
        }
        for row in partner { partnerMate[Int(row)] = mate }
    }

    /// Keeps a suggestion, as far as there is room.
    mutating func suggest(_ suggestion: Suggestion) {
        if suggestions.count < ReconciliationLimits.suggestions { suggestions.append(suggestion) }
    }
}
