public import Settlement
public import Signing

/// One file of a partner, read by its mapping: the rows, and what the file says of itself.
public struct PartnerBook: Sendable {
    /// Whose file it is.
    public let partner: Slug
    /// The version of the mapping.
    public let mappingVersion: Int
    /// The rows, the one file and its faults.
    public var table: BookTable
    /// The SHA-256 of the bytes as they came.
    public let digest: Digest
    /// How many lines could not be read; each of them is a fault, up to a limit.
    public let unreadableCount: Int
    /// The first and last day of the rows in days since 1970-01-01, or nil if none has one.
    public let days: ClosedRange<Int32>?
    /// The statements in the file; one for files that have no statements.
    public let summaries: [BookSummary]

    /// The name of the file.
    public var name: String { table.files.first?.name ?? "" }
}
