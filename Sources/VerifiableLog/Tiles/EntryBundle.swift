/// Entries of a log as they are served: each one after its length in two bytes, big-endian (spec/05
/// §5).
///
/// A full bundle has 256 entries and at most 16,777,472 bytes; entry i of bundle n is leaf n·256 +
/// i.
public struct EntryBundle: Sendable {
    private let bytes: [UInt8]
    private var offset = 0
    private var count = 0

    /// A reader at the start of a bundle.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next entry, or nil at the end.
    ///
    /// Throws `bundleMalformed` for an entry that is cut off, or a 257th one.
    ///
    /// Complexity: O(n) of the entry.
    public mutating func next() throws(LogError) -> [UInt8]? {
        guard offset < bytes.count else { return nil }
        guard count < LogLimits.tileWidth, offset + 2 <= bytes.count else { throw malformed }
        let length = Int(bytes[offset]) << 8 | Int(bytes[offset + 1])
        guard offset + 2 + length <= bytes.count else { throw malformed }
        let start = offset + 2
        offset = start + length
        count += 1
        return Array(bytes[start..<offset])
    }

    /// All entries of a bundle that must have so many.
    ///
    /// Throws `bundleMalformed`.
    ///
    /// Complexity: O(n).
    public static func entries(
        in bytes: [UInt8],
        count: Int
    ) throws(LogError) -> [[UInt8]] {
        var bundle = EntryBundle(bytes)
        var entries: [[UInt8]] = []
        entries.reserveCapacity(count)
        while let entry = try bundle.next() { entries.append(entry) }
        guard entries.count == count else { throw bundle.malformed }
        return entries
    }

    /// Appends an entry to the bytes of a bundle.
    ///
    /// Throws `entryTooLong`.
    ///
    /// Complexity: O(n).
    public static func append(_ entry: [UInt8], to bytes: inout [UInt8]) throws(LogError) {
        guard let length = UInt16(exactly: entry.count) else {
            throw EntryFrame.tooLong(entry.count)
        }
        bytes.append(UInt8(truncatingIfNeeded: length >> 8))
        bytes.append(UInt8(truncatingIfNeeded: length))
        bytes.append(contentsOf: entry)
    }

    private var malformed: LogError {
        LogError(
            .bundleMalformed,
            at: "entry \(count) of the bundle, byte \(offset)",
            "a bundle is whole entries, each after its length in two bytes, in the number due"
        )
    }
}
