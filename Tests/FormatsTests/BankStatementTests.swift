import Formats
import Money
import Signing
import Testing

/// Bank files camt.053 and camt.054.
@Suite struct BankStatementTests {
    @Test func newerShape() throws {
        let file = try BankStatementFile(parsing: Fixture.bytes("bank/camt053-v08.xml"))
        #expect(file.messageID == "STMT-2026-11-22" && file.statements.count == 1)
        let statement = try #require(file.statements.first)
        #expect(statement.kind == .statement && statement.id == "2026-326")
        #expect(statement.sequenceNumber == 326 && statement.currency?.code == "EUR")
        #expect(statement.account == "DE89370400440532013000")
        #expect(statement.balances.map(\.code) == ["OPBD", "CLBD"])
        #expect(statement.balances.map(\.amount) == [0, 203_922])
        #expect(statement.balances.map(\.date.description) == ["2026-11-22", "2026-11-22"])
        #expect(statement.entries.map(\.signedAmount) == [1_296_254, -1_092_332])
        let first = try #require(statement.entries.first)
        #expect(first.status == "BOOK" && first.reference == "K26326A0001" && !first.isReversal)
        #expect(first.bookingDate?.description == "2026-11-22" && first.line == 12)
        #expect(first.details.map(\.endToEndID) == [String(repeating: "A", count: 26)])
        #expect(first.details.map(\.amount) == [1_296_254])
        #expect(first.details.map(\.remittance) == ["Kontor settlement night 7 & 8"])
        let second = try #require(statement.entries.last)
        #expect(second.bookingDate?.description == "2026-11-22" && second.valueDate == nil)
        #expect(second.details.map(\.amount) == [nil])
        #expect(second.details.map(\.direction) == [.debit])
    }

    @Test func olderShape() throws {
        let file = try BankStatementFile(parsing: Fixture.bytes("bank/camt053-v02.xml"))
        let statement = try #require(file.statements.first)
        #expect(statement.account == "0001-4711" && statement.currency == nil)
        #expect(statement.entries.map(\.signedAmount) == [-1_500, 500])
        #expect(statement.entries.map(\.isReversal) == [false, true])
        #expect(statement.entries[0].details.map(\.endToEndID) == ["E-1", "E-2"])
        #expect(statement.entries[0].details.map(\.amount) == [1_000, 500])
        #expect(statement.entries[0].valueDate?.description == "2026-11-21")
    }

    @Test func notification() throws {
        let file = try BankStatementFile(parsing: Fixture.bytes("bank/camt054-v08.xml"))
        let statement = try #require(file.statements.first)
        #expect(statement.kind == .notification && statement.balances.isEmpty)
        #expect(statement.entries.map(\.amount) == [1])
        #expect(statement.entries.map(\.status) == ["PDNG"])
    }

    static let faults: [(from: String, to: String, code: FormatError.Code, line: Int?)] = [
        ("<Document", "<Dokument", .elementUnexpected, 1),
        ("BkToCstmrStmt", "BkToCstmrAcctRpt", .elementUnexpected, 3),
        ("<Id>2026-326</Id>", "", .elementMissing, 5),
        ("<IBAN>DE89370400440532013000</IBAN>", "", .elementMissing, 5),
        ("<ElctrncSeqNb>326", "<ElctrncSeqNb>-3", .elementValue, 7),
        ("<Ccy>EUR</Ccy>", "<Ccy>Euro</Ccy>", .currency, 9),
        ("<Cd>OPBD</Cd>", "", .elementMissing, 10),
        ("12962.54</Amt>", "12962,54</Amt>", .amount, 14),
        ("12962.54</Amt>", "-12962.54</Amt>", .amount, 14),
        ("12962.54</Amt>", "1.3e4</Amt>", .amount, 14),
        ("12962.54</Amt>", "12345678901234567.89</Amt>", .amount, 14),
        ("12962.54</Amt>", "12962.541</Amt>", .amountDigits, 14),
        ("<Amt Ccy=\"EUR\">12962.54", "<Amt>12962.54", .currency, 14),
        ("<Amt Ccy=\"EUR\">12962.54", "<Amt Ccy=\"EURO\">12962.54", .currency, 14),
        ("<Amt Ccy=\"EUR\">12962.54</Amt>", "", .elementMissing, 12),
        ("<Sts><Cd>BOOK</Cd></Sts>", "", .elementMissing, 12),
        ("CRDT</CdtDbtInd>\n        <Sts>", "CR</CdtDbtInd>\n        <Sts>", .elementValue, 15),
        ("<CdtDbtInd>DBIT</CdtDbtInd>", "", .elementMissing, 28),
        ("<NtryRef>1</NtryRef>", "<RvslInd>no</RvslInd>", .elementValue, 13),
        ("<BookgDt><Dt>2026-11-22<", "<BookgDt><Dt>22.11.2026<", .date, 17),
        ("<BookgDt><Dt>2026-11-22<", "<BookgDt><Dt>2026-11-22x<", .date, 17),
        ("</Document>", "</Document><x/>", .xmlSyntax, nil),
        ("<BkToCstmrStmt>", "<BkToCstmrStmt></BkToCstmrStmt><BkToCstmrStmt>", .elementMissing, 3),
        ("&amp;", "&file;", .xmlEntity, nil),
    ]

    @Test("a fault has its code and line", arguments: faults)
    func fault(_ from: String, _ to: String, _ code: FormatError.Code, _ line: Int?) throws {
        let text = String(decoding: try Fixture.bytes("bank/camt053-v08.xml"), as: UTF8.self)
        let file: String
        if from == "BkToCstmrStmt" {
            file = text.replacing(from, with: to)
        } else {
            let range = try #require(text.firstRange(of: from), "\(from)")
            file = text.replacingCharacters(in: range, with: to)
        }
        Fixture.expect(code, line, nil, "\(from) -> \(to)") { () throws(FormatError) in
            _ = try BankStatementFile(parsing: Array(file.utf8))
        }
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}
