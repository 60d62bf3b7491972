extension Matcher {
    /// P5: rows of one batch against one row; then the rows of a member that sum to one row.
    mutating func matchSums() {
        KeyClasses(
            BatchKey(books: books),
            ledger: looseRows(.ledger),
            partner: looseRows(.partner)
        )
        .forEach { matchBatch($0, $1) }
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

    /// Matches one row with the rows of its batch, if they balance.
    private mutating func matchBatch(_ ledger: [Int32], _ partner: [Int32]) {
        guard ledger.count == 1 || partner.count == 1 else { return }
        let sum = ledger.reduce(Int128(0)) { $0 + Int128(books.ledger.rows[Int($1)].units) }
        let other = partner.reduce(Int128(0)) { $0 + Int128(books.partner.rows[Int($1)].units) }
        if sum == other {
            match(ledger, partner)
        } else {
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
