import Settlement
import TestSupport
import Testing

/// What a bank's lines say of payments that are due, in tables.
@Suite struct BankCheckTests {
    /// Lines for one payment of 1,000.00 EUR, due on day 100, seen on day 105.
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let lines: [BankLine]
        var state = BankCheck.State.paid
        var isLate = false
        var breaks: [String] = []

        var testDescription: String { name }
    }

    static func line(
        _ minorUnits: Int64,
        _ kind: BankLine.Kind = .payment,
        name: String = "E1",
        account: String = "DE1",
        currency: String = "EUR",
        day: Int32 = 99,
        code: String = "",
        place: Int = 1
    ) -> BankLine {
        BankLine(
            kind,
            endToEnd: name,
            account: account,
            minorUnits: minorUnits,
            currency: currency,
            day: day,
            code: code,
            digest: "file",
            place: place
        )
    }

    static let due = PaymentDue(
        endToEnd: "E1",
        payer: "harbour",
        payee: "nordwind",
        minorUnits: 100_000,
        currency: "EUR",
        account: "DE1",
        deadline: 100
    )

    static let cases: [Case] = [
        Case(name: "paid", lines: [line(100_000)]),
        Case(
            name: "nothing came",
            lines: [],
            state: .due,
            isLate: true,
            breaks: ["unpaid unknown"]
        ),
        Case(
            name: "came and went back",
            lines: [line(100_000), line(100_000, .giveBack, place: 2)],
            state: .due,
            isLate: true,
            breaks: ["unpaid voided"]
        ),
        Case(
            name: "a part",
            lines: [line(60_000)],
            state: .paidPart,
            isLate: true,
            breaks: ["short unknown"]
        ),
        Case(name: "two parts", lines: [line(60_000), line(40_000, place: 2)]),
        Case(
            name: "the second part after the deadline",
            lines: [line(60_000), line(40_000, day: 103, place: 2)],
            isLate: true
        ),
        Case(
            name: "a part after the deadline",
            lines: [line(60_000, day: 103)],
            state: .paidPart,
            isLate: true,
            breaks: ["short late"]
        ),
        Case(name: "too much", lines: [line(100_500)], breaks: ["over unknown"]),
        Case(
            name: "twice",
            lines: [line(100_000), line(100_000, place: 2)],
            breaks: ["twice duplicatePosting"]
        ),
        Case(
            name: "to another account",
            lines: [line(100_000, account: "DE2")],
            breaks: ["wrongAccount unknown"]
        ),
        Case(name: "an account that is not stated", lines: [line(100_000, account: "")]),
        Case(
            name: "less a charge that the bank states",
            lines: [line(98_500), line(1_500, .charge, place: 2)],
            breaks: ["bankCharge charge"]
        ),
        Case(
            name: "less a little, with a code that says so",
            lines: [line(98_500, code: "CHRG")],
            breaks: ["bankCharge charge"]
        ),
        Case(
            name: "less too much for a charge",
            lines: [line(97_000, code: "CHRG")],
            state: .paidPart,
            isLate: true,
            breaks: ["short unknown"]
        ),
        Case(
            name: "a line without name",
            lines: [line(100_000), line(777, name: "", place: 2)],
            breaks: ["unexpected unknown"]
        ),
        Case(
            name: "a charge without name",
            lines: [line(100_000), line(777, .charge, name: "", place: 2)],
            breaks: ["bankCharge charge"]
        ),
        Case(
            name: "another currency",
            lines: [line(100_000, currency: "CHF")],
            state: .due,
            isLate: true,
            breaks: ["unexpected otherCurrency", "unpaid unknown"]
        ),
    ]

    private func check(_ lines: [BankLine], asOf: Int32 = 105) throws -> BankCheck {
        try BankCheck(
            dues: [Self.due],
            lines: lines,
            charges: ChargePolicy(codes: ["CHRG"], limit: 2_000),
            asOf: asOf
        )
    }

    private func texts(_ check: BankCheck) -> [String] {
        check.breaks.map { "\($0.type.rawValue) \($0.cause.rawValue)" }.sorted()
    }

    @Test(arguments: cases)
    func gives(_ item: Case) throws {
        let check = try check(item.lines)
        #expect(texts(check) == item.breaks)
        #expect(check.outcomes.map(\.state) == [item.state])
        #expect(check.outcomes.map(\.isLate) == [item.isLate])
    }

    @Test func nothingIsMissedBeforeTheDeadline() throws {
        #expect(try check([], asOf: 100).breaks.isEmpty)
        #expect(try check([Self.line(60_000)], asOf: 100).breaks.isEmpty)
        #expect(texts(try check([], asOf: 101)) == ["unpaid unknown"])
    }

    @Test func theOrderOfLinesDoesNotMatter() throws {
        var random = RandomSource(seed: 11)
        for _ in 0..<200 {
            var lines: [BankLine] = []
            for place in 1...Int(random.number(1...6)) {
                let name = random.pick(["E1", "E2", ""]) ?? ""
                let kind = random.pick(BankLine.Kind.allCases) ?? .payment
                lines.append(
                    Self.line(random.number(1...3) * 50_000, kind, name: name, place: place)
                )
            }
            let one = try check(lines)
            let other = try check(lines.shuffled(using: &random))
            #expect(one.breaks == other.breaks && one.outcomes == other.outcomes)
            let named = Set(one.breaks.flatMap(\.lines) + one.outcomes.flatMap(\.lines))
            #expect(named == Set(lines.indices), "every line is explained or reported")
        }
    }

    @Test func theLargestAmountsDoNoHarm() throws {
        let lines = [
            Self.line(.max, .giveBack), Self.line(.max, .giveBack, place: 2),
            Self.line(.max, name: "", place: 3),
        ]
        let check = try check(lines)
        #expect(texts(check) == ["unexpected unknown", "unpaid voided"])
        #expect(check.breaks.map(\.valueAtRisk) == [.max, .max])
    }

    @Test func paymentsOfOneNameAreRefused() {
        #expect(throws: SettlementError.duplicatePayment("E1")) {
            try BankCheck(dues: [Self.due, Self.due], lines: [], asOf: 1)
        }
    }

    @Test func unexpectedMoneyHasCandidates() throws {
        let check = try check([Self.line(100_000, name: "")])
        #expect(check.breaks.last?.candidates == [0])
        #expect(check.breaks.map(\.valueAtRisk) == [100_000, 100_000])
    }

    @Test func ledgerStatementAndBankAreComparedThreeWays() {
        func due(_ name: String, _ amount: Int128) -> PaymentPlan.Due {
            PaymentPlan.Due(participant: name, minorUnits: amount)
        }
        let check = ThreeWayCheck(
            ledger: [due("a", 5), due("b", -5), due("c", 0)],
            statements: [due("b", -5), due("a", 5)],
            bank: [due("a", 2), due("b", -5), due("a", 3)]
        )
        #expect(check.agrees)
        #expect(check.lines.map(\.participant) == ["a", "b", "c"])
        let other = ThreeWayCheck(
            ledger: [due("a", 5)],
            statements: [due("a", 4)],
            bank: [due("a", 5)]
        )
        #expect(!other.agrees)
        let silent = ThreeWayCheck(ledger: [due("a", 5)], statements: [], bank: [due("a", 5)])
        #expect(!silent.agrees)
    }

    @Test func theBalanceOfTheNightIsExplained() {
        let identity = BalanceIdentity(
            closingBalance: 1_000,
            cover: 700,
            undistributed: 200,
            carry: 90,
            float: 7
        )
        #expect(identity.expected == 997)
        #expect(identity.difference == 3)
    }
}
