internal import GRDB
internal import Signing
internal import Synchronization

extension SQLiteLogStore {
    /// Adds a commit in one durable transaction; see `LogStore.append(_:)`.
    public func append(_ commit: LogCommit) throws {
        try commit.checkShape()
        try transact("append at \(commit.base)") { transaction, writer in
            let stored = try transaction.storedSize()
            try transaction.standing(at: files.database).check(commit, stored: stored)
            try commit.checkBase(stored: stored)
            for entry in commit.entries { try transaction.insert(entry, &writer.interner) }
            for tile in commit.tiles { try transaction.insert(tile) }
            try transaction.replace(commit.head)
            if case .enrolment(let next) = commit.authority { try transaction.replace(next) }
            writer.counters.commits += 1
            writer.counters.entries += UInt64(commit.entries.count)
        }
    }

    /// Runs one durable transaction.
    ///
    /// What the body changes in the writer counts only if it commits.
    func transact(
        _ name: String,
        _ body: (inout Transaction, inout Writer) throws -> Void
    ) throws {
        try requireWritable(name)
        try writer.withLock { writer in
            guard !writer.isClosed else {
                throw StorageError(
                    .closed,
                    "\(files.database): the store was closed; open it again"
                )
            }
            guard !writer.isStopped else {
                throw StorageError(
                    .inputOutput,
                    "\(files.database): no \(name), since the outcome of a write before is unknown; "
                        + "close the store, open it again and read the head"
                )
            }
            try pool.writeWithoutTransaction { database in
                try run(name, on: database, &writer, body)
            }
        }
    }

    private func requireWritable(_ name: String) throws(StorageError) {
        guard access != .readOnly, access != .beside || name == Self.standingName else {
            throw StorageError(
                .readOnly,
                "\(files.database): was opened for reading, so there is no \(name); "
                    + "open it for writing"
            )
        }
    }

    private func run(
        _ name: String,
        on database: Database,
        _ writer: inout Writer,
        _ body: (inout Transaction, inout Writer) throws -> Void
    ) throws(StorageError) {
        var transaction = Transaction(database)
        var changed = writer
        do {
            try database.beginTransaction(.immediate)
            try body(&transaction, &changed)
            try database.commit()
        } catch {
            writer.counters.statements += transaction.statements
            let fault = StorageError(error, at: "\(files.database), \(name)")
            do {
                if database.isInsideTransaction { try database.rollback() }
                writer.isStopped = fault.code == .inputOutput
            } catch {
                writer.isStopped = true
            }
            throw fault
        }
        changed.count(transaction)
        changed.counters.statements += transaction.statements
        writer = changed
    }
}

extension Transaction {
    /// The size of the log as stored, 0 before the first commit.
    func storedSize() throws -> UInt64 {
        let statement = try database.cachedStatement(sql: "SELECT size FROM head")
        return UInt64(clamping: try Int64.fetchOne(statement) ?? 0)
    }

    /// Adds an entry and its id.
    ///
    /// A header that is not interned stands in the entry as bytes.
    mutating func insert(_ entry: StoredEntry, _ interner: inout Interner) throws {
        let submitter = try interner.number(of: entry.submitter, in: &self)
        let header = try interner.number(of: entry.header, in: &self)
        let position = Int64(entry.index)
        let id = entry.id.data
        try run(
            """
            INSERT INTO entry (position, time, submitter, id, header, signature, payload)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                position, entry.time.milliseconds, submitter, id,
                header?.databaseValue ?? entry.header.data.databaseValue,
                entry.signature.data, entry.payload.data,
            ]
        )
        do {
            try run(
                "INSERT INTO submission (submitter, id, position) VALUES (?, ?, ?)",
                [submitter, id, position]
            )
        } catch let fault as DatabaseError where fault.resultCode == .SQLITE_CONSTRAINT {
            throw entry.existsError
        }
    }

    /// Adds a tile.
    mutating func insert(_ tile: StoredTile) throws {
        do {
            try run(
                "INSERT INTO tile (number, bytes) VALUES (?, ?)",
                [tileNumber(level: tile.level, index: tile.index), tile.bytes.data]
            )
        } catch let fault as DatabaseError where fault.resultCode == .SQLITE_CONSTRAINT {
            throw tile.existsError
        }
    }

    /// Puts a head in the place of the one before.
    mutating func replace(_ head: LogHead) throws {
        try run(
            "INSERT OR REPLACE INTO head (one, size, root, checkpoint) VALUES (1, ?, ?, ?)",
            [Int64(head.size), head.root.bytes.data, head.checkpoint.data]
        )
    }
}

/// The row number of a tile: level · 2^48 + index.
func tileNumber(level: Int, index: UInt64) -> Int64 {
    Int64(level) << 48 | Int64(truncatingIfNeeded: index)
}
