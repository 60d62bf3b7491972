internal import GRDB

extension SQLiteLogStore {
    /// The name of the transaction that a store beside the writer may make.
    static let standingName = "standing"

    /// Whether the store takes entries of its own.
    ///
    /// Throws `fenced` if the directory bears the file of a fence and the database does not know of
    /// it: then the database was exchanged for an older one.
    public func standing() throws -> Standing {
        let standing = try read { database in
            try Transaction(database).standing(at: files.database)
        }
        guard standing.isFenced || !files.hasFence else {
            throw StorageError(
                .fenced,
                "\(files.fence): the right to write was given away, and ledger.db is not the one "
                    + "that gave it; restore it into a directory of its own"
            )
        }
        return standing
    }

    /// Replaces the standing in one durable transaction; see `LogStore`.
    ///
    /// Opened `beside`, it ends the right of a writer that has the log open: SQLite lets one
    /// transaction write at a time, and every commit asks for the standing inside its own.
    public func replaceStanding(_ expected: Standing, with next: Standing) throws {
        try transact(Self.standingName) { transaction, _ in
            let stored = try transaction.standing(at: files.database)
            try stored.checkIs(expected)
            try stored.check(next, size: transaction.storedSize())
            try transaction.replace(next)
        }
        if next.isFenced { files.tellOfFence(next) }
    }

    /// Which file the log is kept in: another one after the directory was copied.
    public func place() throws -> String { try files.identity() }
}

extension Transaction {
    /// The standing as stored.
    func standing(at place: String) throws -> Standing {
        let statement = try database.cachedStatement(
            sql: "SELECT value FROM setting WHERE name = ?"
        )
        let row = try Row.fetchOne(statement, arguments: [Standing.settingName])
        return try Standing(mark: row?.bytes(at: 0), at: place)
    }

    /// Puts a standing in the place of the one before.
    mutating func replace(_ standing: Standing) throws {
        try run(
            "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)",
            [Standing.settingName, standing.text.data]
        )
    }
}
