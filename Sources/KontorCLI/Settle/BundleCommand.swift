internal import ArgumentParser
internal import Foundation
internal import Formats
internal import KontorAudit
internal import KontorStorage
internal import Ledger
internal import Signing
internal import VerifiableLog

/// `kontor settle bundle`: the proof bundle of a night, in one file (spec/25 §4).
struct BundleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bundle",
        abstract: "Write one file with everything to recompute a night.",
        discussion: """
            Example: kontor settle bundle --data ledger --window 1 \
            --rates ecb=eurofxref-hist.zip --accounts accounts.jsonl --out night-1.bundle
            """
    )

    @Option(help: "The ledger's data directory.") var data: String
    @Option(help: "The calendar; may be left out where the ledger has one.") var calendar: String?
    @Option(help: "The window.") var window: UInt64
    @Option(help: "source=FILE: the money rates that the night used; repeat for more.")
    var rates: [String] = []
    @Option(help: "A file of payee accounts, opened, one JSON object a line.")
    var accounts: String?
    @Option(help: "The file to write.") var out: String

    func run() throws {
        let store = try DataDirectory(path: data).openStore()
        defer { try? store.close() }
        let book = try LedgerReader(store: store).book()
        let name = try NightOptions.calendar(calendar, in: book)
        let log = out + ".log"
        defer { try? FileManager.default.removeItem(atPath: log) }
        _ = try BundleExporter(store, path: log).export()
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: log)))
        var files = NightEvidence(calendar: name, window: window)
        try store.forEachEntry(in: 0..<(try store.head()?.size ?? 0)) { entry in
            files.note(try Statement(payload: entry.payload))
            return true
        }
        let attachments = try files.attachments(
            try NightRates(options: rates).files,
            try accounts.map(AccountOpening.read) ?? []
        )
        guard let ledger = book.ledger else { throw CommandError("the ledger has no entry") }
        let head = SettlementBundle.header(
            ledger: ledger,
            calendar: name,
            window: window,
            settlements: files.settlements,
            attachments: attachments,
            log: bytes.count
        )
        try Data(head + bytes).write(to: URL(fileURLWithPath: out), options: .atomic)
    }
}

/// What the entries of a night name by hash.
struct NightEvidence {
    let calendar: String
    let window: UInt64
    private(set) var settlements: [String] = []
    private var files: [Digest] = []
    private var accounts: [Digest] = []

    init(calendar: String, window: UInt64) {
        self.calendar = calendar
        self.window = window
    }

    /// Notes what an entry names, in the order of the log.
    mutating func note(_ statement: Statement) {
        switch statement.body {
        case .settlementFix(let fix), .settlementFinalise(let fix):
            guard fix.window == window, fix.calendar == calendar else { return }
            for sheet in fix.sheets where !files.contains(sheet.file) { files.append(sheet.file) }
        case .settlementCalculate(let figures):
            guard isOfNight(figures.settlement), figures.revision == 0 else { return }
            settlements.append(figures.settlement.description)
        case .settlementPaid(let payment):
            guard isOfNight(payment.settlement), let account = payment.account,
                !accounts.contains(account)
            else { return }
            accounts.append(account)
        default: return
        }
    }

    /// The files of these hashes, or an error that names the first one that is not at hand.
    func attachments(
        _ rates: [NightRates.File],
        _ openings: [AccountOpening]
    ) throws -> [SettlementBundle.Attachment] {
        let sheets = try files.map { hash -> SettlementBundle.Attachment in
            guard let file = rates.first(where: { $0.rates.sha256 == hash }) else {
                throw CommandError("no --rates file has the SHA-256 \(hash.base64URL)")
            }
            return SettlementBundle.Attachment(kind: "rates", name: file.name, bytes: file.bytes)
        }
        return sheets
            + (try accounts.map { hash -> SettlementBundle.Attachment in
                guard let opening = openings.first(where: { $0.commitment == hash }) else {
                    throw CommandError("no account of --accounts gives \(hash.base64URL)")
                }
                return SettlementBundle.Attachment(
                    kind: "account",
                    name: "\(opening.partner).\(opening.currency)",
                    bytes: opening.json.text
                )
            })
    }

    private func isOfNight(_ id: SettlementID) -> Bool {
        id.window == window && id.calendar == calendar
    }
}
