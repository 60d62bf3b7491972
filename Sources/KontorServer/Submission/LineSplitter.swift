/// Cuts a stream of bytes into lines, of which no more than a limit is kept.
///
/// Empty lines are passed over and not counted. Of a line that is too long the first bytes are
/// given, one more than the limit, so that it is refused as too long; the rest is passed over.
struct LineSplitter: Sendable {
    private let limit: Int
    private var rest: [UInt8] = []
    private var isSkipping = false

    /// A splitter for lines of at most so many bytes.
    init(limit: Int) {
        self.limit = limit
    }

    /// Takes the next piece, and gives the lines that it completes.
    mutating func take(_ piece: some Collection<UInt8>) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var start = piece.startIndex
        while let end = piece[start...].firstIndex(of: 0x0a) {
            append(piece[start..<end])
            if let line = takeLine() { lines.append(line) }
            isSkipping = false
            start = piece.index(after: end)
        }
        append(piece[start...])
        return lines
    }

    /// The last line, if the stream did not end with a line feed.
    mutating func finish() -> [UInt8]? { takeLine() }

    private mutating func append(_ piece: some Collection<UInt8>) {
        guard !isSkipping else { return }
        let room = limit + 1 - rest.count
        if piece.count > room { isSkipping = true }
        rest.append(contentsOf: piece.prefix(room))
    }

    private mutating func takeLine() -> [UInt8]? {
        var line = rest
        rest = []
        if line.last == 0x0d, line.count <= limit { line.removeLast() }
        return line.isEmpty ? nil : line
    }
}
