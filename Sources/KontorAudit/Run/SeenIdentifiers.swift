/// Which (signer, id) pairs occurred, exactly and in bounded memory.
///
/// Pairs are gathered in runs; a full run is sorted and written to a temporary file. At the end all
/// runs are merged, and equal pairs meet. 32 bytes of disk a pair beyond the first run.
struct SeenIdentifiers {
    /// One pair and where it stands; ordered by pair, then by index.
    struct Record: Comparable {
        let high: UInt64
        let low: UInt64
        let signer: UInt64
        let index: UInt64

        static func < (left: Record, right: Record) -> Bool {
            (left.high, left.low, left.signer, left.index)
                < (right.high, right.low, right.signer, right.index)
        }

        func isSamePair(as other: Record) -> Bool {
            high == other.high && low == other.low && signer == other.signer
        }
    }

    private let directory: String
    private let runLength: Int
    private var signers: [String: UInt64] = [:]
    private var run: [Record] = []
    private var file: ByteFile?
    /// The number of records of each run in the file; each but the last is full.
    private var runs: [Int] = []
    private var stored = 0

    /// No pairs; a file is made in the directory when they become many.
    init(directory: String, runLength: Int = AuditLimits.identifiersPerRun) {
        self.directory = directory
        self.runLength = runLength
    }

    /// Notes that a pair stands at an index.
    mutating func insert(_ id: UInt128, of signer: String, at index: UInt64) throws(AuditError) {
        let number = signers[signer] ?? UInt64(signers.count)
        if number == UInt64(signers.count) { signers[signer] = number }
        run.append(
            Record(
                high: UInt64(truncatingIfNeeded: id >> 64),
                low: UInt64(truncatingIfNeeded: id),
                signer: number,
                index: index
            )
        )
        if run.count >= runLength { try spill() }
    }

    /// The lowest index at which a pair stands that had stood before, or nil if none repeats.
    ///
    /// Complexity: O(n log n).
    mutating func firstRepetition() throws(AuditError) -> UInt64? {
        run.sort()
        var merge = try IdentifierMerge(runs: cursors())
        var first: UInt64?
        var before: Record?
        while let record = try merge.next() {
            if let before, before.isSamePair(as: record) {
                first = min(first ?? record.index, record.index)
            }
            before = record
        }
        return first
    }

    private func cursors() -> [IdentifierRun] {
        var start = 0
        var cursors = [IdentifierRun(run)]
        for count in runs {
            if let file { cursors.append(IdentifierRun(file, start..<start + count)) }
            start += count
        }
        return cursors
    }

    private mutating func spill() throws(AuditError) {
        if file == nil { file = try ByteFile(namelessIn: directory) }
        run.sort()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(run.count * IdentifierRun.recordByteCount)
        for record in run {
            for word in [record.high, record.low, record.signer, record.index] {
                withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
            }
        }
        try file?.put(bytes, at: UInt64(stored * IdentifierRun.recordByteCount))
        stored += run.count
        runs.append(run.count)
        run.removeAll(keepingCapacity: true)
    }
}
