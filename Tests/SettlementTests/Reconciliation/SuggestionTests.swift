import Money
import Settlement
import TestSupport
import Testing

/// What only looks alike is suggested and never matched, and no data makes matching slow.
@Suite struct SuggestionTests {
    typealias Entry = BookBuilder.Entry

    private func result(
        _ ledger: [Entry],
        _ partner: [Entry],
        passes: [MatchPass] = MatchPass.allCases
    ) throws -> Reconciliation {
        var left = BookBuilder("ledger")
        var right = BookBuilder("partner.csv", digest: "digest")
        for entry in ledger { left.add(entry) }
        for entry in partner { right.add(entry) }
        var terms = ReconciliationTerms(agreements: [], currency: "EUR", cutDay: 100)
        terms.passes = passes
        return try Reconciliation.run(
            ledger: left.table,
            details: Array(repeating: LedgerDetail(), count: ledger.count),
            partner: right.table,
            terms: terms,
            asOf: 100
        )
    }

    private func texts(_ result: Reconciliation) -> [String] {
        result.suggestions.map {
            "\($0.reason.rawValue) \($0.ledgerRows) \($0.partnerRows) \($0.distance)"
        }
    }

    @Test func referencesThatPeopleWriteDifferently() throws {
        let result = try result(
            [Entry(transfer: 1, units: 5, reference: "inv-0071/a")],
            [Entry(units: 6, reference: "00INV 0071 A")]
        )
        #expect(texts(result) == ["sameText [0] [0] 0"])
        #expect(result.matches.isEmpty)
        #expect(result.breaks.map(\.suggestions) == [[0], [0]])
    }

    @Test func aReferenceWithOneLetterWrong() throws {
        let result = try result(
            [Entry(transfer: 1, units: 5, reference: "ORDER71")],
            [Entry(units: 5, reference: "ODRER71"), Entry(units: 6, reference: "ORDER72")]
        )
        #expect(texts(result) == ["similarText [0] [0] 1"])
    }

    @Test func theNearestMustBeOne() throws {
        let result = try result(
            [Entry(transfer: 1, units: 5, reference: "ORDER71")],
            [Entry(units: 5, reference: "ORDER72"), Entry(units: 5, reference: "ORDER73")]
        )
        #expect(texts(result).isEmpty)
    }

    @Test func anotherTransferIsNeverMatched() throws {
        let result = try result(
            [Entry(transfer: 1, units: 5, member: 3, reference: "R1", otherReference: "S1")],
            [Entry(transfer: 2, units: 5, member: 3, reference: "R1", otherReference: "S1")]
        )
        #expect(result.matches.isEmpty)
        #expect(texts(result) == ["otherTransfer [0] [0] 0"])
    }

    @Test func severalSums() throws {
        let parts = [2, 3, 4, 5].map { Entry(transfer: $0, units: Int64($0), member: 3) }
        let result = try result(parts, [Entry(units: 7, member: 3)])
        #expect(result.matches.isEmpty)
        #expect(texts(result) == ["severalSums [0, 1, 2, 3] [0] 0"])
        let only = try self.result(parts, [Entry(units: 14, member: 3)])
        #expect(only.matches.map(\.ledgerRows) == [[0, 1, 2, 3]])
    }

    @Test func aBatchThatDoesNotBalance() throws {
        let parts = [2, 3].map { Entry(transfer: $0, units: Int64($0), batch: "B") }
        let result = try result(parts, [Entry(units: 6, batch: "B")])
        #expect(result.matches.isEmpty)
        #expect(texts(result) == ["batchDiffers [0, 1] [0] 0"])
    }

    @Test func moreThanTwelveRowsAreNotSummed() throws {
        let parts = (1...13).map { Entry(transfer: UInt128($0), units: 1 << Int64($0), member: 3) }
        let sum = Entry(units: (1 << 14) - 2, member: 3)
        #expect(try result(parts, [sum]).matches.isEmpty)
        let fewer = Array(parts.dropLast())
        #expect(try result(fewer, [Entry(units: (1 << 13) - 2, member: 3)]).matches.count == 1)
    }

    @Test func passesThatAreNotWantedAreNotTried() throws {
        let left = [Entry(transfer: 1, units: 5, reference: "R1")]
        let right = [Entry(units: 5, reference: "R1")]
        #expect(try result(left, right).matches.map(\.pass) == [.oneReference])
        #expect(try result(left, right, passes: [.transferName, .member]).matches.isEmpty)
    }

