import Foundation
import Formats
import KontorEngine
import Ledger
import Money
import Settlement
import Signing
import Testing

@testable import KontorCLI

/// Files camt.053 that a bank might write, and what becomes of them.
extension NightWorld {
    /// An entry of a bank statement.
    struct BankEntry {
        var endToEnd: String
        var amount: Int128
        var currency = "EUR"
        var isCredit = true
        var reference = ""
    }

    /// What legs of a settlement should bring, each in full, as their bank would state them.
    func legs(of id: String) throws -> [BankEntry] {
        let record = try record(id)
        let isPayout = record.state == .committed
        return record.legs.filter { $0.isPayout == isPayout }.map { leg in
            BankEntry(
                endToEnd: NightPayments.endToEndID(record.id, leg).text,
                amount: leg.amount,
                currency: record.id.currency.code,
                isCredit: !isPayout
            )
        }
    }

    func camt(_ entries: [BankEntry]) -> [UInt8] {
        let day = clock.now().date()
        let body = entries.map { entry in
            let cents = String(entry.amount % 100)
            let amount = "\(entry.amount / 100).\(cents.count == 1 ? "0" : "")\(cents)"
            let reference =
                entry.reference.isEmpty ? "" : "<AcctSvcrRef>\(entry.reference)</AcctSvcrRef>"
            return """
                <Ntry><Amt Ccy="\(entry.currency)">\(amount)</Amt>\
                <CdtDbtInd>\(entry.isCredit ? "CRDT" : "DBIT")</CdtDbtInd>\
                <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>\(day)</Dt></BookgDt>\(reference)\
                <NtryDtls><TxDtls><Refs><EndToEndId>\(entry.endToEnd)</EndToEndId></Refs>\
                </TxDtls></NtryDtls></Ntry>

                """
        }
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
            <GrpHdr><MsgId>M</MsgId><CreDtTm>\(clock.now())</CreDtTm></GrpHdr><Stmt><Id>S</Id>
            <Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>
            \(body.joined())</Stmt></BkToCstmrStmt></Document>
            """
        return Array(text.utf8)
    }

    /// `settle pay --bank`: enters what fits, and returns what is left over and what came before.
    @discardableResult
    func pay(_ bytes: [UInt8]) throws -> (leftovers: [String], repeated: Int) {
        let payments = payments
        let match = try payments.match(try BankStatementFile(parsing: bytes), name: "bank.xml")
        for movement in match.movements { try payments.enter(movement) }
        return (match.leftovers.map(\.reason), match.repeated.count)
    }

    /// Lets the bank state all legs of a settlement that are due now.
    func payAll(_ id: String) throws {
        let left = try pay(camt(try legs(of: id))).leftovers
        #expect(left.isEmpty)
    }

    /// `settle pay` by hand.
    func payByHand(
        _ id: String,
        _ payer: String,
        _ payee: String,
        _ amount: Int128,
        _ note: String
    )
        throws -> NightDesk.Outcome
    {
        let payments = payments
        var movement = NightPayments.Movement(
            settlement: try #require(SettlementID(id)),
            payer: payer,
            payee: payee,
            amount: amount,
            evidence: DigestBuilder.digest(Array(note.utf8))
        )
        movement.id = try payments.idByHand(movement)
        return try payments.enter(movement)
    }

    /// Carries a settlement that was advised to its end.
    func finish(_ id: String, _ window: Int64 = 1) throws {
        try nextDay(window)
        try payAll(id)
        try run()
        try payAll(id)
        try run()
    }
}
