internal import GRDB

/// The settings of SQLite, each chosen by measurement (spec/15 §4).
struct SQLiteTuning: Sendable {
    /// Bytes of a page of a new file.
    var pageSize = 8_192
    /// After so many bytes of write-ahead log, its pages are copied into the database.
    var checkpointBytes = 16 << 20
    /// The write-ahead log is cut to so many bytes when it starts over.
    var journalLimitBytes = 64 << 20
    /// Bytes of pages that each connection keeps.
    var cacheBytes = 16 << 20
    /// The greatest number of pages of the database, so that tests can fill it; nil for SQLite's
    /// own.
    var pageLimit: Int?

    /// Settings of a writing connection.
    func apply(to database: Database) throws {
        let stored = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? pageSize
        try database.execute(
            sql: """
                PRAGMA synchronous = FULL;
                PRAGMA wal_autocheckpoint = \(max(1, checkpointBytes / stored));
                PRAGMA journal_size_limit = \(journalLimitBytes);
                """
        )
        if let pageLimit {
            try database.execute(sql: "PRAGMA max_page_count = \(pageLimit)")
        }
    }

    /// The configuration of all connections of a store.
    func configuration(isReadOnly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = isReadOnly
        configuration.foreignKeysEnabled = false
        configuration.label = "kontor.ledger"
        configuration.maximumReaderCount = 8
        configuration.busyMode = .timeout(10)
        let kibibytes = cacheBytes / 1_024
        configuration.prepareDatabase { database in
            try database.execute(
                sql: "PRAGMA cache_size = -\(kibibytes); PRAGMA trusted_schema = OFF"
            )
        }
        return configuration
    }
}
