/// Lines are the same however the stream is cut into pieces.
enum LineSplitterTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        guard let size = input.first.map({ Int($0) + 1 }) else { return }
        let text = Array(input.dropFirst())
        var whole = LineSplitter(limit: 64)
        var expected = whole.take(text)
        if let last = whole.finish() { expected.append(last) }
        var pieces = LineSplitter(limit: 64)
        var lines: [[UInt8]] = []
        for start in stride(from: 0, to: text.count, by: size) {
            lines += pieces.take(text[start..<min(text.count, start + size)])
        }
        if let last = pieces.finish() { lines.append(last) }
        expect(lines == expected, "pieces do not matter")
        expect(lines.allSatisfy { !$0.isEmpty && $0.count <= 65 }, "a line has a limit")
    }
}
