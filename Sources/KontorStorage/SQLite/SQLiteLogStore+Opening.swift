internal import GRDB

extension SQLiteLogStore {
    /// Makes the tables of a new database; one whose creation was cut short is made anew.
    static func create(_ files: LedgerFiles, _ tuning: SQLiteTuning) throws {
        let existed = files.hasDatabase
        let queue = try DatabaseQueue(
            path: files.database,
            configuration: tuning.configuration(isReadOnly: false)
        )
        try queue.writeWithoutTransaction { database in
            if existed {
                guard try Schema.Stamp(database).isUnfinished else {
                    throw StorageError(
                        .alreadyExists,
                        "\(files.database): there is a database already; "
                            + "open it, or choose another directory"
                    )
                }
            }
            try database.execute(sql: "PRAGMA page_size = \(tuning.pageSize)")
            _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
            try tuning.apply(to: database)
            try Schema.migrate(database, from: 0)
            // Cut short before this, the store is unmarked, and writes all the same.
            var transaction = Transaction(database)
            try transaction.replace(
                Standing(instance: .random(in: 1 ... .max), epoch: 0, state: .writes)
            )
        }
        try queue.close()
        try files.synchronizeDirectory()
    }

    /// Looks at the header of a database before anything may write to it.
    static func check(_ files: LedgerFiles, isReadOnly: Bool, _ tuning: SQLiteTuning) throws {
        let queue = try DatabaseQueue(
            path: files.database,
            configuration: tuning.configuration(isReadOnly: true)
        )
        let stamp = try queue.read { database in try Schema.Stamp(database) }
        try queue.close()
        try Schema.check(stamp, at: files.database)
        guard !isReadOnly || stamp.version == Schema.version else {
            throw StorageError(
                .readOnly,
                "\(files.database): has the older schema \(stamp.version); open it once for writing"
            )
        }
    }

    /// Sets up the writing connection, and reads what it has to know.
    static func prepare(
        _ pool: DatabasePool,
        _ access: Access,
        _ tuning: SQLiteTuning
    ) throws -> Writer {
        guard access != .readOnly else { return Writer() }
        return try pool.writeWithoutTransaction { database in
            try tuning.apply(to: database)
            guard access.takesLock else { return Writer() }
            try Schema.migrate(database, from: try Schema.Stamp(database).version)
            return Writer(interner: try Interner(database))
        }
    }
}
