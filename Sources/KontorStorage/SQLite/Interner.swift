internal import GRDB

/// Slugs and headers that are stored once, and referred to by number.
///
/// A partner's submissions share one header as long as its key and its library stay the same. The
/// number of headers is bounded; past it, a header is stored in its entry.
struct Interner {
    private var submitters: [String: Int64] = [:]
    private var headers: [[UInt8]: Int64] = [:]

    /// Knows nothing; for a store that does not write.
    init() {}

    /// Knows what a database holds.
    ///
    /// Complexity: O(submitters + headers).
    init(_ database: Database) throws {
        for row in try Row.fetchAll(database, sql: "SELECT number, slug FROM submitter") {
            submitters[row[1]] = row[0]
        }
        let rows = try Row.fetchCursor(database, sql: "SELECT number, bytes FROM header")
        while let row = try rows.next() { headers[try row.bytes(at: 1)] = row[0] }
    }

    /// The number of a slug, which is stored if it is new.
    mutating func number(of slug: String, in transaction: inout Transaction) throws -> Int64 {
        if let known = submitters[slug] { return known }
        let number = Int64(submitters.count) + 1
        try transaction.run("INSERT INTO submitter (number, slug) VALUES (?, ?)", [number, slug])
        submitters[slug] = number
        return number
    }

    /// The number of a header, which is stored if it is new, or nil if it is to stand in its entry.
    mutating func number(of header: [UInt8], in transaction: inout Transaction) throws -> Int64? {
        if let known = headers[header] { return known }
        guard headers.count < StorageLimits.internedHeaders,
            header.count <= StorageLimits.internedHeaderBytes
        else { return nil }
        let number = Int64(headers.count) + 1
        try transaction.run(
            "INSERT INTO header (number, bytes) VALUES (?, ?)",
            [number, header.data]
        )
        headers[header] = number
        return number
    }
}
