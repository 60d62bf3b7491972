internal import Foundation

/// The lines of a file or of standard input, read as they come; empty lines are passed over.
struct LineSource {
    /// Of a longer line only so many bytes are kept, which is enough to be refused as too long.
    private static let lineLimit = 1 << 20
    private let path: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false
    /// Whether the rest of a line that was too long is being passed over.
    private var isSkipping = false

    /// Opens a file, or standard input for `-`.
    init(path: String) throws {
        self.path = path == "-" ? "standard input" : path
        descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY)
        guard descriptor >= 0 else {
            throw CommandError("\(path): \(String(cString: strerror(errno)))")
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
            try fill()
        }
    }

    private mutating func fill() throws {
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(descriptor, &piece, piece.count)
        if count < 0 {
            if errno == EINTR { return }
            throw CommandError("\(path): \(String(cString: strerror(errno)))")
        }
        buffer.removeFirst(start)
        start = 0
        if count == 0 {
            isAtEnd = true
            if !buffer.isEmpty { buffer.append(0x0a) }
        } else {
            buffer.append(contentsOf: piece[..<count])
        }
    }

    private mutating func take() -> [UInt8]? {
        let end = buffer[start...].firstIndex(of: 0x0a)
        if isSkipping {
            isSkipping = end == nil
            start = end.map { $0 + 1 } ?? buffer.count
            return isSkipping ? nil : []
        }
        guard let end else {
            guard buffer.count - start > Self.lineLimit else { return nil }
            defer { start = buffer.count }
            isSkipping = true
            return Array(buffer[start...])
        }
        var line = buffer[start..<end]
        if line.last == 0x0d { line = line.dropLast() }
        start = end + 1
        return Array(line)
    }
}
