internal import Foundation
internal import Formats
internal import Ledger
internal import Money
internal import Settlement
internal import Signing

/// The payments of a settlement and the lines of bank files, as the bank check takes them (spec/27
/// §11).
struct BankSide {
    let record: SettlementRecord
    /// Accounts of participants, opened, as far as they are known.
    let accounts: [AccountOpening]

    /// The payments that are due: the legs of the settlement.
    var dues: [PaymentDue] {
        record.legs.filter { $0.amount > 0 }.map { leg in
            PaymentDue(
                endToEnd: NightPayments.endToEndID(record.id, leg).text,
                payer: leg.payer,
                payee: leg.payee,
                minorUnits: Int64(clamping: leg.amount),
                currency: record.id.currency.code,
                account: account(of: leg.payee),
                deadline: deadline
            )
        }
    }

    /// The last day on which a payment is in time; no day is while nothing is collected.
    private var deadline: Int32 {
        Int32(clamping: record.deadline?.date().days ?? Int(Int32.max))
    }

    private func account(of participant: String) -> String {
        accounts.last {
            $0.partner == participant && $0.currency == record.id.currency
        }?.iban.text ?? ""
    }

    /// The lines of a bank file of the settlement account.
    ///
    /// Money that moves against the way of its payment gives it back. A line that names no payment
    /// stays, as a payment to nobody; what is only pending is left out.
    func lines(of file: BankStatementFile) -> [BankLine] {
        var lines: [BankLine] = []
        for statement in file.statements {
            for entry in statement.entries where entry.status != "PDNG" {
                append(entry, statement, file, to: &lines)
            }
        }
        return lines
    }

    private func append(
        _ entry: BankStatement.Entry,
        _ statement: BankStatement,
        _ file: BankStatementFile,
        to lines: inout [BankLine]
    ) {
        let isCharge = entry.transactionCode.split(separator: "/").last == "CHRG"
        let day = entry.bookingDate ?? entry.valueDate
        func add(
            _ name: String,
            _ amount: Int128,
            _ currency: Currency,
            _ direction: BankStatement.Direction
        ) {
            guard amount > 0 else { return }
            let isGiveBack = isWayBack(name, direction) || entry.isReversal
            lines.append(
                BankLine(
                    isCharge ? .charge : isGiveBack ? .giveBack : .payment,
                    endToEnd: name,
                    account: direction == .credit ? statement.account : "",
                    minorUnits: Int64(clamping: amount),
                    currency: currency.code,
                    day: Int32(clamping: day?.days ?? 0),
                    code: entry.transactionCode,
                    digest: file.sha256.base64URL,
                    place: entry.line
                )
            )
        }
        guard !entry.details.isEmpty else {
            return add("", entry.amount, entry.currency, entry.direction)
        }
        for detail in entry.details {
            let amount = detail.amount ?? (entry.details.count == 1 ? entry.amount : 0)
            add(detail.endToEndID, amount, detail.currency ?? entry.currency, detail.direction)
        }
    }

    /// Whether money of a payment moves against its way, seen from the settlement account.
    private func isWayBack(_ name: String, _ direction: BankStatement.Direction) -> Bool {
        guard let due = dues.first(where: { $0.endToEnd == name }) else { return false }
        return (direction == .credit) == due.payer.contains("/")
    }

    /// Ledger, statements and bank side by side.
    ///
    /// The ledger says what each participant gets less what it pays; the statements are those that
    /// were sent; the bank is what it moved.
    func threeWays(_ check: BankCheck, statements: [PaymentPlan.Due]) -> ThreeWayCheck {
        var bank: [PaymentPlan.Due] = []
        for (due, outcome) in zip(check.dues, check.outcomes) {
            bank.append(
                PaymentPlan.Due(participant: due.payer, minorUnits: -Int128(outcome.received))
            )
            bank.append(
                PaymentPlan.Due(participant: due.payee, minorUnits: Int128(outcome.received))
            )
        }
        let ledger = record.result.participants.map {
            PaymentPlan.Due(participant: $0.name, minorUnits: $0.due)
        }
        return ThreeWayCheck(
            ledger: ledger,
            statements: statements,
            bank: bank.filter { !$0.participant.contains("/") }
        )
    }
}
