extension Matcher {
    /// P4: member or account, units and program, within the days, where there is just one way.
    mutating func matchMembers(_ stage: Stage) {
        for isAccount in [false, true] {
            var components = FitComponents(books, DayWindow(terms))
            KeyClasses(
                MemberKey(name: MemberName(books: books, isAccount: isAccount)),
                ledger: openRows(stage.ledger, .ledger),
                partner: openRows(stage.partner, .partner)
            )
            .forEach { components.add($0, $1) }
            components.forEach { matchComponent($0, $1, stage.copies) }
        }
    }

    /// Matches rows that fit one another directly or by others in between.
    private mutating func matchComponent(
        _ ledger: [Int32],
        _ partner: [Int32],
        _ copies: Copies
    ) {
        if ledger.count == 1, partner.count == 1 {
            match(ledger[0], partner[0], .member, copies)
            return
        }
        let lefts = books.sortedByDay(ledger, of: .ledger)
        let rights = books.sortedByDay(partner, of: .partner)
        let assignment = UniqueAssignment(
            books,
            DayWindow(terms),
            ledger: copies.heads(lefts, of: .ledger),
            partner: copies.heads(rights, of: .partner)
        )
        guard assignment.isOnlyWay else {
            tie(ledger, partner, copies)
            return
        }
        let pairs = zip(
            copies.rows(lefts, of: .ledger),
            copies.rows(rights, of: .partner)
        )
        for (left, right) in pairs { match(left, right, .member) }
    }
}
