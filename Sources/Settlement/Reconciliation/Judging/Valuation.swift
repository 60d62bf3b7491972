internal import Money

/// What rows and differences are worth in the settlement currency.
struct Valuation: Sendable {
    private let terms: ReconciliationTerms

    /// The prices and quotes of terms.
    init(_ terms: ReconciliationTerms) {
        self.terms = terms
    }

    /// An amount of a currency, rounded half up; nil without a quote.
    func value(_ amount: Int128, in currency: String) -> Int64? {
        if currency == terms.currency { return Int64(clamping: amount) }
        guard let quote = terms.quotes.first(where: { $0.currency == currency }),
            let value = Quotient.scaled(amount, by: quote.rate, rounding: .halfUp)
        else { return nil }
        return Int64(clamping: value)
    }

    /// What is owed for a row of the ledger; nil when neither money nor price says.
    func value(ofLedger row: BookRow, _ detail: LedgerDetail, in table: BookTable) -> Int64? {
        if let value = stated(row, in: table) { return value }
        guard detail.priced > 0, Int(detail.agreement) < terms.agreements.count else { return nil }
        let agreement = terms.agreements[Int(detail.agreement)]
        return worth(Int128(detail.priced), agreement)
    }

    /// What is owed for a row of the partner; nil when neither money nor a single price says.
    func value(ofPartner row: BookRow, in table: BookTable) -> Int64? {
        if let value = stated(row, in: table) { return value }
        let priced = terms.agreements.filter { $0.pricedProgram == table.names[Int(row.unit)] }
        guard priced.count == 1 else { return nil }
        return worth(Int128(row.units.magnitude), priced[0])
    }

    private func stated(_ row: BookRow, in table: BookTable) -> Int64? {
        guard row.money != BookRow.noMoney, row.currency != BookRow.noName else { return nil }
        return value(Int128(row.money), in: table.names[Int(row.currency)])
    }

    private func worth(_ units: Int128, _ agreement: AgreementFacts) -> Int64? {
        guard let price = agreement.price else { return nil }
        let money = (units * Int128(price.numerator))
            .divided(by: Int128(price.denominator), rounding: agreement.rounding)
        return value(money, in: agreement.currency)
    }
}
