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
        #expect(first.entryReference == "1" && first.transactionCode == "PMNT/RCDT/ESCT")
        #expect(first.batches.isEmpty && statement.firstDay == nil && statement.lastDay == nil)
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
        #expect(statement.entries[0].batches.map(\.transactionCount) == [2])
        #expect(statement.entries[0].batches.map(\.paymentInformationID) == [""])
        #expect(statement.entries[1].batches.isEmpty && statement.entries[1].transactionCode == "")
    }

    /// Elements that stand in neither file: period, references, structured remittance, batch names.
    @Test func furtherElements() throws {
        let text = String(decoding: try Fixture.bytes("bank/camt053-v08.xml"), as: UTF8.self)
            .replacing(
                "<CreDtTm>2026-11-22T22:15:00Z</CreDtTm>\n      <Acct>",
                with: "<FrToDt><FrDtTm>2026-11-21T00:00:00Z</FrDtTm>"
                    + "<ToDtTm>2026-11-22T23:59:59Z</ToDtTm></FrToDt><Acct>"
            )
            .replacing(
                "<Refs><EndToEndId>A",
                with: "<Refs><InstrId>I-1</InstrId><TxId>T-1</TxId><EndToEndId>A"
            )
            .replacing(
                "<Ustrd>Kontor settlement</Ustrd>",
                with: "<Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd>"
            )
            .replacing(
                "<NtryDtls><TxDtls>\n",
                with: "<NtryDtls><Btch><MsgId>M</MsgId><PmtInfId>P</PmtInfId>"
                    + "<NbOfTxs>1</NbOfTxs></Btch><TxDtls>\n"
            )
            .replacing("<Domn><Cd>PMNT</Cd>", with: "<Prtry><Cd>NTRF</Cd></Prtry><Dom><Cd/>")
            .replacing("</Fmly></Domn>", with: "</Fmly></Dom>")
        let file = try BankStatementFile(parsing: Array(text.utf8))
        let statement = try #require(file.statements.first)
        #expect(statement.firstDay?.description == "2026-11-21")
        #expect(statement.lastDay?.description == "2026-11-22")
        let entry = try #require(statement.entries.first)
        #expect(entry.transactionCode == "NTRF")
        let batch = try #require(entry.batches.first)
        #expect(batch.messageID == "M" && batch.paymentInformationID == "P")
        #expect(batch.transactionCount == 1)
        let detail = try #require(entry.details.first)
        #expect(detail.instructionID == "I-1" && detail.transactionID == "T-1")
        #expect(detail.creditorReference == "RF18539007547034")
        #expect(detail.remittance == "night 7 & 8")
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
        (
            "<NtryDtls><TxDtls>", "<NtryDtls><Btch><NbOfTxs>a</NbOfTxs></Btch><TxDtls>",
            .elementValue, 21
        ),
        (
            "<CreDtTm>2026-11-22T22:15:00Z</CreDtTm>\n      <Acct>",
            "<FrToDt><FrDtTm>x</FrDtTm></FrToDt>\n<Acct>", .date, 8
        ),
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
