internal import KontorAudit
internal import VerifiableLog

/// Audits a ledger from its bytes.
enum AuditStep {
    static func run(directory: String) throws -> StepReport {
        let network = try BenchmarkNetwork()
        let source = try StoreSource(directory: directory)
        let watch = Stopwatch()
        let audit = try Auditor().run(source, key: network.logSigner.verifier)
        var report = StepReport()
        report.seconds = watch.seconds
        report.processorSeconds = watch.processorSeconds
        report.peakMemory = Stopwatch.peakMemory
        report.entries = Int(audit.entryCount)
        report.items = Int(audit.transferCount)
        if let fault = audit.fault { throw BenchmarkError("audit of \(directory): \(fault)") }
        return report
    }
}
