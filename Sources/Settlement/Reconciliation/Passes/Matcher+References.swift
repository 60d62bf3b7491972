extension Matcher {
    /// P2: both references, units and program.
    mutating func matchBothReferences(_ stage: Stage) {
        KeyClasses(
            ReferencesKey(books: books),
            ledger: openRows(stage.ledger, .ledger),
            partner: openRows(stage.partner, .partner)
        )
        .forEach { ledger, partner in
            if ledger.count == 1, partner.count == 1 {
                match(ledger[0], partner[0], .bothReferences, stage.copies)
            } else {
                tie(ledger, partner, stage.copies)
            }
        }
    }

    /// P3: one reference, units and program, within the days; each of a pair is the only one that
    /// fits the other.
    mutating func matchOneReference(_ stage: Stage) {
        var components = FitComponents(books, DayWindow(terms))
        KeyClasses(
            ReferenceKey(books: books),
            ledger: ReferenceKey.entries(of: openRows(stage.ledger, .ledger), .ledger, books),
            partner: ReferenceKey.entries(of: openRows(stage.partner, .partner), .partner, books)
        )
        .forEach { components.add($0.map { $0 / 2 }, $1.map { $0 / 2 }) }
        components.forEach { ledger, partner in
            if ledger.count == 1, partner.count == 1 {
                match(ledger[0], partner[0], .oneReference, stage.copies)
            } else {
                tie(ledger, partner, stage.copies)
            }
        }
    }

    /// Those of some rows that nothing was found for yet.
    func openRows(_ rows: [Int32], _ side: Side) -> [Int32] {
        let mates = side == .ledger ? ledgerMate : partnerMate
        return rows.filter { mates[Int($0)] == Self.open }
    }
}
