import Formats
import Foundation
import Money
import Settlement
import Signing
import Testing

/// The books of fixtures/reconciliation against the ledger's side: what was planted is found, with
/// its type, its cause and its line, and nothing else.
@Suite struct ReconciliationFixtureTests {
    private struct Terms: Decodable {
        struct Fault: Decodable {
            var type: String
            var line: UInt64
            var cause: String?
        }

        struct File: Decodable {
            var file: String
            var faults: [Fault]
        }

        struct Values: Decodable {
            var currency: String
            var cutDay: String
            var asOf: String
            var daysBefore: Int32
            var daysAfter: Int32
            var linkedMembers: [String]
        }

        var terms: Values
        var files: [File]
    }

    private struct Agreement: Decodable {
        var name: String
        var debtor: String
        var creditor: String
        var kind: String
        var source: String
        var target: String
        var rate: Rate
        var earlierRates: [Rate]
        var price: Rate
        var earlierPrices: [Rate]
        var currency: String
        var rounding: Rounding
        var feePayer: String?
        var feePayee: String?

        var facts: AgreementFacts {
            var facts = AgreementFacts(
                name: name,
                debtor: debtor,
                creditor: creditor,
                currency: currency
            )
            facts.rate = rate
            facts.earlierRates = earlierRates
            facts.price = price
            facts.earlierPrices = earlierPrices
            facts.pricedProgram = kind == "redeem" ? source : target
            facts.rounding = rounding
            facts.feePayer = feePayer
            facts.feePayee = feePayee
            return facts
        }
    }

    /// What an event states besides.
    private struct Detail: Decodable {
        var index: UInt64
        var item: UInt64
        var agreement: UInt16
        var amount: Int64
        var priced: Int64
        var batch: String
    }

    /// The rows of the ledger of some programs, with their details.
    private static func ledger(
        _ file: BookFixtureTests.Expected.File,
        _ names: [String]
    ) throws -> (table: BookTable, details: [LedgerDetail]) {
        var table = BookTable()
        table.files = [BookFile(name: "ledger", digest: "", rowCount: 0)]
        var details: [LedgerDetail] = []
        let lines = try BookFixtureTests.bytes("ledger.ndjson").split(separator: 0x0a)
        for (event, line) in zip(try BookFixtureTests.events(), lines) {
            let more = try JSONDecoder().decode(Detail.self, from: Data(line))
            let sides = [event.source, event.target]
            guard sides.contains(where: file.programs.contains) else { continue }
            for program in sides where names.contains(program) {
                let isSource = event.source == program
                table.rows.append(try row(event, more, program, isSource, &table))
                var detail = LedgerDetail()
                detail.agreement = more.agreement
                detail.base = isSource ? event.debit : event.base
                detail.bonus = isSource ? 0 : event.bonus
                detail.amount = isSource ? 0 : more.amount
                detail.priced = more.priced
                details.append(detail)
            }
        }
        return (table, details)
    }

    private static func row(
        _ event: BookFixtureTests.Event,
        _ more: Detail,
        _ program: String,
        _ isSource: Bool,
        _ table: inout BookTable
    ) throws -> BookRow {
        var row = BookRow()
        row.transfer = try #require(UUIDv7(event.transfer)).rawValue
        row.item = UInt16(event.item)
        row.event = event.event == "posting" ? .posting : .reversal
        let units = isSource ? -event.debit : event.base + event.bonus
        row.units = row.event == .posting ? units : -units
        let numbers = (table.number(of: program), table.number(of: event.currency))
        row.unit = try #require(numbers.0)
        row.currency = try #require(numbers.1)
        row.money = event.money
        row.fee = event.fee
        row.member = try #require(UInt128(base64URL: isSource ? event.member : event.to))
        row.day = Int32(try #require(CivilDate(event.day)).days)
        row.status = event.status == "pending" ? .pending : .posted
        row.window =
            event.window == "earlier" ? .earlier : event.window == "later" ? .later : .compared
        let reference = table.keep((isSource ? event.ref : event.otherRef).utf8)
        let otherReference = table.keep((isSource ? event.otherRef : event.ref).utf8)
        let batch = table.keep(more.batch.utf8)
        row.reference = try #require(reference)
        row.otherReference = try #require(otherReference)
        row.batch = try #require(batch)
        row.place = more.index * 256 + more.item
        return row
    }

    @Test("what was planted is found, and nothing else", arguments: BookFixtureTests.names)
    func finds(_ name: String) throws {
        let file = try #require(
            try BookFixtureTests.expected().files.first { $0.file == "books/\(name)" }
        )
        let expected = try JSONDecoder().decode(
            Terms.self,
            from: Data(try BookFixtureTests.bytes("expected.json"))
        )
        let agreements = try JSONDecoder().decode(
            [Agreement].self,
            from: Data(try BookFixtureTests.bytes("agreements.json"))
        )
        var terms = ReconciliationTerms(
            agreements: agreements.map(\.facts),
            currency: expected.terms.currency,
            cutDay: Int32(try #require(CivilDate(expected.terms.cutDay)).days)
        )
        terms.daysBefore = expected.terms.daysBefore
        terms.daysAfter = expected.terms.daysAfter
        terms.linkedMembers = try expected.terms.linkedMembers.map {
            try #require(UInt128(base64URL: $0))
        }
        let book = try BookFixtureTests.book(file).table
        let ledger = try Self.ledger(file, book.names)
        let result = try Reconciliation.run(
            ledger: ledger.table,
            details: ledger.details,
            partner: book,
            terms: terms,
            asOf: Int32(try #require(CivilDate(expected.terms.asOf)).days)
        )
        let found = result.breaks.map { item in
            let line =
                item.partnerRows.first.map { result.partner.rows[$0].place }
                ?? item.fault.map { UInt64(result.partner.faults[$0].line) } ?? 0
            return Self.text(item.type.rawValue, item.cause.rawValue, line)
        }
        let planted = try #require(expected.files.first { $0.file == file.file }).faults
            .map { Self.text($0.type, $0.cause ?? "unknown", $0.line) }
        #expect(Self.listed(found) == Self.listed(planted))
    }

    /// A break; where a balance does not add up the reader says, on whichever lines.
    private static func text(_ type: String, _ cause: String, _ line: UInt64) -> String {
        type == "balanceRoll" ? "\(type) \(cause)" : "\(type) \(cause) \(line)"
    }

    /// Breaks in order, those of balances once.
    private static func listed(_ breaks: [String]) -> [String] {
        let balances = Set(breaks.filter { $0.hasPrefix("balanceRoll") })
        return breaks.filter { !$0.hasPrefix("balanceRoll") }.sorted() + balances.sorted()
    }
}
