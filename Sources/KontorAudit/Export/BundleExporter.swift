public import KontorStorage
internal import Signing
internal import VerifiableLog

/// Writes the log of a store as one file (spec/18 §5), which appears when it is whole and durable.
public struct BundleExporter {
    private let store: any LogStore
    private let path: String

    /// An exporter of a store into a file, in place of any that is there.
    public init(_ store: any LogStore, path: String) {
        self.store = store
        self.path = path
    }

    /// Exports up to the present head; gives its size.
    ///
    /// Throws `corrupt` if the entries of the store do not hash to its head, `notFound` for an
    /// empty log.
    ///
    /// Complexity: O(bytes), in constant memory.
    public func export(progress: (AuditProgress) -> Void = { _ in }) throws -> UInt64 {
        let head = try StoreEntries.head(of: store)
        let file = try ByteFile(creating: path + ".new")
        var buffer = Self.header(head.checkpoint)
        var offset: UInt64 = 0
        var range = CompactRange()
        func flush() throws(AuditError) {
            try file.put(buffer, at: offset)
            offset += UInt64(buffer.count)
            buffer.removeAll(keepingCapacity: true)
        }
        try StoreEntries.forEach(in: 0..<head.size, of: store, after: .zero) { entry in
            try EntryBundle.append(entry.frame.bytes, to: &buffer)
            range.append(entry.leaf)
            if buffer.count >= AuditLimits.readByteCount {
                try flush()
                progress(AuditProgress(entries: range.size, size: head.size, transfers: 0))
            }
        }
        try flush()
        guard range.root == head.root else { throw StoreEntries.damaged }
        try file.synchronize()
        try DurableFiles.publish(path + ".new", as: path)
        return head.size
    }

    private static func header(_ note: [UInt8]) -> [UInt8] {
        let count = UInt32(clamping: note.count)
        return BundleSource.magic
            + (0..<4).map { UInt8(truncatingIfNeeded: count >> UInt32(24 - 8 * $0)) } + note
    }
}
