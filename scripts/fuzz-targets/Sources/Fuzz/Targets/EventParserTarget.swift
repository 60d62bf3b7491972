/// Events are the same however the stream is cut into pieces.
enum EventParserTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        guard let size = input.first.map({ Int($0) + 1 }) else { return }
        let text = Array(input.dropFirst())
        var whole = EventParser(limit: 4_096)
        guard let expected = try? whole.feed(text) else { return }
        var pieces = EventParser(limit: 4_096)
        var events: [EventParser.Event] = []
        for start in stride(from: 0, to: text.count, by: size) {
            let piece = Array(text[start..<min(text.count, start + size)])
            events += (try? pieces.feed(piece)) ?? []
        }
        expect(events == expected, "pieces do not matter")
        expect(whole.lastID == pieces.lastID, "the last id is the same")
    }
}
