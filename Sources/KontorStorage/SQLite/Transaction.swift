internal import Foundation
internal import GRDB

/// A write in progress: statements prepared once per connection, and their counts.
struct Transaction {
    let database: Database
    var statements: UInt64 = 0
    var rows: UInt64 = 0

    init(_ database: Database) {
        self.database = database
    }

    /// Runs a statement that changes one row for every run.
    mutating func run(_ sql: String, _ arguments: StatementArguments) throws {
        statements += 1
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
        rows += 1
    }

    /// Runs a statement that changes any number of rows.
    mutating func runMany(_ sql: String, _ arguments: StatementArguments = []) throws {
        statements += 1
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
        rows += UInt64(database.changesCount)
    }
}

extension [UInt8] {
    /// The bytes as SQLite takes them.
    var data: Data { Data(self) }
}

extension UInt128 {
    /// The 16 bytes, big-endian, as SQLite takes them: their order is the order of the numbers.
    var data: Data {
        withUnsafeBytes(of: bigEndian) { Data($0) }
    }
}

extension Row {
    /// The bytes of a column, copied once.
    func bytes(at column: Int) throws -> [UInt8] {
        try withUnsafeData(atIndex: column) { data in data.map { [UInt8]($0) } ?? [] }
    }
}
