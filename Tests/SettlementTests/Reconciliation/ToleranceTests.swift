import Money
import Settlement
import TestSupport
import Testing

/// What tolerances close, what it costs of the budget, and who pays.
@Suite struct ToleranceTests {
    typealias Entry = BookBuilder.Entry

    private static func tolerance(
        _ change: (inout MoneyTolerance) -> Void = { _ in }
    ) throws
        -> MoneyTolerance
    {
        var tolerance = MoneyTolerance(
            currency: "EUR",
            absoluteAbove: 5,
            absoluteBelow: 3,
            percent: try #require(Fraction(numerator: 1, denominator: 100)),
            dailyBudget: 1_000
        )
        change(&tolerance)
        return tolerance
    }

    /// Rows that differ in money by these amounts, under a tolerance.
    private func result(
        _ differences: [Int64],
        _ tolerance: MoneyTolerance,
        change: (inout Entry) -> Void = { _ in }
    ) throws -> Reconciliation {
        var ledger = BookBuilder("ledger")
        var partner = BookBuilder("partner.csv", digest: "digest")
        for (number, difference) in differences.enumerated() {
            var entry = BreakTableTests.posting
            entry.transfer = UInt128(number + 1)
            change(&entry)
            ledger.add(entry)
            entry.money = entry.money.map { $0 + difference }
            partner.add(entry)
        }
        var terms = ReconciliationTerms(
            agreements: [PlantedBooks.agreement],
            currency: "EUR",
            cutDay: 100
        )
        terms.tolerances = [tolerance]
        return try Reconciliation.run(
            ledger: ledger.table,
            details: Array(repeating: BreakTableTests.detail, count: differences.count),
            partner: partner.table,
            terms: terms,
            asOf: 101
        )
    }

    private func closed(_ result: Reconciliation) -> [Bool] {
        result.breaks.map { !$0.isOpen }
    }

    @Test func limitsCountAboveAndBelow() throws {
        let result = try result([5, 6, -3, -4], try Self.tolerance())
        #expect(closed(result) == [true, false, true, false])
        #expect(result.metrics.openBreaks == 2)
        #expect(result.metrics.automaticRows.part == 4)
    }

    @Test func whoStatesMoreIsFollowed() throws {
        let result = try result([4, -2], try Self.tolerance())
        let payments = result.adjustments.map { "\($0.payer) \($0.payee) \($0.minorUnits)" }
        #expect(payments == ["nordwind harbour 2", "harbour nordwind 4"])
        #expect(result.adjustments.map(\.currency) == ["EUR", "EUR"])
        #expect(result.breaks.map(\.adjustment) == [1, 0])
    }

    @Test func reversalsArePaidTheOtherWay() throws {
        let result = try result([4], try Self.tolerance()) {
            $0.event = .reversal
            $0.units = -$0.units
        }
        #expect(result.adjustments.map(\.payer) == ["nordwind"])
    }

    @Test func percentIsOfWhatTheLedgerSays() throws {
        let narrow = try Self.tolerance {
            $0.percent = Fraction(numerator: 1, denominator: 400) ?? $0.percent
        }
        // A four-hundredth of 12.07 EUR is 3 cents.
        #expect(closed(try result([3, 4], narrow)) == [true, false])
    }

    @Test func theBudgetGoesToSmallResidualsFirst() throws {
        let narrow = try Self.tolerance { $0.dailyBudget = 6 }
        #expect(closed(try result([4, 2, 3, 1], narrow)) == [false, true, true, true])
        let spent = try Self.tolerance {
            $0.dailyBudget = 6
            $0.spent = 4
        }
        #expect(closed(try result([4, 2, 3, 1], spent)) == [false, false, false, true])
    }

    @Test func theWriteOffLimitIsOfTheResidual() throws {
        let limited = try Self.tolerance { $0.writeOffLimit = 2 }
        #expect(closed(try result([2, 3], limited)) == [true, false])
    }

    @Test func differencesThatCancelOutStillCount() throws {
        var ledger = BookBuilder("ledger")
        var partner = BookBuilder("partner.csv", digest: "digest")
        var entry = BreakTableTests.posting
        ledger.add(entry)
        entry.money = entry.money.map { $0 + 3 }
        entry.fee = entry.fee.map { $0 - 3 }
        partner.add(entry)
        var terms = ReconciliationTerms(
            agreements: [PlantedBooks.agreement],
            currency: "EUR",
            cutDay: 100
        )
        for limit: Int64 in [5, 6] {
            terms.tolerances = [try Self.tolerance { $0.writeOffLimit = limit }]
            let result = try Reconciliation.run(
                ledger: ledger.table,
                details: [BreakTableTests.detail],
                partner: partner.table,
                terms: terms,
                asOf: 101
            )
            #expect(closed(result) == [limit == 6, limit == 6])
            #expect(result.adjustments.map(\.isFee) == (limit == 6 ? [false, true] : []))
            #expect(result.adjustments.allSatisfy { $0.residual == 6 })
        }
    }

    @Test func noToleranceOfAnotherCurrency() throws {
        let other = try Self.tolerance { $0.currency = "USD" }
        #expect(closed(try result([1], other)) == [false])
    }

    @Test func whatIsClosedNeverPassesTheBudget() throws {
        var random = RandomSource(seed: 5)
        for _ in 0..<300 {
            let differences = (0..<12).map { _ in random.number(-5...7) }
            let tolerance = try Self.tolerance { $0.dailyBudget = random.number(0...30) }
            let result = try result(differences, tolerance)
            let spent = result.adjustments.reduce(0) { $0 + $1.residual }
            #expect(spent <= tolerance.dailyBudget)
            let smallest = result.breaks.filter(\.isOpen).compactMap(\.valueAtRisk).min() ?? .max
            let within = result.breaks.filter(\.isOpen).contains { item in
                guard let value = item.valueAtRisk, value == smallest else { return false }
                let isAbove = result.difference(item) > 0
                return value <= (isAbove ? 5 : 3) && value <= tolerance.dailyBudget - spent
            }
            #expect(!within, "\(differences) leave \(tolerance.dailyBudget - spent)")
        }
    }
}

extension Reconciliation {
    /// By how much the partner states more money.
    fileprivate func difference(_ item: Break) -> Int64 {
        partner.rows[item.partnerRows[0]].money - ledger.rows[item.ledgerRows[0]].money
    }
}
