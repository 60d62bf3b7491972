import Money
import Settlement
import Testing

/// The golden example of the settlement design, to the cent: three programmes, three price
/// currencies, a provisional and a final sheet (S-43).
@Suite struct GoldenTests {
    fileprivate struct Row {
        let debtor: String
        let creditor: String
        let units: Int64
        let price: String
        let currency: String
        let provisional: Int128
        let final: Int128
    }

    private static let rows = [
        Row("SKY", "HTL", 1_234_567, "0.0071", "USD", 775_701, 771_808),
        Row("HTL", "SKY", 845_210, "0.0098", "EUR", 828_306, 828_306),
        Row("SKY", "CAF", 400_000, "0.0105", "CHF", 446_809, 445_813),
        Row("CAF", "SKY", 610_333, "0.0098", "EUR", 598_126, 598_126),
        Row("HTL", "CAF", 99_999, "0.0105", "CHF", 111_701, 111_452),
        Row("CAF", "HTL", 2_000_001, "0.0071", "USD", 1_256_638, 1_250_331),
    ]

    private func explanation() throws -> Explanation {
        let euro = try #require(Currency("EUR"))
        let debts = try Self.rows.map { row in
            let currency = try #require(Currency(row.currency))
            let price = try #require(Quotient(decimal: row.price)).multiplied(by: Quotient(100))
            let debt = ExactDebt(
                agreement: "",
                debtor: row.debtor,
                creditor: row.creditor,
                currency: currency,
                amount: try Quotient(row.units).multiplied(by: price),
                rounding: .halfEven,
                purpose: .units
            )
            return SettlementCase.Debt(debt, price: price)
        }
        let settlement = SettlementCase(
            model: .multilateral,
            currency: euro,
            debts: debts,
            provisional: try sheet(day: 20_202, ["USD": "1.1300", "CHF": "0.9400"]),
            final: try sheet(day: 20_203, ["USD": "1.1357", "CHF": "0.9421"])
        )
        return try settlement.explain()
    }

    private func sheet(
        day: Int32,
        _ rates: KeyValuePairs<String, String>
    ) throws
        -> SettlementCase.Sheet
    {
        let quotes = try rates.map { code, rate in
            MoneyQuote(
                base: try #require(Currency("EUR")),
                currency: try #require(Currency(code)),
                rate: try #require(Quotient(decimal: rate).flatMap { Rate($0) }),
                source: "ecb",
                day: day
            )
        }
        return SettlementCase.Sheet(source: "ecb", day: day, quotes: try MoneySheet(quotes))
    }

    @Test func obligationsToTheCent() throws {
        let rounds = try explanation().rounds
        #expect(rounds.count == 2)
        for (place, row) in Self.rows.enumerated() {
            #expect(rounds[0].debts[place].settled?.minorUnits == row.provisional)
            #expect(rounds[1].debts[place].settled?.minorUnits == row.final)
        }
        // 1,234,567 × 0.71 cent ÷ 1.13, not rounded.
        let exact = rounds[0].debts[0].settled?.exact
        #expect(exact == Quotient(87_654_257, 113))
    }

    @Test func netsSumToZero() throws {
        let nets = try explanation().rounds.map { round in
            round.netting.figures.participants.map { ($0.name, $0.net) }
        }
        let names = ["CAF", "HTL", "SKY"]
        #expect(nets.map { $0.map(\.0) } == [names, names])
        #expect(nets[0].map(\.1) == [-1_296_254, 1_092_332, 203_922])
        #expect(nets[1].map(\.1) == [-1_291_192, 1_082_381, 208_811])
        #expect(nets.allSatisfy { $0.reduce(0) { $0 + $1.1 } == 0 })
    }

    @Test func trueUps() throws {
        let trueUps = try explanation().trueUps
        #expect(
            trueUps.map { "\($0.debtor)>\($0.creditor) \($0.minorUnits)" } == [
                "CAF>HTL -6307", "CAF>SKY 0", "HTL>CAF -249", "HTL>SKY 0", "SKY>CAF -996",
                "SKY>HTL -3893",
            ]
        )
        let currency = try #require(Currency("EUR"))
        let change = try Netting(
            model: .multilateral,
            currency: currency,
            obligations: trueUps.map(\.obligation)
        )
        #expect(change.figures.participants.map(\.net) == [5_062, -9_951, 4_889])
    }

    @Test func figures() throws {
        let figures = try explanation().rounds.map(\.netting.figures)
        #expect(figures[1].gross == 4_005_836)
        #expect(figures[1].multilateral == 1_291_192)
        #expect(figures[1].nettingRatioPermille == 678)
        #expect(figures[0].multilateral == 1_296_254)
    }

    @Test func payments() throws {
        let plan = try explanation().rounds[0].plan
        #expect(
            plan.payments.map { "\($0.payer)>\($0.payee) \($0.minorUnits)" } == [
                "CAF>operator/settlement 1296254", "operator/settlement>HTL 1092332",
                "operator/settlement>SKY 203922",
            ]
        )
        #expect(plan.total == 1_296_254)
    }
}

extension GoldenTests.Row {
    fileprivate init(
        _ debtor: String,
        _ creditor: String,
        _ units: Int64,
        _ price: String,
        _ currency: String,
        _ provisional: Int128,
        _ final: Int128
    ) {
        self.init(
            debtor: debtor,
            creditor: creditor,
            units: units,
            price: price,
            currency: currency,
            provisional: provisional,
            final: final
        )
    }
}
