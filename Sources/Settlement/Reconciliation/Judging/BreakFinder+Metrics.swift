extension BreakFinder {
    /// How well the run went, once all breaks are found.
    ///
    /// Complexity: O(n).
    func metrics(asOf day: Int32) -> ReconciliationMetrics {
        var metrics = ReconciliationMetrics()
        metrics.passes = MatchPass.allCases.map { ReconciliationMetrics.PassFigures(pass: $0) }
        metrics.ages = AgeBucket.allCases.map { ReconciliationMetrics.AgeFigures(age: $0) }
        let isLooked = matchesToLookAt
        for row in matcher.ledgerMate.indices { countLedger(row, &metrics) }
        for row in matcher.partnerMate.indices { countPartner(row, &metrics) }
        for number in store.records.indices { count(number, isLooked[number], &metrics) }
        return metrics
    }

    /// For each match whether it has an open break.
    private var matchesToLookAt: [Bool] {
        var looked = [Bool](repeating: false, count: store.records.count)
        for record in records where record.match >= 0 && record.adjustment < 0 {
            looked[Int(record.match)] = true
        }
        return looked
    }

    private func countLedger(_ row: Int, _ metrics: inout ReconciliationMetrics) {
        let book = books.ledger.rows[row]
        if book.window != .compared { return }
        let units = Int128(book.units.magnitude)
        let value = Int128(valuation.value(ofLedger: book, details[row], in: books.ledger) ?? 0)
        metrics.rows.whole += 1
        metrics.automaticRows.whole += 1
        metrics.units.whole += units
        metrics.value.whole += value
        if matcher.ledgerMate[row] == Matcher.open { return }
        metrics.rows.part += 1
        metrics.units.part += units
        metrics.value.part += value
        let pass = Int(matcher.ledgerPass[row]) - 1
        metrics.passes[pass].ledgerRows += 1
        metrics.passes[pass].units += units
        metrics.passes[pass].value += value
    }

    private func countPartner(_ row: Int, _ metrics: inout ReconciliationMetrics) {
        let book = books.partner.rows[row]
        let mate = matcher.partnerMate[row]
        let isMatched = mate != Matcher.open && mate != Matcher.duplicate
        if !isMatched, book.window != .compared || book.status == .void { return }
        let units = Int128(book.units.magnitude)
        metrics.rows.whole += 1
        metrics.automaticRows.whole += 1
        metrics.units.whole += units
        if isMatched {
            metrics.rows.part += 1
            metrics.units.part += units
        }
    }

    private func count(_ number: Int, _ isLooked: Bool, _ metrics: inout ReconciliationMetrics) {
        let record = store.records[number]
        let pass = Int(record.pass.rawValue) - 1
        let ledger = store.count(record.ledger)
        let partner = store.count(record.partner)
        metrics.passes[pass].matches += 1
        metrics.passes[pass].partnerRows += partner
        let isContext =
            record.ledger >= 0 && books.ledger.rows[Int(record.ledger)].window != .compared
        if isContext { metrics.contextMatches += 1 }
        if !isLooked { metrics.automaticRows.part += Int128((isContext ? 0 : ledger) + partner) }
    }
}

extension Reconciliation {
    /// Adds what follows from breaks: causes, ages and what is open.
    static func count(
        _ records: [BreakRecord],
        age: (BreakRecord) -> Int,
        _ terms: ReconciliationTerms,
        into metrics: inout ReconciliationMetrics
    ) {
        let causes = BreakCause.allCases.count
        var figures = BreakType.allCases.flatMap { type in
            BreakCause.allCases.map { ReconciliationMetrics.CauseFigures(type: type, cause: $0) }
        }
        let service = BreakType.allCases.map { terms.serviceDays($0) }
        for record in records {
            let type = record.type.place
            let place = type * causes + record.cause.place
            figures[place].breaks += 1
            if record.adjustment >= 0 {
                figures[place].closed += 1
                continue
            }
            let days = age(record)
            let value =
                record.valueAtRisk == BreakRecord.noValue ? 0 : Int128(record.valueAtRisk)
            figures[place].valueAtRisk += value
            if days > service[type] { figures[place].overdue += 1 }
            metrics.openBreaks += 1
            metrics.ageDays += days
            let bucket = AgeBucket(days: days).place
            metrics.ages[bucket].breaks += 1
            metrics.ages[bucket].valueAtRisk += value
        }
        metrics.causes = figures.filter { $0.breaks > 0 }
    }
}

extension CaseIterable where Self: Equatable, AllCases.Index == Int {
    /// The place of a case among all.
    var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
