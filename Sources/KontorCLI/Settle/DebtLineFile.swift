internal import KontorAudit

/// The lines of a settlement's debts, a run for each debt, in a file without a name: so that a
/// night of any size is stated in bounded memory.
///
/// Runs are written in parts as they fill; what never fills a part never leaves memory.
struct DebtLineFile {
    /// Lines of one part: 32 KiB.
    static let partCount = 256
    private static let lineByteCount = MemoryLayout<DebtLine>.stride

    /// The lines of one debt: parts in the file, and the last lines in memory.
    private struct Run {
        var offsets: [UInt64] = []
        var tail: [DebtLine] = []
    }

    private let directory: String
    private var runs: [Run]
    private var file: ByteFile?
    private var byteCount: UInt64 = 0

    /// Runs of so many debts, none of which has a line.
    init(debts count: Int, in directory: String) {
        self.directory = directory
        runs = Array(repeating: Run(), count: count)
    }

    /// Appends a line to a debt.
    mutating func append(_ line: DebtLine, to debt: Int) throws {
        runs[debt].tail.append(line)
        guard runs[debt].tail.count == Self.partCount else { return }
        let file = try self.file ?? ByteFile(namelessIn: directory)
        self.file = file
        try file.put(Self.bytes(runs[debt].tail), at: byteCount)
        runs[debt].offsets.append(byteCount)
        runs[debt].tail.removeAll(keepingCapacity: true)
        byteCount += UInt64(Self.partCount * Self.lineByteCount)
    }

    /// The number of lines of a debt.
    func count(of debt: Int) -> Int {
        runs[debt].offsets.count * Self.partCount + runs[debt].tail.count
    }

    /// The number of parts of a debt.
    func partCount(of debt: Int) -> Int {
        runs[debt].offsets.count + (runs[debt].tail.isEmpty ? 0 : 1)
    }

    /// The lines of a part of a debt.
    func part(_ number: Int, of debt: Int) throws -> [DebtLine] {
        guard number < runs[debt].offsets.count, let file else { return runs[debt].tail }
        let count = Self.partCount * Self.lineByteCount
        return Self.lines(try file.bytes(at: runs[debt].offsets[number], count: count))
    }

    /// Changes the lines of a debt, all at once in memory.
    mutating func change(_ debt: Int, _ body: (inout [DebtLine]) throws -> Void) throws {
        var lines: [DebtLine] = []
        lines.reserveCapacity(count(of: debt))
        for number in 0..<partCount(of: debt) { lines += try part(number, of: debt) }
        try body(&lines)
        for (number, offset) in runs[debt].offsets.enumerated() {
            let part = lines[number * Self.partCount..<(number + 1) * Self.partCount]
            try file?.put(Self.bytes(Array(part)), at: offset)
        }
        runs[debt].tail = Array(lines.dropFirst(runs[debt].offsets.count * Self.partCount))
    }

    private static func bytes(_ lines: [DebtLine]) -> [UInt8] {
        lines.withUnsafeBytes { Array($0) }
    }

    private static func lines(_ bytes: [UInt8]) -> [DebtLine] {
        bytes.withUnsafeBytes { buffer in
            (0..<bytes.count / lineByteCount).map { place in
                buffer.loadUnaligned(fromByteOffset: place * lineByteCount, as: DebtLine.self)
            }
        }
    }
}
