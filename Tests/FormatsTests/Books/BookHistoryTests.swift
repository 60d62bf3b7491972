import Formats
import Settlement
import Signing
import Testing

/// Files that come again, overlap or leave one out (R-04, R-06).
@Suite struct BookHistoryTests {
    static func sample(partner: String = "nordwind") -> BookSample {
        var sample = BookSample()
        sample.file = #"{"type":"csv","delimiter":";","skip":1}"#
        sample.rest = """
            ,"control":{"statement":{"head":1,"cell":1},"sequence":{"head":1,"cell":2},
            "balances":[{"program":"nordwind/miles","opening":{"head":1,"cell":3},
            "closing":{"head":1,"cell":4}}]}
            """
        return sample
    }

    static func book(
        _ id: String,
        _ number: Int,
        _ opening: Int,
        _ rows: [(String, Int)],
        day: String = "22.11.2026"
    ) throws -> PartnerBook {
        let closing = opening + rows.reduce(0) { $0 + $1.1 }
        let lines = rows.map { ";\($0.0);\(day);\($0.1)\n" }.joined()
        return try sample().read(
            "\(id);\(number);\(opening);\(closing)\nid;ref;day;miles\n\(lines)"
        )
    }

    @Test func filesThatFollow() throws {
        var history = BookHistory()
        let first = try Self.book("S1", 1, 100, [("a", 5), ("b", 7), ("b", 7)])
        #expect(history.faults(of: first).isEmpty)
        history.add(first)
        let second = try Self.book("S2", 2, 119, [("c", 1)], day: "23.11.2026")
        #expect(history.faults(of: second).isEmpty)
        history.add(second)
        #expect(history.fileCount == 2)
        let read = try BookHistory(parsing: history.json)
        #expect(read == history && read.json == history.json)
    }

    @Test func everythingIsNoticed() throws {
        var history = BookHistory()
        let first = try Self.book("S1", 1, 100, [("a", 5), ("b", 7), ("b", 7)])
        history.add(first)
        #expect(history.faults(of: first).map(\.code) == [.duplicateFile])
        let again = try Self.book("S1", 1, 100, [("x", 5)])
        #expect(history.faults(of: again).map(\.code) == [.duplicateStatement])
        let skipped = try Self.book("S3", 3, 119, [("x", 5)])
        #expect(history.faults(of: skipped).map(\.code) == [.sequenceGap])
        let back = try Self.book("S0", 0, 119, [("x", 5)])
        #expect(history.faults(of: back).map(\.code) == [.sequenceGap])
        let gap = try Self.book("S2", 2, 120, [("x", 5)])
        #expect(history.faults(of: gap).map(\.code) == [.balanceGap])
        #expect(history.faults(of: gap)[0].reason.contains("120"))
        // One more row b than before is one of its own; two are the same two.
        let overlap = try Self.book("S2", 2, 119, [("b", 7), ("c", 1), ("b", 7), ("b", 7)])
        let faults = history.faults(of: overlap)
        #expect(faults.map(\.code) == [.overlap] && faults[0].reason.hasPrefix("2 of its 4"))
        let other = try Self.book("S2", 2, 119, [("b", 8), ("a", 5)], day: "23.11.2026")
        #expect(history.faults(of: other).isEmpty)
        // The file of another day, and that of another partner.
        let day = Int32(CivilDate("2026-11-23")?.days ?? 0)
        #expect(history.faults(of: other, days: day - 1...day).isEmpty)
        #expect(history.faults(of: other, days: day + 1...day + 1).map(\.code) == [.sequenceGap])
        let foreign = try BookHistory(
            parsing: Array(
                String(decoding: history.json, as: UTF8.self)
                    .replacing("\"nordwind\"", with: "\"hotel\"").utf8
            )
        )
        #expect(foreign.faults(of: first).map(\.code) == [.duplicateFile])
        #expect(foreign.faults(of: first)[0].reason.contains("hotel"))
        #expect(foreign.faults(of: overlap).isEmpty)
    }

    @Test func bounded() throws {
        var history = BookHistory()
        let rows = (0..<5_000).map { ("r\($0)", 1) }
        history.add(try Self.book("S1", 1, 0, rows))
        #expect(history.json.count < 70_000)
        let faults = history.faults(of: try Self.book("S2", 2, 5_000, rows + [("x", 1)]))
        #expect(faults.map(\.code) == [.overlap])
        #expect(faults[0].reason.hasPrefix("at least 4096 of its 5001"))
        #expect(try BookHistory(parsing: history.json) == history)
        for number in 2...420 {
            history.add(try Self.book("S\(number)", number, 0, [("\(number)", 1)]))
        }
        #expect(history.fileCount == 400)
        let text = String(decoding: history.json, as: UTF8.self)
        #expect(text.ranges(of: "\"fingerprints\"").count == 40)
        #expect(try BookHistory(parsing: history.json) == history)
    }

    static let faults: [(String, String, FormatError.Code)] = [
        ("}]}]}", "}]}]", .json), ("history/1", "history/2", .memberValue),
        ("\"digest\":\"", "\"digest\":\"A", .memberValue),
        ("\"lines\":1", "\"lines\":-1", .memberValue),
        ("2026-11-22", "2026-11-31", .memberValue),
        ("\"lastDay\":\"2026", "\"lastDay\":\"2025", .memberValue),
        ("\"opening\":\"1\"", "\"opening\":1", .memberValue),
        ("\"name\"", "\"nom\"", .memberUnknown),
        ("\"fingerprints\":\"", "\"fingerprints\":\"A", .memberValue),
        ("\"files\":", "\"file\":", .memberUnknown),
    ]

    @Test("a damaged history is refused", arguments: faults)
    func damaged(_ from: String, _ to: String, _ code: FormatError.Code) throws {
        var history = BookHistory()
        history.add(try Self.book("S1", 1, 1, [("a", 5)]))
        var text = String(decoding: history.json, as: UTF8.self)
        if from == "}]}]}" {
            text.removeLast()
        } else {
            let range = try #require(text.firstRange(of: from), "\(from)")
            text.replaceSubrange(range, with: to)
        }
        Fixture.expect(code, nil, nil, to) { () throws(FormatError) in
            _ = try BookHistory(parsing: Array(text.utf8))
        }
    }
}
