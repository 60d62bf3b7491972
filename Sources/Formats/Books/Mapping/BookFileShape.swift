/// What kind of file the rows stand in (spec/26 §2).
public enum BookFileShape: Hashable, Sendable {
    /// Separated values (RFC 4180), with a delimiter, quotes and lines around the rows.
    case csv(SeparatedShape)
    /// One JSON document; the rows are the elements of the array at a JSON Pointer.
    case json(rows: String)
    /// One JSON object a line.
    case ndjson
    /// A bank file camt.053 or camt.054.
    case camt

    /// The word for it in a mapping.
    public var word: String {
        switch self {
        case .csv: "csv"
        case .json: "json"
        case .ndjson: "ndjson"
        case .camt: "camt"
        }
    }
}

/// How separated values are written.
public struct SeparatedShape: Hashable, Sendable {
    /// The encoding.
    public var encoding: BookEncoding
    /// The delimiter: a byte of ASCII.
    public var delimiter: UInt8
    /// The quote: a byte of ASCII, or nil if there is none.
    public var quote: UInt8?
    /// Whether the first row holds the names of the columns.
    public var hasHeader: Bool
    /// How many lines stand before the header or the first row.
    public var skippedLineCount: Int
    /// How many rows at the end are the footer.
    public var footerRowCount: Int

    /// A shape.
    public init(
        encoding: BookEncoding = .utf8,
        delimiter: UInt8 = 0x2c,
        quote: UInt8? = 0x22,
        hasHeader: Bool = true,
        skippedLineCount: Int = 0,
        footerRowCount: Int = 0
    ) {
        self.encoding = encoding
        self.delimiter = delimiter
        self.quote = quote
        self.hasHeader = hasHeader
        self.skippedLineCount = skippedLineCount
        self.footerRowCount = footerRowCount
    }
}
