public import KontorStorage
public import Signing
public import VerifiableLog
internal import Ledger

/// Makes the projection of a log again, and compares its digest with that of the old one.
public struct Rebuild {
    /// What came of it.
    public struct Outcome: Sendable {
        /// The number of entries replayed.
        public let entries: UInt64
        /// The state digest of the saved projection brought up to date, or nil if there was none.
        public let before: Digest?
        /// The state digest of the state made from the log alone.
        public let after: Digest
    }

    private let store: any LogStore
    private let logKey: VerifierKey

    /// A rebuild of a store that is open for writing; it is closed at the end.
    public init(store: any LogStore, logKey: VerifierKey) {
        self.store = store
        self.logKey = logKey
    }

    /// Replays the whole log.
    ///
    /// Throws `corrupt` if an entry does not follow from the rules.
    public func run(progress: (UInt64, UInt64) -> Void) throws -> Outcome {
        defer { try? store.close() }
        let recovery = Recovery(store: store, logKey: logKey)
        var before: Digest?
        if try store.projection() != nil { before = try recovery.recover().book.stateDigest() }
        var fresh = try recovery.recover(fromScratch: true, progress: progress)
        try store.dropProjection()
        fresh.book.markAllChanged()
        try ProjectionCodec.save(&fresh.book, to: store)
        return Outcome(entries: fresh.replayed, before: before, after: fresh.book.stateDigest())
    }
}
