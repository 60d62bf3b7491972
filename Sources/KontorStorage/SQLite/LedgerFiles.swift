internal import Foundation

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The files of a store in its directory (spec/15 §2).
///
/// SQLite adds `ledger.db-wal` and `ledger.db-shm` while the store is open.
struct LedgerFiles: Sendable {
    /// The directory's path.
    let directory: String

    /// The database.
    var database: String { directory + "/ledger.db" }
    /// The file whose lock says who writes.
    ///
    /// It is empty and stays when the lock goes.
    var lock: String { directory + "/ledger.lock" }

    /// A copy of the database that is not complete yet.
    var partial: String { directory + "/ledger.db.partial" }
    /// Says to people, and to a store whose database was exchanged, that the right to write is
    /// gone.
    var fence: String { directory + "/fenced" }

    /// Makes the directory with those above it, and makes their names durable.
    func makeDirectory() throws(StorageError) {
        guard access(directory, F_OK) != 0 else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: directory,
                withIntermediateDirectories: true
            )
        } catch {
            throw StorageError(
                errno == EROFS || errno == EACCES ? .readOnly : .inputOutput,
                "\(directory): cannot be made; choose a directory that can be written",
                cause: error
            )
        }
        try Self.synchronize(
            directory: URL(fileURLWithPath: directory).deletingLastPathComponent().path
        )
    }

    /// Makes the names of the store's files durable.
    func synchronizeDirectory() throws(StorageError) {
        try Self.synchronize(directory: directory)
    }

    /// Whether the database file is there.
    var hasDatabase: Bool { access(database, F_OK) == 0 }

    /// Whether the file that tells of a fence is there.
    var hasFence: Bool { access(fence, F_OK) == 0 }

    /// Tells people of a fence; the database has it already, so a fault here changes nothing.
    func tellOfFence(_ standing: Standing) {
        let lines = "This ledger takes no entries any more: \(standing.objection ?? "").\n"
        try? Data(lines.utf8).write(to: URL(fileURLWithPath: fence), options: .atomic)
        try? synchronizeDirectory()
    }

    /// Removes what is left of an incomplete copy.
    func removePartial() {
        for suffix in ["", "-wal", "-shm", "-journal"] { unlink(partial + suffix) }
    }

    /// Gives a complete copy its name, durably, and returns its number of bytes.
    func publishPartial() throws(StorageError) -> UInt64 {
        let descriptor = open(partial, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw StorageError(system: errno, at: partial, doing: "open the copy")
        }
        defer { _ = Self.closeDescriptor(descriptor) }
        var status = stat()
        guard fsync(descriptor) == 0, fstat(descriptor, &status) == 0 else {
            throw StorageError(system: errno, at: partial, doing: "sync the copy")
        }
        guard rename(partial, database) == 0 else {
            throw StorageError(system: errno, at: database, doing: "rename the copy")
        }
        try synchronizeDirectory()
        return UInt64(clamping: status.st_size)
    }

    /// Which file the database is: another one after a copy, the same one after a restart.
    func identity() throws(StorageError) -> String {
        var status = stat()
        guard stat(database, &status) == 0 else {
            throw StorageError(system: errno, at: database, doing: "look at the file")
        }
        return "\(status.st_dev)-\(status.st_ino)"
    }

    /// fsync(2) of a directory: its names outlive a loss of power.
    private static func synchronize(directory: String) throws(StorageError) {
        let descriptor = open(directory, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw StorageError(system: errno, at: directory, doing: "open the directory")
        }
        defer { _ = Self.closeDescriptor(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw StorageError(system: errno, at: directory, doing: "sync the directory")
        }
    }

    private static func closeDescriptor(_ descriptor: Int32) -> Int32 { close(descriptor) }
}

extension StorageError {
    /// The storage error that an `errno` of the system stands for.
    init(
        system number: Int32,
        at place: String,
        doing action: String,
        file: String = #fileID,
        line: Int = #line
    ) {
        let (code, way): (Code, String) =
            switch number {
            case ENOENT, ENOTDIR: (.notFound, "check the path")
            case EACCES, EPERM, EROFS: (.readOnly, "check permissions and mount options")
            case ENOSPC, EDQUOT: (.diskFull, "free some space, then try again")
            default: (.inputOutput, "check the disk, then try again")
            }
        let reason = String(cString: strerror(number))
        self.init(
            code,
            "\(place): cannot \(action): \(reason); \(way)",
            cause: nil,
            file: file,
            line: line
        )
    }
}
