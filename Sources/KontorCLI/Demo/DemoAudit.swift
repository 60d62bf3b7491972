internal import Foundation
internal import KontorAudit
internal import KontorStorage
internal import Signing
internal import VerifiableLog

/// What the audit of the demonstration's ledger found.
struct DemoAudit: Sendable {
    /// Whether it found no fault.
    let holds: Bool
    /// The state that it recomputed, nil after a fault.
    let stateDigest: Digest?
    /// What it looked at, and the first fault if there is one.
    let rows: [(label: String, value: String)]
    /// The same for programs.
    let json: JSONValue

    /// Audits a store by the key of its log.
    init(
        _ store: any LogStore,
        place: String,
        key: VerifierKey,
        isShown: Bool = Console.isInteractive
    ) throws {
        let line = ProgressLine("audit", isShown: isShown)
        let report = try Auditor().run(StoreSource(store, place: place), key: key) { progress in
            line.update(progress.entries, of: progress.size)
        }
        line.finish()
        holds = report.isClean
        stateDigest = report.stateDigest
        // The report tells elsewhere what the log is; here stands what the audit did.
        rows = report.rows.filter {
            ["verdict", "applied", "signatures", "state digest", "took"].contains($0.label)
        }
        json = report.json
    }
}
