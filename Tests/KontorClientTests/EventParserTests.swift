import Testing

@testable import KontorClient

/// The parser of server-sent events, by a table; each case whole and byte by byte.
@Suite struct EventParserTests {
    struct Case: Sendable {
        let name: String
        let text: String
        let events: [String]
        var retry: Int64?
    }

    static let cases: [Case] = [
        Case(name: "one event", text: "id: 1\nevent: entry\ndata: a\n\n", events: ["1|entry|a"]),
        Case(name: "no space after the colon", text: "id:1\ndata:a\n\n", events: ["1|message|a"]),
        Case(name: "only one space is dropped", text: "data:  a\n\n", events: ["-|message| a"]),
        Case(name: "lines are joined", text: "data: a\ndata: b\n\n", events: ["-|message|a\nb"]),
        Case(name: "an empty data line counts", text: "data\n\n", events: ["-|message|"]),
        Case(name: "two empty data lines", text: "data\ndata\n\n", events: ["-|message|\n"]),
        Case(
            name: "a comment is none",
            text: ": beat\n\n:\n\ndata: a\n\n",
            events: ["-|message|a"]
        ),
        Case(name: "an id alone makes no event", text: "id: 4\n\n", events: []),
        Case(
            name: "the id stays",
            text: "id: 4\ndata: a\n\ndata: b\n\n",
            events: ["4|message|a", "4|message|b"]
        ),
        Case(name: "an empty id", text: "id: 4\nid\ndata: a\n\n", events: ["|message|a"]),
        Case(
            name: "an id with NUL is passed over",
            text: "id: 4\u{0}\ndata: a\n\n",
            events: ["-|message|a"]
        ),
        Case(
            name: "the name does not stay",
            text: "event: x\ndata: a\n\ndata: b\n\n",
            events: ["-|x|a", "-|message|b"]
        ),
        Case(
            name: "an event without data forgets its name",
            text: "event: x\n\ndata: b\n\n",
            events: ["-|message|b"]
        ),
        Case(name: "CR", text: "id: 1\rdata: a\r\r", events: ["1|message|a"]),
        Case(name: "CRLF", text: "id: 1\r\ndata: a\r\n\r\n", events: ["1|message|a"]),
        Case(
            name: "mixed ends",
            text: "id: 1\rdata: a\n\rdata: b\r\n\n",
            events: ["1|message|a", "1|message|b"]
        ),
        Case(name: "a byte order mark", text: "\u{feff}data: a\n\n", events: ["-|message|a"]),
        Case(name: "only one mark", text: "\u{feff}\u{feff}data: a\n\n", events: []),
        Case(
            name: "unknown fields",
            text: "color: red\ndata: a\nid\u{20}: 3\n\n",
            events: ["-|message|a"]
        ),
        Case(
            name: "what is cut off is none",
            text: "data: a\n\ndata: b\n",
            events: ["-|message|a"]
        ),
        Case(name: "retry", text: "retry: 250\n\n", events: [], retry: 250),
        Case(
            name: "retry of other characters",
            text: "retry: 2s\nretry: -1\nretry:\n\n",
            events: []
        ),
        Case(name: "retry beyond all numbers", text: "retry: 99999999999999999999\n\n", events: []),
        Case(
            name: "a colon in the value",
            text: "data: {\"a\":1}\n\n",
            events: ["-|message|{\"a\":1}"]
        ),
    ]

    @Test(arguments: cases.indices, [1, 2, 3, 1_000])
    func table(index: Int, step: Int) throws {
        let row = Self.cases[index]
        var parser = EventParser(limit: 1_000)
        var events: [String] = []
        let bytes = Array(row.text.utf8)
        for start in stride(from: 0, to: bytes.count, by: step) {
            for event in try parser.feed(Array(bytes[start..<min(start + step, bytes.count)])) {
                let data = String(decoding: event.data, as: UTF8.self)
                events.append("\(event.id ?? "-")|\(event.name)|\(data)")
            }
        }
        #expect(events == row.events, "\(row.name)")
        #expect(parser.retryMilliseconds == row.retry, "\(row.name)")
    }

    @Test func lineAndEventAreBounded() throws {
        var parser = EventParser(limit: 100)
        _ = try parser.feed(Array("data: \(String(repeating: "a", count: 90))\n\n".utf8))
        #expect(throws: ClientError.self) {
            try parser.feed([UInt8](repeating: 0x61, count: 101))
        }
        var other = EventParser(limit: 100)
        #expect(throws: ClientError.self) {
            for _ in 0..<30 { _ = try other.feed(Array("data: aaaa\n".utf8)) }
        }
    }

    @Test func linesAreCut() throws {
        var cutter = LineCutter(limit: 5)
        #expect(
            try cutter.feed(Array("ab\n\ncd\r\n\r\ne".utf8)) == [
                Array("ab".utf8), Array("cd".utf8),
            ]
        )
        #expect(cutter.isWithinLine)
        #expect(try cutter.feed(Array("fghi\n".utf8)) == [Array("efghi".utf8)])
        #expect(throws: ClientError.self) { try cutter.feed(Array("123456".utf8)) }
    }
}
