internal import Foundation
internal import Formats
internal import KontorAudit
internal import KontorStorage
internal import Ledger
internal import Settlement
internal import Signing
internal import VerifiableLog

/// The last night of a demonstration proved without its ledger: to an auditor by one file, and to a
/// partner by its own statement (spec/25).
struct DemoProof: Sendable {
    /// The file, its size and what is in it.
    let bundle: (path: String, byteCount: Int, attachments: Int)
    /// What the audit of the file found.
    let verdict: String
    /// A partner's statement and what its audit found, if the night had one.
    let statement: (path: String, verdict: String)?
    /// Whether neither audit found a fault.
    let holds: Bool

    /// Writes the bundle of a night beside its statements, and audits both.
    init(directory: String, window: UInt64, fixtures: String) throws {
        let data = DataDirectory(path: directory)
        let key = try data.readVerifier()
        let folder = "\(directory)/nights/\(DemoNights.calendar)/\(window)"
        let path = folder + "/night.bundle"
        let store = try data.openStore()
        defer { try? store.close() }
        let book = try LedgerReader(store: store).book()
        guard let ledger = book.ledger else { throw CommandError("the ledger has no entry") }
        let night = NightBundle(
            calendar: DemoNights.calendar,
            window: window,
            rates: try NightRates(options: ["ecb=\(fixtures)/\(DemoNights.rateFile)"]).files,
            accounts: try AccountOpening.read(directory + "/nights/accounts.jsonl")
        )
        let attachments = try night.write(store, ledger: ledger, to: path)
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        bundle = (path, size ?? 0, attachments)
        let report = try SettlementAudit().run(path, key: key)
        verdict = report.fault.map { "\($0)" } ?? Self.verdict(report)
        let last = book.settlements.last { $0.id.window == window }
        let statement = try last.map { record in
            try Self.auditLongest(record, in: "\(folder)/\(NightFiles.name(of: record))", key)
        }
        self.statement = statement.map { ($0.path, $0.verdict) }
        holds = report.isClean && statement?.holds != false
    }

    private static func verdict(_ report: AuditReport) -> String {
        "no fault: every entry, figure, rate and payee follows"
            + (report.checkpoint.map { ", \($0.size.grouped) entries" } ?? "")
    }

    /// Audits the longest statement of a settlement, by its own files.
    private static func auditLongest(
        _ record: SettlementRecord,
        in folder: String,
        _ key: VerifierKey
    ) throws -> (path: String, verdict: String, holds: Bool) {
        let paths = record.result.participants.map { "\(folder)/\($0.name).json" }
        let sizes = try paths.map {
            try FileManager.default.attributesOfItem(atPath: $0)[.size] as? Int ?? 0
        }
        let path = zip(paths, sizes).max { $0.1 < $1.1 }?.0 ?? ""
        func bytes(_ path: String) throws -> [UInt8] {
            [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        }
        do {
            let statement = try PartnerStatement(parsing: bytes(path))
            try StatementAudit(
                statement,
                entry: bytes(folder + "/calculate.entry"),
                proof: bytes(folder + "/calculate.tlog-proof"),
                key: key
            ).run()
            let entries = statement.trails.reduce(0) { $0 + $1.entries.count }
            let verdict =
                "no fault: \(statement.lines.count.grouped) lines of \(statement.debts.count) debts "
                + "sum to the net; all \(entries.grouped) entries of its trails are there"
            return (path, verdict, true)
        } catch let fault as StatementFault {
            return (path, "\(fault)", false)
        }
    }

    /// The same for programs.
    var json: JSONValue {
        let file: JSONValue = [
            "file": .string(bundle.path), "bytes": .integer(Int64(bundle.byteCount)),
            "attachments": .integer(Int64(bundle.attachments)), "verdict": .string(verdict),
        ]
        let own = statement.map { statement -> JSONValue in
            ["file": .string(statement.path), "verdict": .string(statement.verdict)]
        }
        return ["bundle": file, "statement": own ?? .null, "ok": .boolean(holds)]
    }
}

extension DemoReport {
    /// What an auditor and a partner find, each by its own files.
    var proofLines: [String] {
        guard let proof else { return [] }
        let size = "\((Double(proof.bundle.byteCount) / 1_000_000).tenths) MB"
        var rows = [
            ("bundle", proof.bundle.path),
            (
                "holds",
                "\(size): the log, and \(proof.bundle.attachments) files that the night names"
            ),
            ("verdict", proof.verdict),
        ]
        if let statement = proof.statement {
            rows += [("statement", statement.path), ("verdict", statement.verdict)]
        }
        return Self.heading("The last night proved without the ledger")
            + Self.lines(of: rows.map { (label: $0.0, value: $0.1) })
    }
}
