internal import GRDB

// A copy of a log that is in use, by the backup interface of SQLite.
//
// The copy is of one snapshot, whatever is appended meanwhile. It is written as
// `ledger.db.partial`, marked as a copy, checked, synced, and gets its name last; so `ledger.db` is
// a whole copy or not there. It is left in rollback mode: one file, also for a medium that cannot
// be written.

extension SQLiteLogStore {
    /// What a copy holds.
    public struct Copy: Sendable, Hashable {
        /// The head of the copy.
        public let head: LogHead
        /// The standing of the copy.
        public let standing: Standing
        /// The number of bytes of its file.
        public let byteCount: UInt64
    }

    /// Pages that are copied between two reports of progress.
    static let pagesPerStep = 1_024

    /// Copies the log into another directory, which is made if it is not there, as a copy that
    /// takes no entries.
    ///
    /// The check is given the head of the copy before the copy gets its name; what it throws ends
    /// the copying. Throws `alreadyExists`, `lockedByWriter` if another copy is under way,
    /// `notFound` for an empty log, `corrupt`, `diskFull`, `inputOutput`; then no file that looks
    /// complete is left.
    ///
    /// Complexity: O(bytes of the file).
    public func copy(
        to directory: String,
        progress: @escaping (UInt64, UInt64) -> Void = { _, _ in },
        check: (LogHead) throws -> Void = { _ in }
    ) throws -> Copy {
        let target = LedgerFiles(directory: directory)
        try target.makeDirectory()
        let lock = try WriterLock(path: target.lock)
        defer { lock.release() }
        guard !target.hasDatabase else {
            throw StorageError(
                .alreadyExists,
                "\(target.database): there is a ledger already; choose another directory"
            )
        }
        target.removePartial()
        do {
            let (head, standing) = try fill(target, progress)
            try check(head)
            let byteCount = try target.publishPartial()
            return Copy(head: head, standing: standing, byteCount: byteCount)
        } catch {
            target.removePartial()
            throw error is DatabaseError ? StorageError(error, at: target.partial) : error
        }
    }

    private func fill(
        _ target: LedgerFiles,
        _ progress: @escaping (UInt64, UInt64) -> Void
    ) throws -> (LogHead, Standing) {
        let queue = try DatabaseQueue(path: target.partial)
        defer { try? queue.close() }
        return try queue.writeWithoutTransaction { copy in
            try pool.read { database in
                // The first read fixes the snapshot; a step would not, and would begin again after
                // each commit of the writer.
                _ = try Transaction(database).storedSize()
                try database.backup(to: copy, pagesPerStep: CInt(Self.pagesPerStep)) { state in
                    progress(UInt64(state.completedPageCount), UInt64(state.totalPageCount))
                }
            }
            return try Self.finish(copy, target)
        }
    }

    /// Marks a copy, and reads all of it once.
    private static func finish(
        _ copy: Database,
        _ target: LedgerFiles
    ) throws -> (LogHead, Standing) {
        // Nobody else has the file, so its index of the write-ahead log needs no file of its own.
        try copy.execute(sql: "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL")
        var transaction = Transaction(copy)
        let standing = Standing(
            instance: .random(in: 1 ... .max),
            epoch: try transaction.standing(at: target.partial).epoch,
            state: .copy
        )
        try transaction.replace(standing)
        _ = try String.fetchOne(copy, sql: "PRAGMA journal_mode = DELETE")
        let answer = try String.fetchOne(copy, sql: "PRAGMA quick_check(1)") ?? "no answer"
        guard answer == "ok" else {
            throw StorageError(
                .corrupt,
                "\(target.partial): \(answer); the ledger's file or the disk is damaged, audit it"
            )
        }
        guard let head = try Self.head(copy, at: target.partial) else {
            throw StorageError(
                .notFound,
                "\(target.database): the log has no entry yet; there is nothing to copy"
            )
        }
        return (head, standing)
    }
}
