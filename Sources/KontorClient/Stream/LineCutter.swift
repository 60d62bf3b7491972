/// Cuts the bytes of an NDJSON answer into lines; empty ones are passed over.
struct LineCutter: Sendable {
    private let limit: Int
    private var line: [UInt8] = []

    /// A cutter of lines of at most so many bytes.
    init(limit: Int) {
        self.limit = limit
    }

    /// Whether a line has begun and not ended.
    var isWithinLine: Bool { !line.isEmpty }

    /// Takes bytes, and gives the lines that they complete.
    ///
    /// Throws `tooLong`. Complexity: O(n).
    mutating func feed(_ bytes: [UInt8]) throws(ClientError) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 0x0a) {
            try take(rest[..<end])
            if line.last == 0x0d { line.removeLast() }
            if !line.isEmpty { lines.append(line) }
            line = []
            rest = rest[(end + 1)...]
        }
        try take(rest)
        return lines
    }

    private mutating func take(_ bytes: ArraySlice<UInt8>) throws(ClientError) {
        guard line.count + bytes.count <= limit else {
            throw ClientError(.tooLong, at: "line", "it has more than \(limit) bytes")
        }
        line += bytes
    }
}
