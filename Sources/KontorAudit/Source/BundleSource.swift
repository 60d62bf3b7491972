public import Signing
internal import Synchronization
public import VerifiableLog

/// A whole log in one file (spec/18 §5).
///
///     kontor-bundle/v1\n
///     <length of the note, 4 bytes, big-endian> <checkpoint note>
///     { <length of the entry, 2 bytes, big-endian> <entry> }   as many as the checkpoint states,
///     and nothing after them
///
/// It is read from front to end; the offset of every 256th entry is kept for reading single entries
/// again.
public final class BundleSource: EntrySource {
    /// The first bytes of a bundle file.
    public static let magic = Array("kontor-bundle/v1\n".utf8)

    /// The path of the file.
    public let place: String
    private let file: ByteFile
    private let start: UInt64
    private let offsets = Mutex<[UInt64]>([])

    /// The log in a file, from an offset to its end.
    public init(path: String, from start: UInt64 = 0) throws {
        place = path
        self.start = start
        file = try ByteFile(reading: path)
    }

    /// The checkpoint note.
    public func checkpoint() throws -> [UInt8] {
        let length = Self.magic.count
        let head = try file.bytes(at: start, count: length + 4)
        guard head.count == length + 4, head.starts(with: Self.magic) else {
            throw malformed(
                "a bundle begins with kontor-bundle/v1 and the length of its checkpoint"
            )
        }
        let count = head[length...].reduce(0) { $0 << 8 | Int($1) }
        guard count <= LogLimits.noteByteCount else {
            throw malformed("its checkpoint is too long")
        }
        let note = try file.bytes(at: start + UInt64(length + 4), count: count)
        guard note.count == count else { throw malformed("it ends within its checkpoint") }
        offsets.withLock { if $0.isEmpty { $0 = [start + UInt64(length + 4 + count)] } }
        return note
    }

    /// Hands over the entries.
    public func forEachEntry(size: UInt64, _ body: (SourceEntry) throws -> Bool) throws {
        var reader = BundleReader(file: file, offset: try firstOffset())
        for index in 0..<size {
            note(reader.offset, of: index)
            guard let bytes = try reader.next() else { throw missing(index) }
            guard try body(SourceEntry(index: index, content: .bytes(bytes))) else { return }
        }
        guard try file.byteCount() == reader.offset else {
            throw AuditFault(
                .surplusBytes,
                index: size == 0 ? nil : size - 1,
                at: place,
                "there are bytes after the last entry"
            )
        }
    }

    /// Reads an entry again, from the last known offset before it.
    ///
    /// Complexity: O(256 entries) if it was handed over before.
    public func entry(at index: UInt64, previous: Digest) throws -> SourceEntry {
        _ = try firstOffset()
        let known = offsets.withLock { offsets in
            let slot = min(Int(index / AuditLimits.bundleStride), offsets.count - 1)
            return (index: UInt64(slot) * AuditLimits.bundleStride, offset: offsets[slot])
        }
        var reader = BundleReader(file: file, offset: known.offset, readByteCount: 1 << 12)
        var next = known.index
        while next < index {
            note(reader.offset, of: next)
            guard try reader.skip() else { throw missing(next) }
            next += 1
        }
        guard let bytes = try reader.next() else { throw missing(index) }
        return SourceEntry(index: index, content: .bytes(bytes))
    }

    /// A bundle file has no hash tiles.
    public func check(_ tile: HashTile) {}

    /// There is nothing besides the entries.
    public func finish(size: UInt64, partial tiles: [HashTile]) -> [String] { [] }

    private func firstOffset() throws -> UInt64 {
        if let first = offsets.withLock({ $0.first }) { return first }
        _ = try checkpoint()
        return offsets.withLock { $0.first ?? 0 }
    }

    private func note(_ offset: UInt64, of index: UInt64) {
        guard index % AuditLimits.bundleStride == 0 else { return }
        offsets.withLock { offsets in
            if UInt64(offsets.count) == index / AuditLimits.bundleStride { offsets.append(offset) }
        }
    }

    private func malformed(_ reason: String) -> AuditFault {
        AuditFault(
            index: nil,
            place: place,
            code: LogError.Code.bundleMalformed.rawValue,
            reason: reason
        )
    }

    private func missing(_ index: UInt64) -> AuditFault {
        AuditFault(.entryMissing, index: index, at: place, "the file ends before or within it")
    }
}

/// Reads entries one after another through a buffer.
private struct BundleReader {
    let file: ByteFile
    /// The offset of the next entry's length.
    private(set) var offset: UInt64
    private let readByteCount: Int
    private var buffer: [UInt8] = []
    private var start = 0

    init(file: ByteFile, offset: UInt64, readByteCount: Int = AuditLimits.readByteCount) {
        self.file = file
        self.offset = offset
        self.readByteCount = readByteCount
    }

    /// The next entry, or nil if the file ends before or within it.
    mutating func next() throws -> [UInt8]? {
        guard let length = try length(), try fill(2 + length) else { return nil }
        let bytes = Array(buffer[(start + 2)..<(start + 2 + length)])
        advance(2 + length)
        return bytes
    }

    /// Passes over the next entry; gives false if the file ends before it.
    mutating func skip() throws -> Bool {
        guard let length = try length() else { return false }
        advance(2 + length)
        return true
    }

    private mutating func length() throws -> Int? {
        guard try fill(2) else { return nil }
        return Int(buffer[start]) << 8 | Int(buffer[start + 1])
    }

    private mutating func advance(_ count: Int) {
        offset += UInt64(count)
        start += count
        if start > buffer.count {
            buffer = []
            start = 0
        }
    }

    private mutating func fill(_ count: Int) throws -> Bool {
        guard buffer.count - start < count else { return true }
        buffer = try file.bytes(at: offset, count: max(count, readByteCount))
        start = 0
        return buffer.count >= count
    }
}
