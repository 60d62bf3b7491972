/// The limits of what is read of a partner's files (spec/26 §8).
public enum BookLimits {
    /// The most bytes of a file of CSV or NDJSON: 16 GiB.
    public static let fileByteCount = 17_179_869_184
    /// The most bytes of one row: 1 MiB.
    public static let rowByteCount = 1_048_576
    /// The most bytes of one cell whose text is kept.
    public static let textByteCount = 1_024
    /// The most columns.
    public static let columnCount = 1_024
    /// The most lines before the header, and rows of the footer.
    public static let aroundRowCount = 64
    /// The most faults of rows that are listed of one file; all are counted.
    public static let listedFaultCount = 1_000
    /// The most elements of a list in a mapping.
    public static let mappingListCount = 64
    /// The most words of one list in a mapping.
    public static let wordCount = 1_024
    /// The most decimal places of a unit.
    public static let scale = 8
    /// The most digits of a number.
    public static let digitCount = 18
    /// The deepest nesting of JSON.
    public static let jsonDepth = 32
    /// The most files that a history keeps of one partner.
    public static let historyFileCount = 400
    /// The most files of one partner whose fingerprints a history keeps.
    public static let fingerprintFileCount = 40
    /// The most fingerprints that a history keeps of one file: the smallest ones.
    public static let fingerprintCount = 4_096
}
