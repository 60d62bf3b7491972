internal import Formats
internal import Foundation
internal import KontorAudit
internal import KontorStorage
internal import Ledger
internal import Signing

/// Makes the proof bundle of a night: what its entries name by hash, and the log (spec/25 §4).
struct NightBundle {
    let calendar: String
    let window: UInt64
    let rates: [NightRates.File]
    let accounts: [AccountOpening]

    /// Writes the bundle of a ledger's night; gives the number of attachments.
    @discardableResult
    func write(_ store: any LogStore, ledger: Digest, to path: String) throws -> Int {
        var evidence = NightEvidence(calendar: calendar, window: window)
        try store.forEachEntry(in: 0..<(try store.head()?.size ?? 0)) { entry in
            evidence.note(try Statement(payload: entry.payload))
            return true
        }
        guard evidence.isFixed else {
            throw CommandError("window \(window) of \(calendar) is not fixed yet")
        }
        let bundle = SettlementBundle(
            ledger: ledger,
            calendar: calendar,
            window: window,
            settlements: evidence.settlements,
            attachments: try evidence.files.map(sheet) + evidence.accounts.map(account)
        )
        let log = path + ".log"
        defer { try? FileManager.default.removeItem(atPath: log) }
        _ = try BundleExporter(store, path: log).export()
        try bundle.write(to: path, logAt: log)
        return bundle.attachments.count
    }

    private func sheet(_ hash: Digest) throws -> SettlementBundle.Attachment {
        guard let file = rates.first(where: { $0.rates.sha256 == hash }) else {
            throw CommandError(
                "no --rates file has the SHA-256 \(hash.base64URL), which the night used; "
                    + "name the very file, not a later one"
            )
        }
        return SettlementBundle.Attachment(kind: .rates, bytes: file.bytes)
    }

    private func account(_ commitment: Digest) throws -> SettlementBundle.Attachment {
        guard let opening = accounts.first(where: { $0.commitment == commitment }) else {
            throw CommandError("no account of --accounts gives \(commitment.base64URL)")
        }
        return SettlementBundle.Attachment(kind: .account, bytes: opening.json.text)
    }
}

/// What the entries of a night name by hash, each once, in the order of the log.
struct NightEvidence {
    let calendar: String
    let window: UInt64
    private(set) var isFixed = false
    private(set) var settlements: [String] = []
    private(set) var files: [Digest] = []
    private(set) var accounts: [Digest] = []

    init(calendar: String, window: UInt64) {
        self.calendar = calendar
        self.window = window
    }

    /// Notes what an entry names.
    mutating func note(_ statement: Statement) {
        switch statement.body {
        case .settlementFix(let fix), .settlementFinalise(let fix):
            guard fix.window == window, fix.calendar == calendar else { return }
            isFixed = true
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

    private func isOfNight(_ id: SettlementID) -> Bool {
        id.window == window && id.calendar == calendar
    }
}
