internal import Foundation

/// The lines of a file or of standard input, read as they come; empty lines are passed over.
struct LineSource {
    /// Longer lines are cut off after this many bytes, and refused as too long.
    private static let lineLimit = 1 << 20
    private let handle: FileHandle
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false

    /// Opens a file, or standard input for `-`.
    init(path: String) throws {
        if path == "-" {
            handle = .standardInput
        } else {
            guard let handle = FileHandle(forReadingAtPath: path) else {
                throw CommandError("\(path): there is no such file, or it may not be read")
            }
            self.handle = handle
        }
    }

    /// Whether a whole line is at hand without waiting.
    var hasMore: Bool { buffer[start...].contains(0x0a) }

    /// The next line without its end, or nil at the end of the file.
    mutating func next() throws -> [UInt8]? {
        while true {
            if let line = take() {
                if !line.isEmpty { return line }
                continue
            }
            if isAtEnd { return nil }
            let data = handle.availableData
            if data.isEmpty {
                isAtEnd = true
                if start < buffer.count { buffer.append(0x0a) }
            } else {
                buffer.removeFirst(start)
                start = 0
                buffer.append(contentsOf: data)
            }
        }
    }

    private mutating func take() -> [UInt8]? {
        guard let end = buffer[start...].firstIndex(of: 0x0a) else {
            guard buffer.count - start > Self.lineLimit else { return nil }
            defer { start = buffer.count }
            return Array(buffer[start...])
        }
        var line = buffer[start..<end]
        if line.last == 0x0d { line = line.dropLast() }
        start = end + 1
        return Array(line)
    }
}
