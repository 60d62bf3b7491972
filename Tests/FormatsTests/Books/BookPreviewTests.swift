import Formats
import Settlement
import Signing
import Testing

/// What people see while they make a mapping.
@Suite struct BookPreviewTests {
    @Test func rawAndParsed() throws {
        let text = """
            id;ref;day;miles
            \(BookSample.id)01/3;"A;""1";22.11.2026;-1.234
            x;;;5
            ;;;
            ;b
            ;c;01.12.2026;7
            """
        let mapping = try BookSample().mapping()
        let preview = try BookPreview(Array(text.utf8), mapping: mapping, name: "x", limit: 4)
        #expect(preview.lineCount == 5 && preview.unreadableCount == 3)
        #expect(preview.lines.map(\.line) == [2, 3, 4, 5])
        let first = try #require(preview.lines.first)
        #expect(
            first.cells.map(\.raw) == ["\(BookSample.id)01/3", "A;\"\"1", "22.11.2026", "-1.234"]
        )
        #expect(
            first.cells.map(\.parsed) == [
                ["transfer \(BookSample.id)01"], ["reference A;\"1"], ["day 2026-11-22"],
                ["nordwind/miles -1234"],
            ]
        )
        #expect(first.rows.count == 1 && first.fault == nil)
        #expect(
            first.rows[0].hasPrefix("nordwind/miles -1234, transfer \(BookSample.id)01, item 3")
        )
        #expect(preview.lines[1].fault?.contains("no id") == true && preview.lines[1].rows.isEmpty)
        #expect(preview.lines[2].fault?.contains("no amount") == true)
        #expect(preview.lines[3].fault?.contains("2 cells") == true)
        #expect(preview.lines[3].cells.isEmpty)
    }

    @Test("every book of the fixtures has a preview", arguments: BookFixtureTests.names)
    func fixture(_ name: String) throws {
        let file = try #require(
            try BookFixtureTests.expected().files.first { $0.file == "books/\(name)" }
        )
        let mapping = try BookMapping(parsing: try BookFixtureTests.bytes(file.mapping))
        let bytes = try BookFixtureTests.bytes(file.file)
        let preview = try BookPreview(bytes, mapping: mapping, name: name, limit: 1_000)
        #expect(preview.lines.count == file.lines && preview.unreadableCount == file.unreadable)
        #expect(preview.lines.filter { $0.fault != nil }.count == file.unreadable)
        #expect(
            preview.lines.filter { $0.fault != nil }.map(\.line)
                == file.faults.filter { $0.type == "unparsable" }.map(\.line)
        )
        for line in preview.lines where line.fault == nil { #expect(!line.rows.isEmpty) }
    }
}
