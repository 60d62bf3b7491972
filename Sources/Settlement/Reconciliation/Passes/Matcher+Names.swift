extension Matcher {
    /// P1: rows of one item of a transfer; then rows that name the transfer and no item.
    mutating func matchNames() {
        KeyClasses(
            NameKey(books: books),
            ledger: books.ledger.rows.indices.lazy.map(Int32.init),
            partner: books.partner.rows.indices.lazy.map(Int32.init)
        )
        .forEach { matchItem($0, $1) }
        guard
            books.ledger.rows.contains(where: lacksItem)
                || books.partner.rows.contains(where: lacksItem)
        else { return }
        for level in TransferKey.Level.allCases { matchTransfer(level) }
        closeTransfers()
    }

    /// Whether a row names a transfer and no item.
    private func lacksItem(_ row: BookRow) -> Bool {
        row.transfer != 0 && row.item == BookRow.noItem
    }

    /// Matches the rows of one item.
    private mutating func matchItem(_ ledger: [Int32], _ partner: [Int32]) {
        if ledger.count == 1, partner.count == 1 {
            if fits(ledger[0], partner[0]) { match(ledger[0], partner[0], .transferName) }
            return
        }
        if matchEqual(ledger, partner) { return }
        if max(ledger.count, partner.count) > ReconciliationLimits.nameRows {
            matchMany(ledger, partner)
            return
        }
        let group = NameGroup(books, ledger: ledger, partner: partner)
        for pair in group.pairs { match(pair.ledger, pair.partner, .transferName) }
        for duplicate in group.duplicates {
            close(duplicate.partner, asDuplicateOf: duplicate.ledger)
        }
        if let tie = group.tie { ties.append(tie) }
    }

    private func fits(_ ledger: Int32, _ partner: Int32) -> Bool {
        books.fit(
            ledger: books.ledger.rows[Int(ledger)],
            partner: books.partner.rows[Int(partner)]
        ) != nil
    }

    /// Matches few rows that agree one by one in event, program and units, in which no two of one
    /// side agree; else does nothing.
    ///
    /// These pairs fit better than any other, so `NameGroup` would make the same ones.
    private mutating func matchEqual(_ ledger: [Int32], _ partner: [Int32]) -> Bool {
        guard ledger.count == partner.count, ledger.count <= 4 else { return false }
        var twins: (Int32, Int32, Int32, Int32) = (-1, -1, -1, -1)
        for place in ledger.indices {
            guard let twin = onlyEqual(ledger[place], among: ledger, partner) else { return false }
            switch place {
            case 0: twins.0 = twin
            case 1: twins.1 = twin
            case 2: twins.2 = twin
            default: twins.3 = twin
            }
        }
        for place in ledger.indices {
            let twin = [twins.0, twins.1, twins.2, twins.3][place]
            match(ledger[place], twin, .transferName)
        }
        return true
    }

    /// The only row of the partner that agrees with one of the ledger, if no other one of the
    /// ledger does.
    private func onlyEqual(_ row: Int32, among ledger: [Int32], _ partner: [Int32]) -> Int32? {
        let key = EqualKey(books: books)
        var twin: Int32?
        for other in partner where key.compare(row, of: .ledger, other, of: .partner) == 0 {
            if twin != nil { return nil }
            twin = other
        }
        for other in ledger where other != row {
            if key.compare(row, of: .ledger, other, of: .ledger) == 0 { return nil }
        }
        return twin
    }

    /// Matches many rows of one item: those that agree in event, program and units, if they are
    /// copies of one another on both sides.
    private mutating func matchMany(_ ledger: [Int32], _ partner: [Int32]) {
        KeyClasses(EqualKey(books: books), ledger: ledger, partner: partner)
            .forEach { matchCopies($0, $1) }
        let key = EventKey(books: books)
        KeyClasses(
            key,
            ledger: ledger,
            partner: partner.filter { partnerMate[Int($0)] == Self.open }
        )
        .forEach { lefts, rights in close(rights, with: lefts) }
    }

    /// Matches copies with copies, one by one; the partner's that are left are booked again.
    private mutating func matchCopies(_ ledger: [Int32], _ partner: [Int32]) {
        guard areCopies(ledger, of: .ledger), areCopies(partner, of: .partner),
            fits(ledger[0], partner[0])
        else { return }
        for (left, right) in zip(ledger, partner) { match(left, right, .transferName) }
        for right in partner.dropFirst(ledger.count) { close(right, asDuplicateOf: ledger[0]) }
    }

    private func areCopies(_ rows: [Int32], of side: Side) -> Bool {
        rows.dropFirst().allSatisfy { books.compareContent(rows[0], $0, of: side) == 0 }
    }

    /// Rows of the partner that were left: a tie with open rows of the ledger, or else postings
    /// that are booked again.
    private mutating func close(_ partner: [Int32], with ledger: [Int32]) {
        let open = ledger.filter { ledgerMate[Int($0)] == Self.open }
        if !open.isEmpty {
            ties.append(Tie(ledger: open, partner: partner))
            return
        }
        for row in partner where books.partner.rows[Int(row)].event == .posting {
            close(row, asDuplicateOf: ledger[0])
        }
    }

    /// Matches rows of one transfer, one of which at least names no item.
    private mutating func matchTransfer(_ level: TransferKey.Level) {
        KeyClasses(
            TransferKey(books: books, level: level),
            ledger: named(.ledger).filter { ledgerMate[Int($0)] == Self.open },
            partner: named(.partner).filter { partnerMate[Int($0)] == Self.open }
        )
        .forEach { ledger, partner in
            let lacks =
                lacksItem(books.ledger.rows[Int(ledger[0])])
                || lacksItem(books.partner.rows[Int(partner[0])])
            if lacks { matchCopies(ledger, partner) }
        }
    }

    /// Closes what is left of the rows that name a transfer and no item.
    private mutating func closeTransfers() {
        let partner = named(.partner).filter {
            partnerMate[Int($0)] == Self.open && lacksItem(books.partner.rows[Int($0)])
        }
        KeyClasses(
            TransferKey(books: books, level: .eventUnit),
            ledger: named(.ledger),
            partner: partner
        )
        .forEach { ledger, partner in close(partner, with: ledger) }
    }

    /// The rows that name a transfer.
    private func named(_ side: Side) -> [Int32] {
        let rows = side == .ledger ? books.ledger.rows : books.partner.rows
        return rows.indices.filter { rows[$0].transfer != 0 }.map(Int32.init)
    }
}
