internal import GRDB

extension SQLiteLogStore {
    /// Saves the changed pages of the state projection; see `LogStore`.
    public func saveProjection(
        watermark: UInt64,
        version: Int,
        pages: [ProjectionPage],
        dropping: [(table: UInt8, fromNumber: UInt32)]
    ) throws {
        try transact("projection of \(watermark)") { transaction, _ in
            let size = try transaction.storedSize()
            try StorageLimits.checkProjection(watermark: watermark, size: size, pages: pages)
            for (table, number) in dropping {
                try transaction.runMany(
                    "DELETE FROM projection_page WHERE number >= ? AND number < ?",
                    [pageNumber(table: table, number: number), (Int64(table) + 1) << 32]
                )
            }
            for page in pages {
                try transaction.run(
                    "INSERT OR REPLACE INTO projection_page (number, bytes) VALUES (?, ?)",
                    [pageNumber(table: page.table, number: page.number), page.bytes.data]
                )
            }
            try transaction.run(
                "INSERT OR REPLACE INTO projection (one, watermark, version) VALUES (1, ?, ?)",
                [Int64(watermark), version]
            )
        }
    }

    /// Up to which size the saved projection reaches, and the format of its pages, or nil.
    public func projection() throws -> (watermark: UInt64, version: Int)? {
        try read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT watermark, version FROM projection"
            )
            guard let row = try Row.fetchOne(statement) else { return nil }
            return (watermark: UInt64(clamping: row[0] as Int64), version: row[1])
        }
    }

    /// Hands over all pages of one saved projection, ordered by table and number.
    ///
    /// It reads from one snapshot, which it keeps while the closure runs.
    ///
    /// Complexity: O(bytes).
    public func forEachProjectionPage(_ body: (ProjectionPage) throws -> Void) throws {
        try read { _ in }  // A closed pool would still make a snapshot.
        let snapshot: DatabaseSnapshot
        do { snapshot = try pool.makeSnapshot() } catch {
            throw StorageError(error, at: files.database)
        }
        var next: Int64 = 0
        while true {
            let chunk: [ProjectionPage]
            do { chunk = try snapshot.read { try pages(from: next, $0) } } catch {
                throw StorageError(error, at: files.database)
            }
            guard let last = chunk.last else { return }
            for page in chunk { try body(page) }
            next = pageNumber(table: last.table, number: last.number) + 1
        }
    }

    /// Forgets the projection.
    public func dropProjection() throws {
        try transact("dropping of the projection") { transaction, _ in
            try transaction.runMany("DELETE FROM projection")
            try transaction.runMany("DELETE FROM projection_page")
        }
    }

    /// Sets or, with nil, removes settings.
    public func setSettings(_ changes: [(name: String, value: [UInt8]?)]) throws {
        for change in changes { try StorageLimits.checkSetting(change.name, change.value) }
        guard let first = changes.first else { return }
        try transact("setting \(first.name)") { transaction, _ in
            for (name, value) in changes {
                guard let value else {
                    try transaction.runMany("DELETE FROM setting WHERE name = ?", [name])
                    continue
                }
                try transaction.run(
                    "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)",
                    [name, value.data]
                )
            }
        }
    }

    private func pages(from number: Int64, _ database: Database) throws -> [ProjectionPage] {
        let statement = try database.cachedStatement(
            sql: "SELECT number, bytes FROM projection_page WHERE number >= ? ORDER BY number"
        )
        var chunk: [ProjectionPage] = []
        var byteCount = 0
        let rows = try Row.fetchCursor(statement, arguments: [number])
        while chunk.count < StorageLimits.chunkCount, byteCount < StorageLimits.chunkBytes,
            let row = try rows.next()
        {
            let key: Int64 = row[0]
            let bytes = try row.bytes(at: 1)
            byteCount += bytes.count
            chunk.append(
                ProjectionPage(
                    table: UInt8(truncatingIfNeeded: key >> 32),
                    number: UInt32(truncatingIfNeeded: key),
                    bytes: bytes
                )
            )
        }
        return chunk
    }
}

/// The row number of a page: table · 2^32 + number.
private func pageNumber(table: UInt8, number: UInt32) -> Int64 {
    Int64(table) << 32 | Int64(number)
}
