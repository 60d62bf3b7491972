/// The limits of a store.
///
/// Callers meet the smaller limits of the rules first.
public enum StorageLimits {
    /// The greatest number of entries of a log: 2^48.
    public static let logSize: UInt64 = 1 << 48
    /// The greatest number of entries of one commit.
    public static let entriesPerCommit = 65_536
    /// The greatest number of bytes of header, payload and signature of one entry.
    public static let entryBytes = 65_535
    /// The greatest number of bytes of a submitter's slug or a setting's name.
    public static let nameBytes = 255
    /// The greatest level of a tile: 256^6 is the greatest log.
    public static let tileLevel = 5
    /// The greatest number of bytes of a projection page or a setting: 16 MiB.
    public static let valueBytes = 1 << 24

    /// The greatest number of different headers that are stored once and referred to.
    static let internedHeaders = 4_096
    /// The greatest number of bytes of such a header.
    static let internedHeaderBytes = 512
    /// A streaming read holds at most so many entries or pages at a time.
    static let chunkCount = 1_024
    /// A streaming read stops a chunk when it holds so many bytes: 2 MiB.
    static let chunkBytes = 1 << 21
}
