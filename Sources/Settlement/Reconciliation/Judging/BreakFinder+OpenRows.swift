extension BreakFinder {
    /// Adds what is open: rows of the ledger in their order, then rows of the partner.
    mutating func addOpenRows() {
        var ledgerTie = [Int32](
            repeating: -1,
            count: matcher.ties.isEmpty ? 0 : matcher.ledgerMate.count
        )
        var partnerTie = [Int32](
            repeating: -1,
            count: matcher.ties.isEmpty ? 0 : matcher.partnerMate.count
        )
        let ties = openTies(&ledgerTie, &partnerTie)
        let lastDay = lastPartnerDay
        let unmatchedLedger = ownPostings(of: .ledger)
        let unmatchedPartner = ownPostings(of: .partner)
        for row in matcher.ledgerMate.indices where isMissed(row, .ledger) {
            if let tie = ledgerTie.indices.contains(row) && ledgerTie[row] >= 0
                ? ties[Int(ledgerTie[row])] : nil
            {
                if tie.ledger[0] == Int32(row) { add(tie) }
            } else {
                addLedger(row, lastDay, isReversed: unmatchedLedger.contains(Int32(row)))
            }
        }
        var duplicate = 0
        let duplicates = matcher.duplicates.sorted { $0.partner < $1.partner }
        for row in matcher.partnerMate.indices {
            if matcher.partnerMate[row] == Matcher.duplicate {
                add(duplicates[duplicate])
                duplicate += 1
            } else if isMissed(row, .partner), partnerTie.isEmpty || partnerTie[row] < 0 {
                addPartner(row, isReversed: unmatchedPartner.contains(Int32(row)))
            }
        }
    }

    /// Whether a row is open and has to be explained.
    private func isMissed(_ row: Int, _ side: Side) -> Bool {
        if side == .ledger {
            return matcher.ledgerMate[row] == Matcher.open
                && books.ledger.rows[row].window == .compared
        }
        return matcher.partnerMate[row] == Matcher.open
            && books.partner.rows[row].window == .compared
            && books.partner.rows[row].status != .void
    }

    /// The ties with rows that are still open on both sides, in the order of passes; each row is in
    /// the first of its ties.
    private func openTies(_ ledger: inout [Int32], _ partner: inout [Int32]) -> [Matcher.Tie] {
        var ties: [Matcher.Tie] = []
        for tie in matcher.ties {
            let lefts = tie.ledger.filter { isMissed(Int($0), .ledger) && ledger[Int($0)] < 0 }
            let rights = tie.partner.filter { isMissed(Int($0), .partner) && partner[Int($0)] < 0 }
            if lefts.isEmpty || rights.isEmpty { continue }
            for row in lefts { ledger[Int(row)] = Int32(ties.count) }
            for row in rights { partner[Int(row)] = Int32(ties.count) }
            ties.append(Matcher.Tie(ledger: lefts.sorted(), partner: rights.sorted()))
        }
        return ties
    }

    /// The last day of the partner's books.
    private var lastPartnerDay: Int32 {
        books.partner.rows.reduce(BookRow.noDay) { max($0, $1.day) }
    }
}

// MARK: One break each

extension BreakFinder {
    private mutating func add(_ tie: Matcher.Tie) {
        let ledger = tie.ledger.reduce(Int128(0)) { $0 + Int128(ledgerValue(Int($1)) ?? 0) }
        let partner = tie.partner.reduce(Int128(0)) { $0 + Int128(partnerValue(Int($1)) ?? 0) }
        let isValued =
            tie.ledger.contains { ledgerValue(Int($0)) != nil }
            || tie.partner.contains { partnerValue(Int($0)) != nil }
        records.append(
            BreakRecord(
                valueAtRisk: isValued ? Int64(clamping: max(ledger, partner)) : BreakRecord.noValue,
                ledger: store.side(tie.ledger),
                partner: store.side(tie.partner),
                type: .ambiguous,
                cause: .equalRows
            )
        )
    }

    private mutating func addLedger(_ row: Int, _ lastDay: Int32, isReversed: Bool) {
        let day = books.ledger.rows[row].day
        let isCutOff = day != BookRow.noDay && lastDay != BookRow.noDay && day > lastDay
        records.append(
            BreakRecord(
                valueAtRisk: ledgerValue(row) ?? BreakRecord.noValue,
                ledger: Int32(row),
                type: isReversed ? .reversedOneSide : .missingAtPartner,
                cause: isReversed ? .reversalMissing : isCutOff ? .cutOff : .unknown,
                field: .units
            )
        )
    }

    private mutating func addPartner(_ row: Int, isReversed: Bool) {
        let book = books.partner.rows[row]
        let isCutOff = book.day != BookRow.noDay && book.day > terms.cutDay
        let isUnknown = book.member != 0 && terms.linkedMembers?.hasSorted(book.member) == false
        records.append(
            BreakRecord(
                valueAtRisk: partnerValue(row) ?? BreakRecord.noValue,
                partner: Int32(row),
                type: isReversed
                    ? .reversedOneSide : isUnknown ? .memberNotLinked : .missingInLedger,
                cause: isReversed
                    ? .reversalMissing
                    : isUnknown ? .memberUnknown : isCutOff ? .cutOff : .unknown,
                field: .units
            )
        )
    }

    private mutating func add(_ duplicate: Matcher.Duplicate) {
        records.append(
            BreakRecord(
                valueAtRisk: partnerValue(Int(duplicate.partner)) ?? BreakRecord.noValue,
                ledger: duplicate.ledger,
                partner: duplicate.partner,
                type: .duplicate,
                cause: .duplicatePosting,
                field: .units
            )
        )
    }

    /// Adds what was wrong with the partner's files.
    mutating func addFaults() {
        for (number, fault) in books.partner.faults.enumerated() {
            let (type, cause): (BreakType, BreakCause) =
                switch fault.code {
                case .unparsable: (.unparsable, .unreadable)
                case .balanceRoll, .controlTotal: (.balanceRoll, .controlTotal)
                case .balanceGap, .sequenceGap: (.balanceRoll, .statementMissing)
                case .duplicateFile, .duplicateStatement, .overlap: (.duplicate, .fileTwice)
                }
            records.append(BreakRecord(fault: Int32(number), type: type, cause: cause))
        }
    }

    private func ledgerValue(_ row: Int) -> Int64? {
        valuation.value(ofLedger: books.ledger.rows[row], details[row], in: books.ledger)
    }

    private func partnerValue(_ row: Int) -> Int64? {
        valuation.value(ofPartner: books.partner.rows[row], in: books.partner)
    }
}

extension [UInt128] {
    /// Whether a sorted list has a number.
    func hasSorted(_ number: UInt128) -> Bool {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == number
    }
}
