import Money
import Settlement
import Testing

/// Rates between currencies from quotes against a base (S-40).
@Suite struct MoneySheetTests {
    private func quote(
        _ code: String,
        _ rate: String,
        day: Int32 = 100,
        source: String = "ecb",
        base: String = "EUR"
    ) throws -> MoneyQuote {
        MoneyQuote(
            base: try #require(Currency(base)),
            currency: try #require(Currency(code)),
            rate: try #require(Quotient(decimal: rate).flatMap { Rate($0) }),
            source: source,
            day: day
        )
    }

    private func sheet() throws -> MoneySheet {
        try MoneySheet([
            quote("USD", "1.25"), quote("JPY", "160"), quote("BHD", "0.5"),
            quote("GBP", "0.8", day: 90, source: "boe"),
        ])
    }

    private func ask(
        _ from: String,
        _ to: String,
        on day: Int32 = 100,
        source: String = "ecb",
        maxAgeDays: Int32 = 3,
        fallback: MoneySheet.Fallback = .previousWorkingDay
    ) throws -> MoneySheet.Answer {
        try sheet().quote(
            source: source,
            from: try #require(Currency(from)),
            to: try #require(Currency(to)),
            on: day,
            maxAgeDays: maxAgeDays,
            fallback: fallback
        )
    }

    @Test(
        arguments: [
            ("USD", "EUR", 4, 5), ("EUR", "USD", 5, 4), ("USD", "JPY", 32, 25),
            ("JPY", "USD", 25, 32), ("EUR", "JPY", 8, 5), ("BHD", "JPY", 8, 25),
            ("JPY", "BHD", 25, 8), ("USD", "BHD", 4, 1), ("EUR", "EUR", 1, 1),
            ("NOK", "NOK", 1, 1),
        ] as [(String, String, Int128, Int128)]
    )
    func minorUnitsPerMinorUnit(
        from: String,
        to: String,
        numerator: Int128,
        denominator: Int128
    ) throws {
        let rate = try #require(Quotient(numerator, denominator))
        #expect(try ask(from, to) == .rate(rate, day: 100))
    }

    @Test(
        arguments: [
            (100, 0, .stop, true), (101, 5, .stop, false), (99, 0, .stop, true),
            (101, 0, .previousWorkingDay, false), (103, 3, .previousWorkingDay, true),
            (104, 3, .previousWorkingDay, false), (90, 0, .previousWorkingDay, true),
        ] as [(Int32, Int32, MoneySheet.Fallback, Bool)]
    )
    func age(
        day: Int32,
        maxAgeDays: Int32,
        fallback: MoneySheet.Fallback,
        isRated: Bool
    ) throws {
        let answer = try ask("USD", "EUR", on: day, maxAgeDays: maxAgeDays, fallback: fallback)
        #expect(
            answer
                == (isRated
                    ? .rate(try #require(Quotient(4, 5)), day: 100)
                    : .unrated(.tooOld(days: day - 100)))
        )
    }

    @Test func whatIsNotThere() throws {
        let rouble = try #require(Currency("RUB"))
        #expect(try ask("RUB", "EUR") == .unrated(.notQuoted(rouble)))
        #expect(try ask("EUR", "RUB") == .unrated(.notQuoted(rouble)))
        #expect(try ask("USD", "EUR", source: "boj") == .unrated(.noPublication))
        #expect(try ask("USD", "EUR", source: "boe") == .unrated(.tooOld(days: 10)))
        #expect(
            try ask("GBP", "EUR", source: "boe", maxAgeDays: 10)
                == .rate(try #require(Quotient(5, 4)), day: 90)
        )
    }

    @Test func badSheets() throws {
        let dollar = try #require(Currency("USD"))
        let euro = try #require(Currency("EUR"))
        #expect(throws: SettlementError.duplicateQuote(source: "ecb", currency: dollar)) {
            try MoneySheet([quote("USD", "1.1"), quote("USD", "1.2")])
        }
        #expect(throws: SettlementError.quoteOfBase(source: "ecb", currency: euro)) {
            try MoneySheet([quote("EUR", "1"), quote("USD", "1.2")])
        }
        #expect(throws: SettlementError.twoPublications(source: "ecb")) {
            try MoneySheet([quote("JPY", "1"), quote("USD", "1.2", day: 101)])
        }
        #expect(throws: SettlementError.twoPublications(source: "ecb")) {
            try MoneySheet([quote("JPY", "1", base: "CHF"), quote("USD", "1.2")])
        }
    }

    /// The one rounding of S-20: the same debt by different ways of rounding.
    @Test(
        arguments: [
            (5, 2, .halfEven, 2), (5, 2, .halfUp, 3), (-5, 2, .halfEven, -2),
            (-5, 2, .halfUp, -3), (7, 2, .halfEven, 4), (1, 3, .halfUp, 0),
        ] as [(Int64, Int64, Rounding, Int64)]
    )
    func oneRounding(
        numerator: Int64,
        denominator: Int64,
        rounding: Rounding,
        minorUnits: Int64
    ) throws {
        let euro = try #require(Currency("EUR"))
        let debt = ExactDebt(
            agreement: "",
            debtor: "a",
            creditor: "b",
            currency: euro,
            amount: try #require(Quotient(Int128(numerator * 3), Int128(denominator))),
            rounding: rounding,
            purpose: .units
        )
        let third = try #require(Quotient(1, 3))
        #expect(try debt.settled(in: euro, by: third).minorUnits == Int128(minorUnits))
    }

    @Test func debtsOutOfRange() throws {
        let euro = try #require(Currency("EUR"))
        func debt(_ creditor: String, _ amount: Int128) throws -> ExactDebt {
            ExactDebt(
                agreement: "",
                debtor: "a",
                creditor: creditor,
                currency: euro,
                amount: try #require(Quotient(amount, 1)),
                rounding: .halfEven,
                purpose: .units
            )
        }
        #expect(throws: SettlementError.range(debtor: "a", creditor: "b")) {
            try debt("b", 1 << 60).settled(in: euro, by: .one)
        }
        #expect(throws: SettlementError.range(debtor: "a", creditor: "b")) {
            try debt("b", .max).settled(in: euro, by: try #require(Quotient(.max, 1)))
        }
        #expect(throws: SettlementError.ownDebt("a")) {
            try debt("a", 1).settled(in: euro, by: .one)
        }
        let largest = try debt("b", 1 - (1 << 60)).settled(in: euro, by: .one)
        #expect(largest.minorUnits == 1 - (1 << 60))
    }
}
