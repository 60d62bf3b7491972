internal import ArgumentParser
internal import Foundation
internal import Formats
internal import Ledger
internal import Money
internal import Signing

/// `kontor settle pay`: enters money that moved.
struct PayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pay",
        abstract: "Enter payments: from the bank's statement, or one by hand.",
        discussion: """
            With --bank, entries of a camt.053 or camt.054 file are matched to open payments by \
            their EndToEndId; nothing is guessed, and what fits no open payment is named and makes \
            the exit status 1; the rest is entered. A file that comes twice, and an entry that \
            another file has as well, is entered once. By hand, --settlement, --payer, --payee and \
            --amount (in minor units) name one payment, and --evidence the document that shows it.

            Example: kontor settle pay --data ledger --partner ops --key ops.jwk --bank camt053.xml
            """
    )

    @OptionGroup var options: NightOptions
    @Option(help: "A camt.053 or camt.054 file; repeat for more.") var bank: [String] = []
    @Option(help: "The settlement, such as target/12/multilateral/EUR/1.") var settlement: String?
    @Option(help: "Who paid: a partner, operator/settlement or operator/float.") var payer: String?
    @Option(help: "Who was paid.") var payee: String?
    @Option(help: "Minor units.") var amount: Int64?
    @Option(help: "The document that shows it; its SHA-256 is entered.") var evidence: String?
    @Flag(help: "Print JSON objects, one a payment.") var json = false

    func validate() throws {
        let byHand = [settlement, payer, payee, evidence].compactMap { $0 }.count
        guard bank.isEmpty ? byHand == 4 && amount != nil : byHand == 0 && amount == nil else {
            throw ValidationError(
                "name a --bank file, or --settlement, --payer, --payee, --amount and --evidence"
            )
        }
    }

    func run() throws {
        let leftovers = try options.withDesk { desk in
            let payments = NightPayments(desk: desk, accounts: try options.readAccounts())
            if bank.isEmpty {
                var movement = try readMovement()
                movement.id = try payments.idByHand(movement)
                try enter([movement], payments)
                return [NightPayments.Leftover]()
            }
            var all: [NightPayments.Leftover] = []
            for path in bank {
                let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
                let file: BankStatementFile
                do { file = try BankStatementFile(parsing: bytes) } catch {
                    throw CommandError("\(path): \(error)")
                }
                let match = try payments.match(file, name: path)
                for known in match.repeated {
                    Console.complain("\(known.place): entered before, \(known.reason)")
                }
                try enter(match.movements, payments)
                all += match.leftovers
            }
            return all
        }
        for leftover in leftovers { Console.complain("\(leftover.place): \(leftover.reason)") }
        guard leftovers.isEmpty else { throw ExitCode(1) }
    }

    private func readMovement() throws -> NightPayments.Movement {
        guard let settlement, let id = SettlementID(settlement), let payer, let payee,
            let amount, amount > 0, let evidence
        else {
            throw ValidationError(
                "--settlement is <calendar>/<window>/<model>/<currency>/<attempt>, --amount at least 1"
            )
        }
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: evidence)))
        return NightPayments.Movement(
            settlement: id,
            payer: payer,
            payee: payee,
            amount: Int128(amount),
            evidence: DigestBuilder.digest(bytes)
        )
    }

    private func enter(_ movements: [NightPayments.Movement], _ payments: NightPayments) throws {
        for movement in movements {
            let outcome = try payments.enter(movement)
            guard case .done(let entry) = outcome else { continue }
            let currency = movement.settlement.currency
            if json {
                let value: JSONValue = [
                    "entry": .integer(Int64(entry)),
                    "settlement": .string(movement.settlement.description),
                    "payer": .string(movement.payer), "payee": .string(movement.payee),
                    "amount": .integer(Int64(clamping: movement.amount)),
                ]
                Console.print(value.text)
            } else {
                Console.print(
                    "entry \(entry)  \(movement.payer) paid \(movement.payee) "
                        + "\(currency.format(minorUnits: movement.amount)) \(currency) "
                        + "for \(movement.settlement)"
                )
            }
        }
    }
}
