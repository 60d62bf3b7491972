internal import KontorAudit
internal import KontorStorage
internal import VerifiableLog

/// Brings a restored store up to a tip: what is missing is audited, then copied from a source.
struct CatchUp {
    let store: any LogStore
    let place: String
    let key: VerifierKey

    /// Copies the entries from the store's size up to the tip.
    ///
    /// The whole log of the source is recomputed up to the tip before anything is written; the
    /// entries that the store has must be the first of it. A run that was broken off is repeated.
    func run(_ source: any EntrySource, to tip: Tip, since: EarlierCheckpoint? = nil) throws {
        let head = try requireHead()
        try tip.check(against: head, at: place)
        guard tip.checkpoint.size > head.size else { return }
        let fixed = TipSource(source, tip: tip.note)
        try Self.audit(fixed, key: key, since: since)
        let progress = ProgressLine("copying")
        defer { progress.finish() }
        let size = try MirrorWriter(source: fixed, store: store).run {
            progress.update($0, of: $1)
        }
        let reached = try requireHead()
        guard size == tip.checkpoint.size, reached.root == tip.checkpoint.root else {
            throw tip.fork(at: reached.size, place)
        }
    }

    private func requireHead() throws -> LogHead {
        guard let head = try store.head() else {
            throw RestoreError(.notRestored, "\(place): it holds no entry; restore it again")
        }
        return head
    }

    /// Recomputes a log; throws its first fault.
    static func audit(
        _ source: any EntrySource,
        key: VerifierKey,
        since: EarlierCheckpoint?
    ) throws {
        let progress = ProgressLine("auditing")
        defer { progress.finish() }
        let report = try Auditor().run(source, key: key, since: since) {
            progress.update($0.entries, of: $0.size)
        }
        if let fault = report.fault {
            throw RestoreError(
                .notClean,
                "\(source.place): its audit failed, so nothing is taken from it: \(fault)"
            )
        }
    }
}
