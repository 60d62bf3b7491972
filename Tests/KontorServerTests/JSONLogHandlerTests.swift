import Logging
import Signing
import Synchronization
import Testing

@testable import KontorServer

/// Lines of the log.
@Suite struct JSONLogHandlerTests {
    private static let time = Timestamp(milliseconds: 1_772_438_400_123)

    private func line(
        _ message: Logger.Message,
        _ metadata: Logger.Metadata,
        of handler: JSONLogHandler = JSONLogHandler()
    ) -> String {
        let event = LogEvent(
            level: .error,
            message: message,
            metadata: metadata,
            source: nil,
            file: #fileID,
            function: #function,
            line: #line
        )
        return String(decoding: handler.line(of: event, at: Self.time), as: UTF8.self)
    }

    /// Metadata and the members that come of it.
    @Test(
        arguments: [
            ([:], ""), (["b": "2", "a": "1"], ",\"a\":\"1\",\"b\":\"2\""),
            (["n": .stringConvertible(7)], ",\"n\":7"),
            (["n": .stringConvertible(Int.max)], ",\"n\":\"9223372036854775807\""),
            (["t": "a\"b\nc"], ",\"t\":\"a\\\"b\\u000ac\""),
            (["list": ["x", .stringConvertible(1)]], ",\"list\":[\"x\",1]"),
            (["o": ["k2": "v", "k1": "w"]], ",\"o\":{\"k1\":\"w\",\"k2\":\"v\"}"),
            (["Authorization": "Bearer x"], ",\"Authorization\":\"(secret)\""),
            (["o": ["token": "x"]], ",\"o\":{\"token\":\"(secret)\"}"),
            (["time": "x", "level": "y", "message": "z"], ""),
        ] as [(Logger.Metadata, String)]
    )
    func lines(metadata: Logger.Metadata, members: String) throws {
        let line = line("it broke", metadata)
        let expected =
            "{\"time\":\"2026-03-02T08:00:00.123Z\",\"level\":\"error\",\"message\":\"it broke\""
        #expect(line == expected + members + "}\n")
        _ = try JSONValue(parsing: Array(line.utf8.dropLast()))
    }

    @Test func metadataOfAMessageComesBeforeThatOfTheLogger() {
        var handler = JSONLogHandler()
        handler[metadataKey: "requestId"] = "one"
        handler[metadataKey: "route"] = "/checkpoint"
        let line = line("m", ["requestId": "two"], of: handler)
        #expect(line.hasSuffix(",\"requestId\":\"two\",\"route\":\"/checkpoint\"}\n"))
    }

    @Test func levels() {
        let lines = Lines()
        let logger = Logger(label: "test") { _ in
            JSONLogHandler(level: .warning) { lines.add($0) }
        }
        logger.notice("no")
        logger.warning("yes")
        #expect(lines.all.count == 1)
        #expect(lines.all.first?.last == 0x0a)
    }

    private final class Lines: Sendable {
        private let list = Mutex<[[UInt8]]>([])
        var all: [[UInt8]] { list.withLock { $0 } }
        func add(_ line: [UInt8]) { list.withLock { $0.append(line) } }
    }
}
