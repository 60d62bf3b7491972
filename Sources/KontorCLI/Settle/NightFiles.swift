internal import Foundation
internal import Formats
internal import KontorAudit
internal import KontorEngine
internal import Ledger
internal import Money
internal import Settlement
internal import Signing
internal import VerifiableLog

/// The directory of a night: statements, payment files, proofs (spec/20 §11, spec/25).
///
///     <calendar>/<window>/
///         fixing.txt  cross-rates-<rule>.json  cross-rates-<rule>.csv
///     <calendar>/<window>/<model>-<currency>-<attempt>.<revision>/
///         calculate.entry  calculate.tlog-proof
///         <partner>.json  <partner>.csv  <partner>.html
///         receipts/<entry>.json
///         collect-<partner>.xml  payout.xml  payout-v03.xml
///
/// A statement follows from the log alone, so it has the same bytes whenever it is written; files
/// that are there are left alone.
struct NightFiles {
    private let directory: String
    private let payments: NightPayments

    init(directory: String, payments: NightPayments) throws {
        self.directory = directory
        self.payments = payments
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: true
        )
    }

    /// Writes what is missing of all settlements of a calendar that participants were advised of.
    func write(_ calendar: String, in engine: Engine) throws {
        let records = engine.read { book in
            book.settlements.filter { $0.id.calendar == calendar }
        }
        try writeRates(calendar, engine)
        for record in records {
            switch record.state {
            case .none, .calculated, .aborted: continue
            default: break
            }
            let folder = self.folder(of: record)
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true
            )
            try writeProof(of: record, engine, folder)
            try writeStatements(of: record, engine, folder)
            try writePayments(of: record, engine, folder)
        }
    }

    /// Where the files of a settlement are.
    func folder(of record: SettlementRecord) -> String {
        "\(directory)/\(record.id.calendar)/\(record.id.window)/\(Self.name(of: record))"
    }

    /// The name of the folder of a settlement, within that of its window.
    static func name(of record: SettlementRecord) -> String {
        "\(record.id.model.rawValue)-\(record.id.currency)-\(record.id.attempt).\(record.revision)"
    }

    /// Writes the cross-rate tables of the last fixing, and the text that binds them, if it is of
    /// this calendar (spec/24 §6).
    private func writeRates(_ calendar: String, _ engine: Engine) throws {
        let rates = engine.read { NightCrossRates($0) }
        guard let rates, rates.fixing.calendar == calendar else { return }
        let folder = "\(directory)/\(calendar)/\(rates.fixing.window)"
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        try Self.write(folder + "/fixing.txt") { Array(rates.fixing.text.utf8) }
        for (rule, table) in rates.tables {
            try Self.write("\(folder)/cross-rates-\(rule.rawValue).json") { table.json }
            try Self.write("\(folder)/cross-rates-\(rule.rawValue).csv") { table.csv }
        }
    }

    private func writeProof(
        of record: SettlementRecord,
        _ engine: Engine,
        _ folder: String
    ) throws {
        guard let frame = try engine.frame(at: record.calculatedAt), let head = engine.head else {
            throw CommandError("the ledger has no entry \(record.calculatedAt)")
        }
        try Self.write(folder + "/calculate.entry") { frame.bytes }
        try Self.write(folder + "/calculate.tlog-proof") {
            try engine.proof(of: record.calculatedAt, in: head).bytes
        }
    }

    private func writeStatements(
        of record: SettlementRecord,
        _ engine: Engine,
        _ folder: String
    ) throws {
        let missing = record.result.participants.filter { participant in
            ["json", "csv", "html"].contains { ending in
                !FileManager.default.fileExists(atPath: "\(folder)/\(participant.name).\(ending)")
            }
        }
        guard !missing.isEmpty else { return }
        let maker = try StatementMaker(record, engine, directory: folder)
        _ = try ParallelMap.map(missing.map(\.name)) { name in
            let failure = LineFailure()
            var (statement, lines) = try maker.statement(of: name, failure: failure)
            let path = "\(folder)/\(name)"
            try Self.stream(path + ".json") { try statement.writeJSON(lines: lines, to: $0) }
            try Self.stream(path + ".csv") { try statement.writeCSV(lines: lines, to: $0) }
            statement.lines = Array(lines.prefix(FormatLimits.pageLineCount))
            try Self.writeReceipts(for: statement, engine, folder)
            try Self.write(path + ".html") { statement.page(lineCount: lines.count) }
            try failure.check()
        }
    }

    private func writePayments(
        of record: SettlementRecord,
        _ engine: Engine,
        _ folder: String
    ) throws {
        let own = payments.accounts.last {
            $0.partner == PaymentPlan.settlementAccount && $0.currency == record.id.currency
        }
        guard let own else { return }
        for leg in record.legs where leg.payee == PaymentPlan.settlementAccount {
            guard let payer = try? payments.account(of: leg.payer, in: record.id.currency) else {
                continue
            }
            let file = try instruction(record, from: payer, [(leg, own)], engine)
            try Self.write("\(folder)/collect-\(leg.payer).xml") { try file.file(.pain09) }
        }
        guard record.state != .advised, record.state != .refunding else { return }
        let payees = record.legs.filter { leg in
            leg.payer == PaymentPlan.settlementAccount
                && !SettlementPayment.isOfOperator(leg.payee)
        }
        let known = payees.compactMap { leg in
            (try? payments.account(of: leg.payee, in: record.id.currency)).map { (leg, $0) }
        }
        guard !known.isEmpty else { return }
        let file = try instruction(record, from: own, known, engine)
        try Self.write(folder + "/payout.xml") { try file.file(.pain09) }
        try Self.write(folder + "/payout-v03.xml") { try file.file(.pain03) }
    }

    private func instruction(
        _ record: SettlementRecord,
        from payer: AccountOpening,
        _ legs: [(leg: SettlementLeg, account: AccountOpening)],
        _ engine: Engine
    ) throws -> PaymentInstruction {
        let window = engine.read { book in
            book.windows(of: record.id.calendar).first { $0.number == record.id.window }
        }
        guard let cutoff = window?.cutoff else {
            throw CommandError("window \(record.id.window) is no longer kept")
        }
        let id = record.id.description
        let purpose = payer.partner + "\n" + id
        let message = DigestBuilder.digest(Array(purpose.utf8)).base64URL.prefix(20)
        return PaymentInstruction(
            messageID: "K" + message.filter { $0 != "_" && $0 != "-" },
            createdAt: cutoff,
            initiatingParty: payer.holder,
            debtor: payer.party,
            requestedDate: CivilDate(days: cutoff.date().days + 1),
            payments: legs.map { leg, account in
                PaymentInstruction.Payment(
                    endToEndID: NightPayments.endToEndID(record.id, leg).text,
                    amount: leg.amount,
                    currency: record.id.currency,
                    creditor: account.party,
                    remittance: "Settlement \(id)"
                )
            }
        )
    }

    /// Writes a file that is not there yet, piece by piece, whole or not at all.
    private static func stream(
        _ path: String,
        _ body: (([UInt8]) throws -> Void) throws -> Void
    ) throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        let unfinished = path + ".new"
        do {
            let file = try ByteFile(creating: unfinished)
            var offset: UInt64 = 0
            try body { bytes in
                try file.put(bytes, at: offset)
                offset += UInt64(bytes.count)
            }
            try FileManager.default.moveItem(atPath: unfinished, toPath: path)
        } catch {
            try? FileManager.default.removeItem(atPath: unfinished)
            throw error
        }
    }

    /// Writes a file that is not there yet, whole or not at all.
    static func write(_ path: String, _ bytes: () throws -> [UInt8]) throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        try Data(try bytes()).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}
