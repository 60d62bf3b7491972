/// The limits of an audit; together they bound its memory at any length of the log.
public enum AuditLimits {
    /// Entries of a chunk, the unit that one worker prepares.
    public static let chunkEntryCount = 64
    /// A chunk ends when its entries hold so many bytes: 256 KiB.
    public static let chunkByteCount = 1 << 18
    /// Chunks that are read and not yet applied.
    public static let chunksAhead = 24
    /// Records of a sorted run of identifiers, 32 bytes each.
    public static let identifiersPerRun = 1 << 18
    /// Bytes that a merge buffers for each run.
    public static let mergeByteCount = 1 << 16
    /// Past entries that are kept parsed.
    public static let pastEntryCount = 256
    /// Transfers and commits that are kept while the ledger's books are read.
    public static let recentTransferCount = 4_096
    /// Entries between two offsets that are kept of a bundle file.
    public static let bundleStride: UInt64 = 256
    /// Bytes of a bundle file that are read at once: 1 MiB.
    public static let readByteCount = 1 << 20
    /// Entry bundles that are fetched from a server before they are read, 16.8 MB each at most.
    public static let bundlesAhead = 4
    /// Entry bundles of a server that are kept for reading single entries again.
    public static let bundlesKept = 4
    /// Files that are written before they are synced together.
    public static let unsyncedFileCount = 512
    /// Unexpected files that a report names one by one.
    public static let namedFileCount = 20
}
