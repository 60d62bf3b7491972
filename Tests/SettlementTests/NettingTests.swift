import Money
import Settlement
import Testing

/// What is paid, what waits, and what is refused (S-22, S-24).
@Suite struct NettingTests {
    private static let day: Int64 = 86_400_000

    private func net(
        _ debts: [(String, String, Int128)],
        model: SettlementModel = .multilateral,
        carriedIn: [Carry] = [],
        minimum: Int128 = 10,
        closed: Set<String> = []
    ) throws -> Netting {
        let euro = try #require(Currency("EUR"))
        return try Netting(
            model: model,
            currency: euro,
            obligations: debts.map {
                Obligation(debtor: $0.0, creditor: $0.1, currency: euro, minorUnits: $0.2)
            },
            carriedIn: carriedIn,
            policy: NettingPolicy(minimumPayment: minimum, cutoff: 200 * Self.day),
            closed: closed
        )
    }

    private func carry(
        _ name: String,
        _ amount: Int128,
        to other: String? = nil,
        day: Int64 = 150
    ) -> Carry {
        Carry(participant: name, counterparty: other, minorUnits: amount, since: day * Self.day)
    }

    @Test func theFloatHoldsTheOpposite() throws {
        let first = try net([("a", "b", 9), ("a", "c", 50)])
        #expect(first.lines.map(\.due) == [-59, 0, 50])
        #expect(first.carriedOut == [carry("b", 9, day: 200)])
        #expect((first.floatDue, first.floatCarriedOut) == (9, -9))
        let second = try net([("a", "b", 9)], carriedIn: first.carriedOut, minimum: 18)
        #expect(second.lines.map(\.due) == [0, 18])
        #expect(second.carriedOut == [carry("a", -9, day: 200)])
        #expect((second.floatCarriedIn, second.floatDue, second.floatCarriedOut) == (-9, -18, 9))
        let plan = try second.payments(mode: .direct).payments
        #expect(plan.map(\.payer) == [PaymentPlan.floatAccount])
    }

    @Test(
        arguments: [
            (111, "", 0), (110, "", 9), (150, "a", 9), (150, "b", 0), (200, "", 0),
        ] as [(Int64, String, Int128)]
    )
    func smallOnesArePaidWhenOldOrClosed(since: Int64, closed: String, due: Int128) throws {
        let netting = try net([], carriedIn: [carry("a", 9, day: since)], closed: [closed])
        #expect(netting.lines.map(\.due) == [due])
        #expect(netting.lines.map(\.carriedOut) == [9 - due])
    }

    @Test func aCarryThatIsSetOffEnds() throws {
        let netting = try net([("a", "b", 9)], carriedIn: [carry("a", 9), carry("b", -9)])
        #expect(netting.carriedOut.isEmpty)
        #expect(netting.lines.map(\.due) == [0, 0])
    }

    @Test func pairsCarryForThemselves() throws {
        let first = try net([("b", "a", 9), ("c", "b", 40), ("b", "c", 5)], model: .bilateral)
        #expect(first.lines.map(\.due) == [0, 35])
        #expect(first.carriedOut == [carry("a", 9, to: "b", day: 200)])
        #expect((first.floatDue, first.floatCarriedOut) == (0, 0))
        let other = try net(
            [("b", "a", 1)],
            model: .bilateral,
            carriedIn: [carry("b", -9, to: "a")]
        )
        #expect(other.lines.map(\.due) == [10])
        let payments = try other.payments(mode: .account).payments
        #expect(payments.map { [$0.payer, $0.payee] } == [["b", "a"]])
    }

    @Test func grossSetsNothingOff() throws {
        let netting = try net([("a", "b", 30), ("b", "a", 30), ("a", "c", -12)], model: .gross)
        let payments = try netting.payments(mode: .exact).payments
        #expect(
            payments.map { "\($0.payer)>\($0.payee) \($0.minorUnits)" } == [
                "a>b 30", "c>a 12", "b>a 30",
            ]
        )
        #expect(netting.figures.gross == 72)
        #expect(netting.figures.bilateral == 12)
    }

    @Test func whatIsRefused() throws {
        #expect(throws: SettlementError.ownDebt("a")) { try net([("a", "a", 1)]) }
        #expect(throws: SettlementError.range(debtor: "a", creditor: "b")) {
            try net([("a", "b", 1 << 60)])
        }
        #expect(throws: SettlementError.range(debtor: "a", creditor: "b")) {
            try net([("a", "b", .min)])
        }
        #expect(throws: SettlementError.duplicateParticipant("a")) {
            try net([], carriedIn: [carry("a", 1), carry("a", 2)])
        }
        #expect(throws: SettlementError.duplicateParticipant("a")) {
            try net(
                [],
                model: .bilateral,
                carriedIn: [carry("a", 1, to: "b"), carry("b", 2, to: "a")]
            )
        }
        #expect(throws: SettlementError.carryOfAnotherModel("a")) {
            try net([], carriedIn: [carry("a", 1, to: "b")])
        }
        #expect(throws: SettlementError.carryOfAnotherModel("a")) {
            try net([], model: .gross, carriedIn: [carry("a", 1)])
        }
        #expect(throws: SettlementError.range(debtor: "a", creditor: "all")) {
            try net([], carriedIn: [carry("a", .min)])
        }
        let euro = try #require(Currency("EUR"))
        let dollar = try #require(Currency("USD"))
        let debt = Obligation(debtor: "a", creditor: "b", currency: dollar, minorUnits: 1)
        #expect(throws: SettlementError.mixedCurrencies(euro, dollar)) {
            try Netting(model: .gross, currency: euro, obligations: [debt])
        }
    }

    @Test func theLargestAmountsSum() throws {
        let largest: Int128 = (1 << 60) - 1
        let debts = (0..<20).map { ("a", "b\($0)", largest) }
        let netting = try net(debts)
        #expect(netting.figures.gross == 20 * largest)
        #expect(netting.lines.first?.due == -20 * largest)
        #expect(try netting.payments(mode: .direct).payments.count == 20)
    }

    @Test func trueUpsAreOfTheSameDebts() throws {
        let euro = try #require(Currency("EUR"))
        func settled(_ agreement: String, _ amount: Int64) throws -> SettledDebt {
            try ExactDebt(
                agreement: agreement,
                debtor: "a",
                creditor: "b",
                currency: euro,
                amount: Quotient(amount),
                rounding: .halfEven,
                purpose: .fee
            )
            .settled(in: euro, by: .one)
        }
        let before = [try settled("y", 5), try settled("x", 1), try settled("x", 2)]
        let after = [try settled("x", 9), try settled("y", 4)]
        let list = try TrueUp.list(provisional: before, final: after)
        #expect(list.map(\.agreement) == ["x", "y"])
        #expect(list.map(\.minorUnits) == [6, -1])
        let missing = SettlementError.debtOnOneSheet(agreement: "y", debtor: "a", creditor: "b")
        let one = Array(after.prefix(1))
        #expect(throws: missing) { try TrueUp.list(provisional: before, final: one) }
        #expect(throws: missing) { try TrueUp.list(provisional: one, final: before) }
    }
}
