internal import KontorAudit
internal import KontorEngine
internal import KontorStorage
internal import VerifiableLog

/// A directory that a restore made: open for writing, and not yet allowed to take entries.
final class RestoredDirectory {
    let data: DataDirectory
    let store: SQLiteLogStore
    /// The standing when it was opened.
    let standing: Standing

    /// Opens the directory, and makes sure that it is the one that the restore made and no copy of
    /// it.
    init(_ data: DataDirectory) throws {
        self.data = data
        store = try data.openWritableStore()
        do {
            standing = try store.standing()
            try Self.check(standing, place: store.place(), data.path)
        } catch {
            try? store.close()
            throw error
        }
    }

    private static func check(_ standing: Standing, place: String, _ path: String) throws {
        guard case .restored(let restored) = standing.state else {
            let reason = standing.objection ?? "it writes already"
            throw RestoreError(
                .notRestored,
                "\(path): it does not wait for its tip: \(reason)"
            )
        }
        guard place == restored else {
            throw RestoreError(
                .moved,
                "\(path): it was copied after it was restored, and another copy may go on; "
                    + "restore the backup into a directory that stays where it is"
            )
        }
    }

    /// The present head.
    func head() throws -> LogHead {
        guard let head = try store.head() else {
            throw RestoreError(
                .notRestored,
                "\(data.path): it holds no entry; restore the backup again"
            )
        }
        return head
    }

    /// Makes a new directory from a log, once all of it was audited.
    ///
    /// Nothing but entries is taken from the source; ids, tiles and state are made again from them.
    static func make(
        _ path: String,
        from source: any EntrySource,
        key: VerifierKey
    ) throws -> LogHead {
        let note = try SignedNote(parsing: try source.checkpoint())
        let fixed = TipSource(source, tip: note)
        guard !DataDirectory(path: path).hasSigner else {
            throw RestoreError(
                .logKey,
                "\(path)/log.key: a restored ledger gets its key last; choose an empty directory"
            )
        }
        try CatchUp.audit(fixed, key: key, since: nil)
        let store = try SQLiteLogStore(directory: path, access: .create)
        do {
            try becomeCopy(store)
            _ = try MirrorWriter(source: fixed, store: store).run()
            try DataDirectory(path: path).writeVerifier(key)
            let copy = try store.standing()
            var restored = copy
            restored.state = .restored(place: try store.place())
            try store.replaceStanding(copy, with: restored)
            let head = try store.head()
            try store.close()
            guard let head else { throw RestoreError(.notClean, "\(source.place): is empty") }
            return head
        } catch {
            try? store.close()
            throw error
        }
    }

    /// Marks a new store as a copy.
    static func becomeCopy(_ store: any LogStore) throws {
        let fresh = try store.standing()
        let instance = UInt128.random(in: 1 ... .max)
        try store.replaceStanding(
            fresh,
            with: Standing(instance: instance, epoch: fresh.epoch, state: .copy)
        )
    }
}
