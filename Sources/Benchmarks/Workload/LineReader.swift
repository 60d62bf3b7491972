internal import Foundation

/// Reads a file of lines in chunks, with memory for one block.
final class LineReader {
    private let handle: FileHandle
    private var block: [UInt8] = []
    private var start = 0
    private var isAtEnd = false

    init(path: String) throws {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw BenchmarkError("\(path) cannot be read")
        }
        self.handle = handle
    }

    /// The next lines, at most so many; nil at the end.
    func next(_ count: Int) throws -> [[UInt8]]? {
        var lines: [[UInt8]] = []
        lines.reserveCapacity(count)
        while lines.count < count {
            if let end = lineEnd() {
                lines.append(Array(block[start..<end]))
                start = end + 1
            } else if isAtEnd {
                break
            } else {
                try fill()
            }
        }
        return lines.isEmpty ? nil : lines
    }

    private func lineEnd() -> Int? {
        let start = start
        return block.withUnsafeBytes { buffer -> Int? in
            guard start < buffer.count, let base = buffer.baseAddress,
                let found = memchr(base + start, 0x0a, buffer.count - start)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    private func fill() throws {
        let data = try handle.read(upToCount: 4 << 20) ?? Data()
        isAtEnd = data.isEmpty
        block.removeFirst(start)
        start = 0
        block.append(contentsOf: data)
    }
}
