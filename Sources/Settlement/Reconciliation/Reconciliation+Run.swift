extension Reconciliation {
    /// Compares the ledger with a partner's books.
    ///
    /// Rows of the ledger whose window is not `compared` explain and are never missed. The tables
    /// are taken over, so that a caller that keeps no copy of them needs no memory twice.
    ///
    /// Complexity: O(n log n) in the rows of both sides, whatever they are.
    /// - Parameters:
    ///   - ledger: The rows of the ledger.
    ///   - details: What the ledger knows besides of each of these rows, in the same order.
    ///   - partner: The rows of the partner's files.
    ///   - terms: Agreements, days, tolerances, rates.
    ///   - asOf: The day of the run, in days since 1970-01-01; ages are counted to it.
    /// - Returns: Matches, breaks, suggestions, adjustments and figures.
    /// - Throws: `detailsDoNotFit`, `tooManyRows`, `rowOutOfBook`, `unknownAgreement`.
    public static func run(
        ledger: consuming BookTable,
        details: consuming [LedgerDetail],
        partner: consuming BookTable,
        terms: ReconciliationTerms,
        asOf: Int32
    ) throws(SettlementError) -> Reconciliation {
        var ledger = ledger
        var details = details
        var partner = partner
        try check(ledger, partner)
        try check(details, of: ledger, terms)
        var terms = terms
        terms.linkedMembers?.sort()
        if let order = ledger.bringIntoOrder() { details = order.map { details[Int($0)] } }
        _ = partner.bringIntoOrder()
        var matcher = Matcher(books: BookPair(ledger: ledger, partner: partner), terms: terms)
        matcher.run()
        let finder = BreakFinder(matcher, details: details)
        return Reconciliation(finder, asOf: asOf)
    }

    private static func check(
        _ ledger: BookTable,
        _ partner: BookTable
    ) throws(SettlementError) {
        for table in [ledger, partner] {
            guard table.rows.count <= ReconciliationLimits.rows else {
                throw .tooManyRows(count: table.rows.count, limit: ReconciliationLimits.rows)
            }
            if let row = table.rows.first(where: { !table.isWhole($0) }) {
                throw .rowOutOfBook(place: row.place)
            }
        }
        let names = ledger.names.count + partner.names.count
        guard names < Int(BookRow.noName) else {
            throw .tooManyRows(count: names, limit: Int(BookRow.noName) - 1)
        }
    }

    private static func check(
        _ details: [LedgerDetail],
        of ledger: BookTable,
        _ terms: ReconciliationTerms
    ) throws(SettlementError) {
        guard details.count == ledger.rows.count else {
            throw .detailsDoNotFit(rows: ledger.rows.count, details: details.count)
        }
        guard terms.agreements.count <= ReconciliationLimits.agreements else {
            throw .tooManyRows(
                count: terms.agreements.count,
                limit: ReconciliationLimits.agreements
            )
        }
        for detail in details where detail.agreement != LedgerDetail.noAgreement {
            guard Int(detail.agreement) < terms.agreements.count else {
                throw .unknownAgreement(number: Int(detail.agreement))
            }
        }
    }

    /// The result of what was found.
    private init(_ finder: BreakFinder, asOf: Int32) {
        ledger = finder.books.ledger
        partner = finder.books.partner
        details = finder.details
        terms = finder.terms
        self.asOf = asOf
        suggestions = finder.matcher.suggestions
        adjustments = finder.adjustments
        store = finder.store
        records = finder.records
        suggestionsOfLedger = RowSuggestion.sorted(suggestions, \.ledgerRows)
        suggestionsOfPartner = RowSuggestion.sorted(suggestions, \.partnerRows)
        var metrics = finder.metrics(asOf: asOf)
        Self.count(
            records,
            age: {
                finder.store.ageDays($0, finder.books.ledger, finder.books.partner, asOf: asOf)
            },
            terms,
            into: &metrics
        )
        self.metrics = metrics
    }
}

extension RowSuggestion {
    /// The suggestions by the rows that they name.
    fileprivate static func sorted(
        _ suggestions: [Suggestion],
        _ rows: KeyPath<Suggestion, [Int]>
    ) -> [RowSuggestion] {
        suggestions.enumerated().flatMap { number, suggestion in
            suggestion[keyPath: rows].map { row in
                RowSuggestion(row: Int32(row), suggestion: Int32(number))
            }
        }
        .sorted()
    }
}

extension MatchStore {
    /// The days since the earliest day of a break's rows: of the ledger's, or else the partner's.
    func ageDays(
        _ record: BreakRecord,
        _ ledger: BookTable,
        _ partner: BookTable,
        asOf: Int32
    ) -> Int {
        let day = earliestDay(record.ledger, ledger) ?? earliestDay(record.partner, partner)
        guard let day else { return 0 }
        return max(0, Int(asOf) - Int(day))
    }

    private func earliestDay(_ side: Int32, _ table: BookTable) -> Int32? {
        if side >= 0 {
            let day = table.rows[Int(side)].day
            return day == BookRow.noDay ? nil : day
        }
        return rows(side).map { table.rows[$0].day }.filter { $0 != BookRow.noDay }.min()
    }

    /// How many rows a number stands for.
    func count(_ side: Int32) -> Int {
        if side == Self.none { return 0 }
        if side >= 0 { return 1 }
        let group = Int(-1 - side)
        return Int(groupStarts[group + 1] - groupStarts[group])
    }
}
