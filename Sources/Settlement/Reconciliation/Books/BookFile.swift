/// A file that rows come from, as evidence names it.
public struct BookFile: Hashable, Sendable {
    /// The name that the reader of a report knows it by.
    public let name: String
    /// The SHA-256 of its bytes, base64url, or an empty text for the ledger.
    public let digest: String
    /// How many rows it has, those that could not be read included.
    public var rowCount: Int

    /// A file.
    public init(name: String, digest: String, rowCount: Int) {
        self.name = name
        self.digest = digest
        self.rowCount = rowCount
    }
}
