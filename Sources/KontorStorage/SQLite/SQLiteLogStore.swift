internal import GRDB
internal import Synchronization

/// A log in one SQLite database, `ledger.db` in a directory of its own (spec/15).
///
/// One connection writes, in write-ahead mode and with a sync for every commit; others read, each
/// from a snapshot of its own, and neither waits for the other. Writing needs the lock of
/// `WriterLock`; any number of processes may read.
public final class SQLiteLogStore: LogStore {
    /// How a store is opened.
    public enum Access: Sendable, Hashable {
        /// Makes the directory and an empty log in it; throws `alreadyExists` if there is one.
        case create
        /// Takes the writer lock and opens a log that exists.
        case readWrite
        /// Opens a log that exists, also while another process writes to it.
        case readOnly
        /// Opens a log that exists, also while another process writes to it, to read it and to
        /// replace its standing.
        case beside

        /// Whether it takes the writer lock.
        var takesLock: Bool { self == .create || self == .readWrite }
    }

    /// The directory that holds the log.
    public let directory: String

    let files: LedgerFiles
    let access: Access
    let pool: DatabasePool
    let writer: Mutex<Writer>
    private let lock: WriterLock?

    /// Opens the log in a directory.
    ///
    /// Throws `notFound`, `alreadyExists`, `lockedByWriter`, `newerVersion`, `corrupt`, `readOnly`,
    /// `diskFull` or `inputOutput`.
    public convenience init(directory: String, access: Access) throws {
        try self.init(directory: directory, access: access, tuning: SQLiteTuning())
    }

    init(directory: String, access: Access, tuning: SQLiteTuning) throws {
        let files = LedgerFiles(directory: directory)
        if access == .create { try files.makeDirectory() }
        guard access == .create || files.hasDatabase else {
            throw StorageError(
                .notFound,
                "\(files.database): there is no ledger; check the path, or create one"
            )
        }
        let lock = access.takesLock ? try WriterLock(path: files.lock) : nil
        do {
            if access == .create { try Self.create(files, tuning) }
            try Self.check(files, isReadOnly: !access.takesLock, tuning)
            pool = try DatabasePool(
                path: files.database,
                configuration: tuning.configuration(isReadOnly: access == .readOnly)
            )
            writer = try Mutex(Self.prepare(pool, access, tuning))
        } catch {
            throw StorageError(error, at: files.database)
        }
        self.directory = directory
        self.files = files
        self.access = access
        self.lock = lock
    }

    /// What the store has written since it was opened.
    public var counters: StoreCounters {
        writer.withLock { writer in writer.counters }
    }

    /// Ends all use: moves the write-ahead log into the database, and releases the writer lock.
    ///
    /// A reader elsewhere may hold the move up; then the next writer does it, and nothing is lost.
    public func close() throws {
        let wasClosed = writer.withLock { writer in
            defer { writer.isClosed = true }
            return writer.isClosed
        }
        guard !wasClosed else { return }
        defer { lock?.release() }
        if access.takesLock {
            pool.writeWithoutTransaction { database in
                _ = try? database.checkpoint(.passive)
                try? database.execute(sql: "PRAGMA busy_timeout = 0")
                _ = try? database.checkpoint(.truncate)
            }
        }
        do {
            try pool.close()
        } catch {
            throw StorageError(error, at: files.database)
        }
    }

    /// Reads every page and compares every index with its table; throws `corrupt` at the first
    /// fault.
    ///
    /// It says whether the file is sound, not whether the log is true; for that, audit it.
    /// Complexity: O(bytes of the file).
    public func checkIntegrity() throws {
        let answer = try read { database in
            try String.fetchOne(database, sql: "PRAGMA integrity_check(1)") ?? "no answer"
        }
        guard answer == "ok" else {
            throw StorageError(
                .corrupt,
                "\(files.database): \(answer); restore a backup, or copy the log from a mirror"
            )
        }
    }

    /// Runs a short read on a snapshot.
    ///
    /// No caller's code may run inside, because it could read again.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do {
            return try pool.read(body)
        } catch {
            throw StorageError(error, at: files.database)
        }
    }
}
