/// A sorted run of records, in memory or in a file, read from front to end.
struct IdentifierRun {
    /// Bytes of a record in the file: four words, little-endian.
    static let recordByteCount = 32

    private var file: ByteFile?
    private var rest: Range<Int> = 0..<0
    private var buffer: [SeenIdentifiers.Record]
    private var offset = 0

    /// A run in memory.
    init(_ records: [SeenIdentifiers.Record]) {
        buffer = records
    }

    /// A run in a file, by the numbers of its records.
    init(_ file: ByteFile, _ records: Range<Int>) {
        self.file = file
        rest = records
        buffer = []
    }

    /// The next record, or nil at the end.
    mutating func next() throws(AuditError) -> SeenIdentifiers.Record? {
        if offset == buffer.count { try fill() }
        guard offset < buffer.count else { return nil }
        defer { offset += 1 }
        return buffer[offset]
    }

    private mutating func fill() throws(AuditError) {
        let count = min(rest.count, AuditLimits.mergeByteCount / Self.recordByteCount)
        guard let file, count > 0 else { return }
        let bytes = try file.bytes(
            at: UInt64(rest.lowerBound * Self.recordByteCount),
            count: count * Self.recordByteCount
        )
        guard bytes.count == count * Self.recordByteCount else {
            throw AuditError(
                .inputOutput,
                "\(file.path): the temporary file was cut; check the disk, then try again"
            )
        }
        rest = rest.lowerBound + count..<rest.upperBound
        offset = 0
        buffer = bytes.withUnsafeBytes { buffer in
            stride(from: 0, to: buffer.count, by: Self.recordByteCount).map { start in
                func word(_ place: Int) -> UInt64 {
                    UInt64(
                        littleEndian: buffer.loadUnaligned(
                            fromByteOffset: start + 8 * place,
                            as: UInt64.self
                        )
                    )
                }
                return SeenIdentifiers.Record(
                    high: word(0),
                    low: word(1),
                    signer: word(2),
                    index: word(3)
                )
            }
        }
    }
}

/// The records of many sorted runs in one order, by a binary heap of the runs' heads.
struct IdentifierMerge {
    private var runs: [IdentifierRun]
    private var heap: [(record: SeenIdentifiers.Record, run: Int)] = []

    /// A merge of runs.
    init(runs: [IdentifierRun]) throws(AuditError) {
        self.runs = runs
        for run in runs.indices {
            guard let record = try self.runs[run].next() else { continue }
            heap.append((record, run))
        }
        heap.sort { $0.record < $1.record }
    }

    /// The next record, or nil at the end.
    ///
    /// Complexity: O(log runs).
    mutating func next() throws(AuditError) -> SeenIdentifiers.Record? {
        guard let first = heap.first else { return nil }
        if let record = try runs[first.run].next() {
            heap[0].record = record
        } else {
            heap[0] = heap[heap.count - 1]
            heap.removeLast()
        }
        siftDown()
        return first.record
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && heap[child].record < heap[least].record {
                least = child
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
