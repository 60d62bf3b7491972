internal import Money
internal import Settlement

/// The debts of a night, the same in every run.
struct SettlementNight {
    let currency: Currency
    let obligations: [Obligation]
    /// Units of the lines of one debt, at one price and quote.
    let numerators: [Int128]
    let denominator: Int128 = 10_000
    let quote: Quotient
    let keys: [LineShare.Key]
    let total: Int128

    init(obligations count: Int, participants: Int, lines: Int) throws {
        guard let currency = Currency("EUR"), let quote = Quotient(10_000, 11_357) else {
            throw BenchmarkError("EUR is a currency")
        }
        var random = SplitMix(seed: 4)
        func draw(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
        self.currency = currency
        self.quote = quote
        obligations = (0..<count).map { _ in
            let debtor = draw(participants)
            let creditor = (debtor + 1 + draw(participants - 1)) % participants
            return Obligation(
                debtor: "programme-number-\(debtor)",
                creditor: "programme-number-\(creditor)",
                currency: currency,
                minorUnits: Int128(draw(10_000_000)) - 100_000
            )
        }
        numerators = (0..<lines).map { _ in Int128(draw(100_000)) * 71 }
        keys = (0..<lines).map { LineShare.Key(index: UInt64($0 / 200), item: Int32($0 % 200)) }
        let sum = numerators.reduce(0, +)
        guard
            let total = Quotient.scaled(sum, by: quote, over: denominator, rounding: .halfEven)
        else { throw BenchmarkError("the total is out of range") }
        self.total = total
    }

    /// The night, netted.
    func netting(_ model: SettlementModel) throws -> Netting {
        try Netting(
            model: model,
            currency: currency,
            obligations: obligations,
            policy: NettingPolicy(minimumPayment: 1_000)
        )
    }

    /// What twenty participants are due, in pairs.
    var fewDues: [PaymentPlan.Due] {
        (0..<20).map { place in
            let amount = Int128(1) << Int128(place / 2)
            return PaymentPlan.Due(
                participant: "p\(place)",
                minorUnits: place % 2 == 0 ? amount : -amount
            )
        }
    }
}
