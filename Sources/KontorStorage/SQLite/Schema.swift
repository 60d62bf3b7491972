internal import GRDB

/// The tables of `ledger.db` (spec/15 §3).
///
/// `application_id` says that the file is a ledger, `user_version` which migrations it has seen.
/// Both are written in the transaction that makes the tables, so a file has all or nothing.
enum Schema {
    /// "Kont" in ASCII, in the header of the file.
    static let applicationID: Int32 = 0x4b6f_6e74
    /// The version that this software writes: the number of migrations.
    static let version = migrations.count

    /// What leads from each version to the next.
    ///
    /// A published one is never changed, only followed.
    static let migrations = [
        """
        CREATE TABLE head (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            size INTEGER NOT NULL,
            root BLOB NOT NULL,
            checkpoint BLOB NOT NULL
        ) STRICT;
        CREATE TABLE submitter (number INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE header (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL UNIQUE) STRICT;
        CREATE TABLE entry (
            position INTEGER PRIMARY KEY,
            time INTEGER NOT NULL,
            submitter INTEGER NOT NULL,
            id BLOB NOT NULL,
            header ANY NOT NULL,
            signature BLOB NOT NULL,
            payload BLOB NOT NULL
        ) STRICT;
        CREATE TABLE submission (
            submitter INTEGER NOT NULL,
            id BLOB NOT NULL,
            position INTEGER NOT NULL,
            PRIMARY KEY (id, submitter)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE tile (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE projection (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            watermark INTEGER NOT NULL,
            version INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE projection_page (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
        """
    ]

    /// What stands in the file's header, before anything of it is trusted.
    struct Stamp: Equatable {
        let applicationID: Int32
        let version: Int
        let isEmpty: Bool

        init(_ database: Database) throws {
            applicationID = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
            version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
            isEmpty = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0
        }

        /// A file whose creation was cut short: it holds nothing yet.
        var isUnfinished: Bool { isEmpty && applicationID == 0 && version == 0 }
    }

    /// Refuses a file that is no ledger, or one of newer software.
    static func check(_ stamp: Stamp, at place: String) throws(StorageError) {
        guard !stamp.isUnfinished else {
            throw StorageError(
                .notFound,
                "\(place): its creation was cut short and it holds nothing; create it again"
            )
        }
        guard stamp.applicationID == applicationID, stamp.version > 0 else {
            throw StorageError(
                .corrupt,
                "\(place): is a database, but no ledger; check the path"
            )
        }
        guard stamp.version <= version else {
            throw StorageError(
                .newerVersion,
                "\(place): has schema \(stamp.version), this software knows \(version); "
                    + "use the newer software that wrote it"
            )
        }
    }

    /// Brings a database from a version to the present one, each step in a transaction of its own.
    static func migrate(_ database: Database, from stored: Int) throws {
        for (number, statements) in migrations.enumerated() where number >= stored {
            try database.inTransaction(.immediate) {
                try database.execute(sql: statements)
                try database.execute(sql: "PRAGMA application_id = \(applicationID)")
                try database.execute(sql: "PRAGMA user_version = \(number + 1)")
                return .commit
            }
        }
    }
}
