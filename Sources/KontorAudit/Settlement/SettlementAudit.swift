internal import Formats
internal import Ledger
internal import Money
internal import Signing
public import VerifiableLog

/// Verifies a proof bundle by the verifier key of the log and nothing else: the log by all rules,
/// rates by their files, payees by their accounts (spec/25 §4).
public struct SettlementAudit: Sendable {
    private let auditor: Auditor

    /// An audit on an auditor's threads.
    public init(_ auditor: Auditor = Auditor()) {
        self.auditor = auditor
    }

    /// Audits the bundle in a file; a fault is in the report.
    ///
    /// Complexity: O(bytes).
    public func run(
        _ path: String,
        key: VerifierKey,
        progress: (AuditProgress) -> Void = { _ in }
    ) throws -> AuditReport {
        var report = AuditReport()
        do {
            let (bundle, logOffset) = try SettlementBundle.open(path)
            let source = try BundleSource(path: path, from: logOffset)
            report = try auditor.run(source, key: key, progress: progress)
            guard report.isClean, let size = report.checkpoint?.size else { return report }
            try check(bundle, source, size)
        } catch let fault as AuditFault {
            report.fault = fault
        }
        return report
    }

    private func check(
        _ bundle: SettlementBundle,
        _ source: BundleSource,
        _ size: UInt64
    ) throws {
        var files = NightAttachments(bundle)
        try source.forEachEntry(size: size) { entry in
            let frame = try entry.frame()
            if entry.index == 0, frame.leafHash != bundle.ledger {
                throw AuditFault(.attachmentMismatch, index: 0, at: "ledger", "it is of another")
            }
            let statement = try SignedStatement(parsing: frame.jws).statement
            try files.check(statement, at: entry.index)
            return true
        }
        try files.finish()
    }
}

/// The attachments of a bundle, and which of them entries have named.
private struct NightAttachments {
    private let bundle: SettlementBundle
    /// What the log names each attachment by; nil for an account that is no opening.
    private let names: [Digest?]
    private var rates: [Digest: RateFile] = [:]
    private var used: Set<Int> = []
    private var settlements: [String] = []
    private var isFixed = false

    init(_ bundle: SettlementBundle) {
        self.bundle = bundle
        names = bundle.attachments.map { file in
            switch file.kind {
            case .rates: file.hash
            case .account: PayeeAccount(file.bytes)?.commitment
            }
        }
    }

    mutating func check(_ statement: Statement, at index: UInt64) throws {
        switch statement.body {
        case .settlementFix(let fix), .settlementFinalise(let fix):
            guard fix.window == bundle.window, fix.calendar.hasSameBytes(as: bundle.calendar) else {
                return
            }
            isFixed = true
            for (place, sheet) in fix.sheets.enumerated() { try check(sheet, place, at: index) }
        case .settlementCalculate(let figures):
            guard isOfNight(figures.settlement), figures.revision == 0 else { return }
            settlements.append(figures.settlement.description)
        case .settlementPaid(let payment):
            guard isOfNight(payment.settlement), let account = payment.account else { return }
            try check(account, payment, at: index)
        default: return
        }
    }

    /// Requires that the header names the night and its settlements, and that nothing stands there
    /// for nothing.
    func finish() throws {
        guard isFixed else {
            throw AuditFault(
                .attachmentMismatch,
                index: nil,
                at: "window",
                "the log fixes no window \(bundle.window) of \(bundle.calendar)"
            )
        }
        guard bundle.settlements == settlements else {
            throw AuditFault(
                .attachmentMismatch,
                index: nil,
                at: "settlements",
                "the log has \(settlements.joined(separator: ", "))"
            )
        }
        if let place = names.indices.first(where: { !used.contains($0) }) {
            throw AuditFault(
                .attachmentMissing,
                index: nil,
                at: "attachments[\(place)]",
                "no entry of the night names it"
            )
        }
    }

    private func isOfNight(_ id: SettlementID) -> Bool {
        id.window == bundle.window && id.calendar.hasSameBytes(as: bundle.calendar)
    }

    private mutating func check(_ sheet: QuoteSheet, _ place: Int, at index: UInt64) throws {
        let path = "sheets[\(place)]"
        let file = try attachment(sheet.file, .rates, at: index, path + ".file")
        let read: RateFile
        do throws(FormatError) {
            if let known = rates[sheet.file] {
                read = known
            } else {
                read = try RateFile(parsing: file.bytes)
            }
        } catch {
            throw AuditFault(.quoteMismatch, index: index, at: path, "\(error)")
        }
        rates[sheet.file] = read
        guard sheet.base == RateFile.base, let day = read.day(on: sheet.date) else {
            let reason = "the published file has no rates of \(sheet.date) for one \(sheet.base)"
            throw AuditFault(.quoteMismatch, index: index, at: path + ".date", reason)
        }
        for (number, quote) in sheet.quotes.enumerated() {
            let published = day.rate(of: quote.currency)
            guard published.map({ Quotient($0) }) != Quotient(quote.rate) else { continue }
            let due = published.map { "\(Quotient($0))" } ?? "no rate"
            throw AuditFault(
                .quoteMismatch,
                index: index,
                at: "\(path).quotes[\(number)].rate",
                "the published file has \(due) of \(quote.currency) on \(sheet.date)"
            )
        }
    }

    private mutating func check(
        _ account: Digest,
        _ payment: SettlementPayment,
        at index: UInt64
    ) throws {
        let file = try attachment(account, .account, at: index, "account")
        let opening = PayeeAccount(file.bytes)
        guard opening?.partner == payment.payee, opening?.currency == payment.currency.code else {
            throw AuditFault(
                .accountMismatch,
                index: index,
                at: "account",
                "the account is not of \(payment.payee) in \(payment.currency)"
            )
        }
    }

    private mutating func attachment(
        _ name: Digest,
        _ kind: SettlementBundle.Attachment.Kind,
        at index: UInt64,
        _ path: String
    ) throws -> SettlementBundle.Attachment {
        let place = names.indices.first {
            names[$0] == name && bundle.attachments[$0].kind == kind
        }
        guard let place else {
            throw AuditFault(
                .attachmentMissing,
                index: index,
                at: path,
                "no \(kind.rawValue) attachment gives \(name.base64URL)"
            )
        }
        used.insert(place)
        return bundle.attachments[place]
    }
}
