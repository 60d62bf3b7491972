internal import GRDB
internal import Signing

extension SQLiteLogStore {
    /// The head of the last commit, or nil before the first.
    public func head() throws -> LogHead? {
        try read { database in try Self.head(database, at: files.database) }
    }

    /// The head in a database.
    static func head(_ database: Database, at place: String) throws -> LogHead? {
        let statement = try database.cachedStatement(
            sql: "SELECT size, root, checkpoint FROM head"
        )
        guard let row = try Row.fetchOne(statement) else { return nil }
        guard let size = UInt64(exactly: row[0] as Int64),
            let root = Digest(try row.bytes(at: 1))
        else { throw damaged("the head", at: place) }
        return LogHead(size: size, root: root, checkpoint: try row.bytes(at: 2))
    }

    /// The entry at an index, or nil past the end.
    ///
    /// Complexity: O(log size).
    public func entry(at index: UInt64) throws -> StoredEntry? {
        guard index < StorageLimits.logSize else { return nil }
        return try entries(in: index..<index + 1).first
    }

    /// Hands over the entries of a range in order; see `LogStore.forEachEntry(in:_:)`.
    public func forEachEntry(
        in range: Range<UInt64>,
        _ body: (StoredEntry) throws -> Bool
    ) throws {
        let end = min(range.upperBound, try head()?.size ?? 0)
        var next = range.lowerBound
        while next < end {
            let chunk = try entries(in: next..<end)
            guard let last = chunk.last else { throw damaged("entry \(next)") }
            for (offset, entry) in chunk.enumerated() {
                guard entry.index == next + UInt64(offset) else {
                    throw damaged("entry \(next + UInt64(offset))")
                }
                guard try body(entry) else { return }
            }
            next = last.index + 1
        }
    }

    /// The index of the entry that a submitter sent under an id, or nil.
    ///
    /// Complexity: O(log size).
    public func index(of submitter: String, id: UInt128) throws -> UInt64? {
        try read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT position FROM submission
                    WHERE submitter = (SELECT number FROM submitter WHERE slug = ?) AND id = ?
                    """
            )
            let position = try Int64.fetchOne(statement, arguments: [submitter, id.data])
            return position.map { UInt64(clamping: $0) }
        }
    }

    /// The 8,192 bytes of a full tile, or nil if it is not complete.
    ///
    /// Complexity: O(log size).
    public func tile(level: Int, index: UInt64) throws -> [UInt8]? {
        guard (0...StorageLimits.tileLevel).contains(level), index < StorageLimits.logSize else {
            return nil
        }
        return try read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT bytes FROM tile WHERE number = ?"
            )
            let number = tileNumber(level: level, index: index)
            return try Row.fetchOne(statement, arguments: [number])?.bytes(at: 0)
        }
    }

    /// The value of a setting, or nil.
    public func setting(_ name: String) throws -> [UInt8]? {
        try read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT value FROM setting WHERE name = ?"
            )
            return try Row.fetchOne(statement, arguments: [name])?.bytes(at: 0)
        }
    }

    /// The settings whose names begin with a text.
    public func settings(withPrefix prefix: String) throws -> [StoredSetting] {
        try read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT name, value FROM setting
                    WHERE name >= ?1 AND substr(name, 1, length(?1)) = ?1 ORDER BY name
                    """
            )
            var settings: [StoredSetting] = []
            let rows = try Row.fetchCursor(statement, arguments: [prefix])
            while let row = try rows.next() {
                settings.append(StoredSetting(name: row[0], value: try row.bytes(at: 1)))
            }
            return settings
        }
    }

    /// The error for a part of the log that is missing or out of form.
    func damaged(_ part: String) -> StorageError { Self.damaged(part, at: files.database) }

    private static func damaged(_ part: String, at place: String) -> StorageError {
        StorageError(
            .corrupt,
            "\(place): \(part) is missing or damaged; "
                + "restore a backup, or copy the log from a mirror"
        )
    }
}
