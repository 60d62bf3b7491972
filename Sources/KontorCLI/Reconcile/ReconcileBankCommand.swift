internal import ArgumentParser
internal import Foundation
internal import Formats
internal import KontorStorage
internal import Ledger
internal import Money
internal import Settlement
internal import Signing

/// `kontor reconcile bank`: ledger, statements and bank side by side for one settlement.
struct ReconcileBankCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bank",
        abstract: "Compare a settlement with the statements that were sent and the bank's files.",
        discussion: """
            Payments are found in the bank's files by their EndToEndId alone; parts and late money \
            add up, what came back is taken off. With --statements, the nets that partners were \
            told are compared too. With --float, the closing balance of the last file must be cover \
            and carry of all participants, what was collected and not paid out, and that float.

            Exit status: 0 all agrees, 1 something is to explain, 2 wrong usage.

            Example: kontor reconcile bank --data ledger \
            --settlement network/1/multilateral/EUR/1 --bank camt053.xml \
            --statements night/network/1/multilateral-EUR-1.0
            """
    )

    @Option(help: "The ledger's data directory.") var data: String
    @Option(help: "The settlement, as kontor settle status names it.") var settlement: String
    @Option(help: "A camt.053 or camt.054 file of the settlement account; repeat for more.")
    var bank: [String] = []
    @Option(help: "The directory with the statements that were sent.") var statements: String?
    @Option(help: "A file of payee accounts, opened, one JSON object a line.")
    var accounts: String?
    @Option(help: "What the operator keeps on the account of its own: 2500.00.")
    var float: String?
    @Option(name: .customLong("as-of"), help: "The day of the check; today's if absent.")
    var asOf: String?
    @Flag(help: "Print one JSON object.") var json = false

    func validate() throws {
        guard SettlementID(settlement) != nil else {
            throw ValidationError(
                "--settlement \(settlement) is not written as network/1/multilateral/EUR/1"
            )
        }
        guard !bank.isEmpty else { throw ValidationError("name the bank's files by --bank") }
        if let asOf, CivilDate(asOf) == nil {
            throw ValidationError("--as-of \(asOf) is not written as 2026-06-11")
        }
    }

    func run() throws {
        let outcome = try check()
        Console.print(json ? String(decoding: outcome.json.text, as: UTF8.self) : outcome.text)
        guard outcome.agrees else { throw ExitCode(1) }
    }

    /// Compares the three.
    func check() throws -> BankOutcome {
        let store = try DataDirectory(path: data).openStore()
        defer { try? store.close() }
        let book = try LedgerReader(store: store).book()
        guard let id = SettlementID(settlement), let record = book.settlement(id) else {
            throw CommandError(
                "the ledger has no settlement \(settlement); `kontor settle status` lists them"
            )
        }
        let side = BankSide(record: record, accounts: try accounts.map(AccountOpening.read) ?? [])
        let files = try bank.map(read)
        let day = asOf.flatMap { CivilDate($0) } ?? Self.today
        let result: BankCheck
        do {
            result = try BankCheck(
                dues: side.dues,
                lines: files.flatMap { side.lines(of: $0) },
                asOf: Int32(clamping: day.days)
            )
        } catch {
            throw CommandError("the bank's files cannot be compared: \(error.description)")
        }
        let sent = try statements.map { try readStatements($0, record) }
        return BankOutcome(
            id: id,
            check: result,
            threeWays: side.threeWays(result, statements: sent ?? side.told),
            hasStatements: sent != nil,
            identity: try identity(files, book, id.currency),
            names: zip(files, bank).map { ($0.sha256.base64URL, $1) }
        )
    }

    private static var today: CivilDate {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)).date()
    }

    private func read(_ path: String) throws -> BankStatementFile {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandError("\(path): there is no such file, or it may not be read")
        }
        do { return try BankStatementFile(parsing: [UInt8](data)) } catch {
            throw CommandError("\(path): \(error.description); nothing was compared")
        }
    }

    /// The nets that the statements of a settlement state.
    private func readStatements(
        _ directory: String,
        _ record: SettlementRecord
    ) throws -> [PaymentPlan.Due] {
        var nets: [PaymentPlan.Due] = []
        for participant in record.result.participants.map(\.name) {
            let path = "\(directory)/\(participant).json"
            guard let data = FileManager.default.contents(atPath: path) else { continue }
            let statement: PartnerStatement
            do { statement = try PartnerStatement(parsing: [UInt8](data)) } catch {
                throw CommandError("\(path): \(error.description)")
            }
            guard statement.settlement == record.id.description else {
                throw CommandError("\(path): it is of settlement \(statement.settlement)")
            }
            nets.append(PaymentPlan.Due(participant: participant, minorUnits: statement.due))
        }
        return nets
    }

    /// What the account should have, if the operator's float is named.
    private func identity(
        _ files: [BankStatementFile],
        _ book: Book,
        _ currency: Currency
    ) throws -> BalanceIdentity? {
        guard let float else { return nil }
        guard let decimal = PlainDecimal(float.utf8), let own = decimal.units(scale: currency.scale)
        else {
            throw CommandError("--float \(float) is no amount of \(currency); write it as 2500.00")
        }
        let balances = files.flatMap(\.statements).flatMap(\.balances)
        guard
            let closing = balances.last(where: { $0.code == "CLBD" && $0.currency == currency })
        else {
            throw CommandError("no file has a closing balance (CLBD) in \(currency)")
        }
        let legs = book.settlements.filter { $0.id.currency == currency }.flatMap(\.legs)
        return BalanceIdentity(
            closingBalance: closing.direction == .credit ? closing.amount : -closing.amount,
            cover: book.coverTotal(in: currency),
            undistributed: legs.reduce(0) { sum, leg in
                if leg.isPayout { return sum - leg.paid }
                return leg.payee.contains("/") ? sum + leg.paid : sum
            },
            carry: book.carries.reduce(0) { sum, carry in
                carry.currency == currency && carry.model == .multilateral
                    ? sum + carry.amount : sum
            },
            float: own
        )
    }
}

extension BankSide {
    /// The nets as the ledger has them in its statements, where no files of these are given.
    var told: [PaymentPlan.Due] {
        record.result.participants.map { PaymentPlan.Due(participant: $0.name, minorUnits: $0.due) }
    }
}
