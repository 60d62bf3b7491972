/// Turns what was matched, and what was not, into matches, breaks and adjustments.
struct BreakFinder {
    let matcher: Matcher
    let books: BookPair
    let details: [LedgerDetail]
    let terms: ReconciliationTerms
    let valuation: Valuation
    var store = MatchStore()
    var records: [BreakRecord] = []
    /// What of differences in money a tolerance may close.
    var residuals: [Residual] = []
    var adjustments: [ToleranceAdjustment] = []

    /// The findings of a matcher that ran.
    ///
    /// Complexity: O(n), and O(n log n) for what was not matched.
    init(_ matcher: Matcher, details: [LedgerDetail]) {
        self.matcher = matcher
        self.details = details
        books = matcher.books
        terms = matcher.terms
        valuation = Valuation(terms)
        addMatches()
        closeWithinTolerance()
        addOpenRows()
        addFaults()
    }

    // MARK: Matches

    private mutating func addMatches() {
        store.records.reserveCapacity(matcher.ledgerMate.count)
        for row in matcher.ledgerMate.indices {
            let mate = matcher.ledgerMate[row]
            if mate >= 0 {
                addPair(Int32(row), mate)
            } else if mate != Matcher.open {
                let group = matcher.groups[Int(-2 - mate)]
                if group.ledger.first == Int32(row) { addGroup(group) }
            }
        }
    }

    private mutating func addPair(_ left: Int32, _ right: Int32) {
        let ledger = books.ledger.rows[Int(left)]
        let partner = books.partner.rows[Int(right)]
        let fields = books.compare(ledger: ledger, partner: partner)
        let number = Int32(store.records.count)
        store.records.append(
            MatchStore.Record(
                ledger: left,
                partner: right,
                compared: fields.compared,
                different: fields.different,
                pass: MatchPass(rawValue: matcher.ledgerPass[Int(left)]) ?? .transferName
            )
        )
        guard !fields.different.isEmpty || ledger.window != .compared else { return }
        judge(ledger, partner, details[Int(left)], store.records[Int(number)], number)
    }

    private mutating func addGroup(_ group: Matcher.Group) {
        let ledger = books.sum(group.ledger, of: .ledger)
        let partner = books.sum(group.partner, of: .partner)
        let fields = books.compare(ledger: ledger, partner: partner)
        let number = Int32(store.records.count)
        let record = MatchStore.Record(
            ledger: store.side(group.ledger),
            partner: store.side(group.partner),
            compared: fields.compared,
            different: fields.different,
            pass: .sum
        )
        store.records.append(record)
        if fields.different.isEmpty { return }
        let detail = LedgerDetail(sumOf: group.ledger.map { details[Int($0)] })
        judge(ledger, partner, detail, record, number)
    }

    /// Notes what a matched pair differs in.
    private mutating func judge(
        _ ledger: BookRow,
        _ partner: BookRow,
        _ detail: LedgerDetail,
        _ match: MatchStore.Record,
        _ number: Int32
    ) {
        let agreement =
            Int(detail.agreement) < terms.agreements.count
            ? terms.agreements[Int(detail.agreement)] : nil
        let currency =
            ledger.currency == BookRow.noName
            ? agreement?.currency : books.ledger.names[Int(ledger.currency)]
        let judge = PairJudge(
            ledger: ledger,
            partner: partner,
            detail: detail,
            agreement: agreement,
            isAgreementCurrency: currency != nil && currency == agreement?.currency,
            terms: terms,
            compared: match.compared,
            different: match.different
        )
        let rowValue = valuation.value(ofLedger: ledger, detail, in: books.ledger)
        var residual = Residual(match: number, ledger: ledger, agreement: detail.agreement)
        for verdict in judge.verdicts {
            let inCurrency = verdict.field == .units ? agreement?.currency : currency
            let value =
                verdict.field.isFigure
                ? verdict.difference.flatMap { difference in
                    inCurrency.flatMap { valuation.value(difference.magnitudeOf, in: $0) }
                } : rowValue
            residual.add(verdict, in: inCurrency, break: records.count)
            records.append(
                BreakRecord(
                    valueAtRisk: value ?? BreakRecord.noValue,
                    ledger: match.ledger,
                    partner: match.partner,
                    match: number,
                    type: verdict.type,
                    cause: verdict.cause,
                    field: verdict.field
                )
            )
        }
        residual.expected =
            ledger.money != BookRow.noMoney
            ? Int128(ledger.money) : judge.agreedMoney
        if residual.isWhole { residuals.append(residual) }
    }
}

extension BookField {
    /// Whether differences of the field are amounts.
    var isFigure: Bool { self == .units || self == .money || self == .fee }
}

extension Int128 {
    /// The magnitude as a signed number.
    var magnitudeOf: Int128 { self < 0 ? -self : self }
}