    @Test func manyRowsOfOneItem() throws {
        let left = (1...20).map { Entry(transfer: 1, event: .reversal, units: Int64($0)) }
        let right = left.reversed() + [left[0]]
        let result = try result(left, right)
        #expect(result.matches.count == 20)
        #expect(result.breaks.map(\.type) == [.duplicate])
    }

    @Test func whatIsWrongWithTheInputIsSaid() throws {
        var book = BookBuilder("ledger")
        book.add(Entry(transfer: 1, units: 1))
        let terms = ReconciliationTerms(agreements: [], currency: "EUR", cutDay: 1)
        #expect(throws: SettlementError.detailsDoNotFit(rows: 1, details: 0)) {
            try Reconciliation.run(
                ledger: book.table,
                details: [],
                partner: BookTable(),
                terms: terms,
                asOf: 1
            )
        }
        var detail = LedgerDetail()
        detail.agreement = 3
        #expect(throws: SettlementError.unknownAgreement(number: 3)) {
            try Reconciliation.run(
                ledger: book.table,
                details: [detail],
                partner: BookTable(),
                terms: terms,
                asOf: 1
            )
        }
        var broken = book.table
        broken.rows[0].reference = TextSpan(start: 4, count: 9)
        #expect(throws: SettlementError.rowOutOfBook(place: 1)) {
            try Reconciliation.run(
                ledger: BookTable(),
                details: [],
                partner: broken,
                terms: terms,
                asOf: 1
            )
        }
    }

    @Test func theLargestFiguresDoNoHarm() throws {
        var random = RandomSource(seed: 8)
        func entry(_ random: inout RandomSource) -> Entry {
            let figures: [Int64] = [.max, .min, .min + 1, 1, -1, 0]
            var entry = Entry(transfer: UInt128(random.number(0...2)))
            entry.units = random.pick(figures) ?? 0
            entry.money = random.pick([0, 1, .max, nil]) ?? nil
            entry.fee = random.pick([0, 1, .max, nil]) ?? nil
            entry.day = random.pick([.max, .min + 1, 0, nil]) ?? nil
            entry.member = UInt128(random.number(0...1))
            entry.batch = random.pick(["", "b"]) ?? ""
            entry.reference = random.pick(["", "reference"]) ?? ""
            return entry
        }
        for _ in 0..<500 {
            let left = (0..<4).map { _ in entry(&random) }
            let right = (0..<4).map { _ in entry(&random) }
            let result = try result(left, right)
            #expect(!result.text.isEmpty)
        }
    }

    @Test func valuesAtRiskAreInTheSettlementCurrency() throws {
        var left = BookBuilder("ledger")
        left.add(Entry(transfer: 1, units: 5, currency: "USD", money: 200, day: 70))
        left.add(Entry(transfer: 2, units: 5, currency: "CHF", money: 200, day: 96))
        var terms = ReconciliationTerms(agreements: [], currency: "EUR", cutDay: 100)
        terms.quotes = [
            ReconciliationTerms.Quote(currency: "USD", rate: try #require(.init(9, 10)))
        ]
        let result = try Reconciliation.run(
            ledger: left.table,
            details: [LedgerDetail(), LedgerDetail()],
            partner: BookTable(),
            terms: terms,
            asOf: 101
        )
        #expect(result.breaks.map(\.valueAtRisk) == [180, nil])
        #expect(result.breaks.map(\.age) == [.over30, .upTo7])
        #expect(result.breaks.map(\.isOverdue) == [true, true])
        #expect(result.metrics.ages.map(\.breaks) == [0, 0, 1, 0, 1])
    }

    /// No data makes it slow: 4,000 rows that are all alike took minutes if it compared all pairs.
    @Test func rowsThatAreAllAlike() throws {
        let left = (1...4_000).map { Entry(transfer: UInt128($0), units: 5, member: 3) }
        let right = (1...4_000).map { _ in Entry(units: 5, member: 3) }
        #expect(try result(left, right).matches.count == 4_000)
        let other = right.enumerated().map { place, entry in
            var entry = entry
            entry.account = "\(place)"
            return entry
        }
        let result = try result(left, other)
        #expect(result.breaks.map(\.type) == [.ambiguous])
        #expect(result.breaks[0].ledgerRows.count == 4_000)
    }
}
