internal import GRDB

extension StorageError {
    /// The storage error that a fault of SQLite stands for.
    ///
    /// A way out that depends on the call is the caller's to add; the ones here hold everywhere.
    init(
        _ fault: any Error,
        at place: String,
        file: String = #fileID,
        line: Int = #line
    ) {
        if let known = fault as? StorageError {
            self = known
            return
        }
        guard let database = fault as? DatabaseError else {
            self.init(
                .inputOutput,
                "\(place): an unexpected fault; close the store and open it again",
                cause: fault,
                file: file,
                line: line
            )
            return
        }
        let (code, reason) = Self.reason(of: database)
        self.init(code, "\(place): \(reason)", cause: fault, file: file, line: line)
    }

    /// Code, reason and way out of a result code of SQLite.
    private static func reason(of fault: DatabaseError) -> (Code, String) {
        if fault.extendedResultCode == .SQLITE_IOERR_CORRUPTFS {
            return (.corrupt, "the file system is damaged; restore a backup on another disk")
        }
        switch fault.resultCode {
        case .SQLITE_FULL:
            return (.diskFull, "no space is left; free some, then try again")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            return (.readOnly, "cannot be written; check permissions and how it was opened")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return (.lockedByWriter, "another program holds a lock; end it, then try again")
        case .SQLITE_CORRUPT, .SQLITE_FORMAT:
            return (
                .corrupt, "the file is damaged; restore a backup, or copy the log from a mirror"
            )
        case .SQLITE_NOTADB:
            return (.corrupt, "the file is no SQLite database; restore a backup")
        case .SQLITE_CANTOPEN:
            return (.inputOutput, "cannot be opened; check that it exists and may be read")
        case .SQLITE_CONSTRAINT:
            return (.conflict, "a row is stored already; read the head and replay")
        case .SQLITE_MISUSE:
            return (.closed, "the store was closed; open it again")
        case .SQLITE_TOOBIG:
            return (.limitExceeded, "a value is too long; refuse it at intake")
        default:
            return (.inputOutput, "a read or write failed; check the disk, then open it again")
        }
    }
}
