internal import Foundation

/// A file that grows line by line.
final class LineWriter {
    private let handle: FileHandle

    init(path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw BenchmarkError("\(path) cannot be written") }
        self.handle = handle
    }

    /// Appends texts, each with a line end.
    func append(_ texts: [[UInt8]]) throws {
        var bytes = Data()
        for text in texts {
            bytes.append(contentsOf: text)
            bytes.append(0x0a)
        }
        try handle.write(contentsOf: bytes)
    }

    /// Ends the file.
    func close() throws {
        try handle.close()
    }
}
