internal import GRDB
internal import GRDBSQLite
internal import Signing

/// Entries are what a log is read for by the million, so their columns are taken straight from
/// SQLite.
extension SQLiteLogStore {
    /// The first entries of a range, as many as one chunk holds.
    func entries(in range: Range<UInt64>) throws -> [StoredEntry] {
        try read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT position, time, submitter, id, header, signature, payload FROM entry
                    WHERE position >= ? AND position < ? ORDER BY position
                    """
            )
            try statement.setArguments([Int64(range.lowerBound), Int64(range.upperBound)])
            let row = EntryRow(statement.sqliteStatement)
            defer { row.reset() }
            var names = NameReader(database)
            var chunk: [StoredEntry] = []
            var byteCount = 0
            while chunk.count < StorageLimits.chunkCount, byteCount < StorageLimits.chunkBytes,
                try row.advance(database)
            {
                let entry = try self.entry(row, &names)
                byteCount += entry.payload.count
                chunk.append(entry)
            }
            return chunk
        }
    }

    private func entry(_ row: EntryRow, _ names: inout NameReader) throws -> StoredEntry {
        let position = row.number(0)
        guard let submitter = try names.slug(row.number(2)),
            let header = row.isNumber(4) ? try names.header(row.number(4)) : row.bytes(4),
            let id = row.identifier(3)
        else { throw damaged("entry \(position)") }
        return StoredEntry(
            index: UInt64(clamping: position),
            time: Timestamp(milliseconds: row.number(1)),
            submitter: submitter,
            id: id,
            header: header,
            payload: row.bytes(6),
            signature: row.bytes(5)
        )
    }
}

/// The row on which a statement stands, by the numbers of its columns.
private struct EntryRow {
    private let statement: SQLiteStatement

    init(_ statement: SQLiteStatement) {
        self.statement = statement
    }

    /// Goes to the next row, and returns false after the last.
    func advance(_ database: Database) throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            throw DatabaseError(
                resultCode: database.lastErrorCode,
                message: database.lastErrorMessage
            )
        }
    }

    /// Lets go of what the statement holds.
    func reset() {
        sqlite3_reset(statement)
    }

    func isNumber(_ column: Int32) -> Bool {
        sqlite3_column_type(statement, column) == SQLITE_INTEGER
    }

    func number(_ column: Int32) -> Int64 {
        sqlite3_column_int64(statement, column)
    }

    /// The bytes, copied once.
    func bytes(_ column: Int32) -> [UInt8] {
        withBytes(column) { [UInt8]($0) }
    }

    /// The number of 16 bytes, big-endian, or nil for any other number of bytes.
    func identifier(_ column: Int32) -> UInt128? {
        withBytes(column) { bytes in
            bytes.count == 16 ? UInt128(bigEndian: bytes.loadUnaligned(as: UInt128.self)) : nil
        }
    }

    private func withBytes<Value>(
        _ column: Int32,
        _ body: (UnsafeRawBufferPointer) -> Value
    ) -> Value {
        let start = sqlite3_column_blob(statement, column)
        let count = Int(sqlite3_column_bytes(statement, column))
        return body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
    }
}

/// Reads slugs and headers by number, each once per snapshot.
private struct NameReader {
    private let database: Database
    private var slugs: [Int64: String] = [:]
    private var headers: [Int64: [UInt8]] = [:]

    init(_ database: Database) {
        self.database = database
    }

    /// The slug of a number, or nil if there is none.
    mutating func slug(_ number: Int64) throws -> String? {
        if let known = slugs[number] { return known }
        let statement = try database.cachedStatement(
            sql: "SELECT slug FROM submitter WHERE number = ?"
        )
        slugs[number] = try String.fetchOne(statement, arguments: [number])
        return slugs[number]
    }

    /// The header of a number, or nil if there is none.
    mutating func header(_ number: Int64) throws -> [UInt8]? {
        if let known = headers[number] { return known }
        let statement = try database.cachedStatement(
            sql: "SELECT bytes FROM header WHERE number = ?"
        )
        headers[number] = try Row.fetchOne(statement, arguments: [number])?.bytes(at: 0)
        return headers[number]
    }
}
