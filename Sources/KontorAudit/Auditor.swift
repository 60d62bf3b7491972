internal import Foundation
internal import Ledger
public import VerifiableLog

/// Recomputes a whole ledger from its bytes, and believes nobody (spec/18).
public struct Auditor: Sendable {
    /// The number of threads that prepare entries.
    public let workerCount: Int
    /// Where temporary files are made; they have no name and are gone with the audit.
    public let temporaryDirectory: String

    /// An auditor on all cores.
    public init(workerCount: Int? = nil, temporaryDirectory: String? = nil) {
        self.workerCount = max(1, workerCount ?? ProcessInfo.processInfo.activeProcessorCount)
        self.temporaryDirectory =
            temporaryDirectory ?? FileManager.default.temporaryDirectory.path
    }

    /// Audits a log by the verifier key that the caller holds; the source's own word for its key
    /// counts nothing.
    ///
    /// A fault of the book is in the report. Throws `AuditError` or `StorageError` if the audit
    /// itself cannot go on.
    ///
    /// Complexity: O(bytes), in constant memory besides the state.
    public func run(
        _ source: any EntrySource,
        key: VerifierKey,
        since earlier: EarlierCheckpoint? = nil,
        progress: (AuditProgress) -> Void = { _ in }
    ) throws -> AuditReport {
        try run(source, key: key, since: earlier, progress: progress) { _ in }
    }

    /// Audits a log, and shows the run to the caller where nothing was at fault.
    func run(
        _ source: any EntrySource,
        key: VerifierKey,
        since earlier: EarlierCheckpoint? = nil,
        progress: (AuditProgress) -> Void = { _ in },
        keeping: (AuditRun) -> Void
    ) throws -> AuditReport {
        let clock = ContinuousClock()
        let start = clock.now
        var report = AuditReport()
        do {
            let checkpoint = try open(source, key)
            report.checkpoint = checkpoint
            try Self.check(earlier, against: checkpoint)
            try run(source, checkpoint, key, earlier, &report, progress, keeping)
        } catch let fault as AuditFault {
            report.fault = fault
        } catch let error as LogError {
            report.fault = AuditFault(error, index: nil)
        }
        report.duration = clock.now - start
        return report
    }

    private func run(
        _ source: any EntrySource,
        _ checkpoint: Checkpoint,
        _ key: VerifierKey,
        _ earlier: EarlierCheckpoint?,
        _ report: inout AuditReport,
        _ progress: (AuditProgress) -> Void,
        _ keeping: (AuditRun) -> Void
    ) throws {
        let skipped = earlier.map { $0.wasAudited ? $0.checkpoint.size : 0 } ?? 0
        let ring = KeyRing()
        var run = AuditRun(
            source: source,
            earlier: earlier,
            ring: ring,
            temporaryDirectory: temporaryDirectory
        )
        let pipeline = Pipeline(
            source: source,
            size: checkpoint.size,
            preparer: EntryPreparer(ring: ring, verifiesFrom: skipped),
            workerCount: workerCount
        )
        var fault: AuditFault?
        do {
            try pipeline.forEach { entries in
                try run.apply(entries)
                progress(run.progress(of: checkpoint.size))
            }
        } catch let found as AuditFault {
            fault = found
        }
        run.tally.fill(&report)
        if let index = try run.firstRepetition() {
            // Identifiers are compared at the end; a repetition before another fault comes first.
            fault = Self.repetition(at: index)
        }
        if let fault { throw fault }
        let end = try run.finish(checkpoint, key: key)
        report.stateDigest = end.stateDigest
        report.warnings = end.warnings
        report.extendedSize = earlier?.checkpoint.size
        report.notes = Self.notes(report)
        keeping(run)
    }

    private func open(_ source: any EntrySource, _ key: VerifierKey) throws -> Checkpoint {
        let note = try SignedNote(parsing: try source.checkpoint())
        return try Checkpoint(opening: note, logKey: key)
    }

    /// A log never shrinks, and a size has one root.
    private static func check(
        _ earlier: EarlierCheckpoint?,
        against checkpoint: Checkpoint
    ) throws(AuditFault) {
        guard let old = earlier?.checkpoint else { return }
        func fork(_ reason: String) -> AuditFault {
            AuditFault(
                index: nil,
                place: "earlier checkpoint of size \(old.size)",
                code: LogError.Code.checkpointFork.rawValue,
                reason: reason
            )
        }
        guard old.origin == checkpoint.origin else { throw fork("it is of \(old.origin)") }
        guard old.size <= checkpoint.size else {
            throw fork("the log has \(checkpoint.size) entries now; it was cut back")
        }
        guard old.size != checkpoint.size || old.root == checkpoint.root else {
            throw fork("this log has another root at the same size; keep both notes as evidence")
        }
    }

    private static func repetition(at index: UInt64) -> AuditFault {
        AuditFault(
            index: index,
            place: "id",
            code: Rejection.idReused.rawValue,
            reason: "the same signer used this id for an earlier entry"
        )
    }

    private static func notes(_ report: AuditReport) -> [String] {
        var notes = [
            "Caps and once-bonuses hold on the tokens that issuers attest: one member with two tokens of a group "
                + "is not seen here (requirement P-19)."
        ]
        if report.skippedSignatureCount > 0 {
            notes.append(
                "\(report.skippedSignatureCount) signatures before the earlier checkpoint were not verified again; "
                    + "this stands on the earlier audit."
            )
        }
        return notes
    }
}

extension AuditRun {
    /// How far the run is.
    func progress(of size: UInt64) -> AuditProgress {
        AuditProgress(entries: tally.entryCount, size: size, transfers: tally.transferCount)
    }
}
