internal import Signing

/// The leaf hashes of all entries so far, in a temporary file, 32 bytes each.
///
/// With them, an entry that is read a second time is held to what it was the first time.
final class LeafHashes {
    private let directory: String
    private var file: ByteFile?
    private var stored: UInt64 = 0
    private var recent: [UInt8] = []

    /// No hashes; a file is made in the directory when they become many.
    init(directory: String) {
        self.directory = directory
    }

    /// Appends a hash.
    func append(_ hash: Digest) throws(AuditError) {
        hash.append(to: &recent)
        guard recent.count >= AuditLimits.readByteCount else { return }
        if file == nil { file = try ByteFile(namelessIn: directory) }
        try file?.put(recent, at: stored)
        stored += UInt64(recent.count)
        recent.removeAll(keepingCapacity: true)
    }

    /// The hash of an entry, or nil if it is not there yet.
    func hash(at index: UInt64) throws(AuditError) -> Digest? {
        let offset = index * UInt64(Digest.byteCount)
        if offset < stored {
            return Digest(try file?.bytes(at: offset, count: Digest.byteCount) ?? [])
        }
        let start = Int(clamping: offset - stored)
        guard start < recent.count else { return nil }
        return Digest(recent[start..<start + Digest.byteCount])
    }
}
