import Formats
import Settlement
import Signing
import Testing

/// Bad files: each fault has its code, line and character (R-01, spec/26 §8).
@Suite struct BookFaultTests {
    /// A file whose structure is broken: it is refused as a whole.
    struct Broken: Sendable, CustomStringConvertible {
        var bytes: [UInt8]
        var code: FormatError.Code
        var line: Int
        var column: Int
        var file = #"{"type":"csv","delimiter":";"}"#
        var rest = ""

        init(
            _ text: String,
            _ code: FormatError.Code,
            _ line: Int,
            _ column: Int,
            file: String = #"{"type":"csv","delimiter":";"}"#,
            rest: String = ""
        ) {
            self.init(Array(text.utf8), code, line, column, file: file, rest: rest)
        }

        init(
            _ bytes: [UInt8],
            _ code: FormatError.Code,
            _ line: Int,
            _ column: Int,
            file: String = #"{"type":"csv","delimiter":";"}"#,
            rest: String = ""
        ) {
            self.bytes = bytes
            self.code = code
            self.line = line
            self.column = column
            self.file = file
            self.rest = rest
        }

        var description: String { "\(code) \(String(decoding: bytes.prefix(60), as: UTF8.self))" }
    }

    static let head = "id;ref;day;miles\n"
    static let footed = #"{"type":"csv","delimiter":";","skip":1,"footer":1}"#
    static let marks = """
        ,"control":{"marks":[{"text":"nordwind","at":{"head":1,"cell":1}},
        {"text":"Summe","at":{"foot":1,"cell":1}}],"count":{"foot":1,"cell":2}}
        """

    static func single(_ encoding: String) -> String {
        #"{"type":"csv","delimiter":";","encoding":"\#(encoding)"}"#
    }

    static let broken: [Broken] = [
        Broken("", .empty, 0, 0),
        Broken("\n\n", .columnMissing, 0, 0),
        Broken("id;ref;miles\n", .columnMissing, 1, 0),
        Broken("id;ref;day;miles;ref\n", .columnDuplicate, 1, 18),
        Broken("id,ref,day,miles\n", .columnMissing, 1, 0),
        Broken(head + ";a;;1\n;\"b;;1\n;c;;1\n", .quote, 3, 2),
        Broken(head + ";\"b\"x;;1\n", .quote, 2, 5),
        Broken(head + ";\"b\n\n\"x;;1\n", .quote, 4, 2),
        Broken(head + ";a;;1\n;b\u{0};;1\n", .characters, 3, 3),
        Broken(head + ";a;;1\r;b;;1\n", .characters, 2, 6),
        Broken(head + ";\"a\u{1}\";;1\n", .characters, 2, 4),
        Broken(
            head + ";a;;1\n" + String(repeating: ";", count: 1_000_000) + "\n",
            .tooLarge,
            3,
            1_025
        ),
        Broken(head + ";" + String(repeating: "x", count: 2_200_000), .tooLarge, 2, 0),
        // Encodings: the line is named.
        Broken(Array((head + ";ü;;1\n;").utf8) + [0xfc] + Array(";;1\n".utf8), .encoding, 3, 2),
        Broken([0xef, 0xbb, 0xbf] + Array(head.utf8), .encoding, 1, 1),
        Broken(head, .encoding, 1, 1, file: single("UTF-8-BOM")),
        Broken([0xff, 0xfe] + Array(head.utf8), .encoding, 1, 1),
        Broken(
            Array((head + ";").utf8) + [0xfc] + Array(";;1\n;x ü;;1\n".utf8),
            .encoding,
            3,
            4,
            file: single("ISO-8859-1")
        ),
        Broken(
            Array((head + ";").utf8) + [0x80] + Array(";;1\n".utf8),
            .encoding,
            2,
            2,
            file: single("ISO-8859-1")
        ),
        Broken(
            Array((head + ";;;1\n;").utf8) + [0x81] + Array(";;1\n".utf8),
            .encoding,
            3,
            2,
            file: single("Windows-1252")
        ),
        Broken(head + ";€;;1\n", .encoding, 2, 2, file: single("ISO-8859-15")),
        Broken(
            Array("nord".utf8) + [0xfc] + Array(("\n" + head).utf8),
            .encoding,
            1,
            5,
            file: footed
        ),
        // Head and footer.
        Broken("nordwind", .columnMissing, 1, 0, file: footed, rest: marks),
        Broken("südstern\n" + head + "Summe;0;;\n", .markMismatch, 1, 0, file: footed, rest: marks),
        Broken(
            "nordwind\n" + head + ";a;;1\n;b;;2\n",
            .footerMissing,
            4,
            0,
            file: footed,
            rest: marks
        ),
        Broken("nordwind\n" + head, .footerMissing, 3, 0, file: footed, rest: marks),
        Broken(
            "nordwind\n" + head + "Summe;x;;\n",
            .footerMissing,
            3,
            0,
            file: footed,
            rest: marks
        ),
        // JSON.
        Broken(
            "{\"id\":1}\n{\"id\":\"\u{7f}\"}\n",
            .json,
            2,
            1,
            file: #"{"type":"json","rows":"/a"}"#
        ),
        Broken("{\"a\":[\n{\"/id\":1}\n", .json, 3, 1, file: #"{"type":"json","rows":"/a"}"#),
        Broken("{\"b\":[]}", .json, 1, 1, file: #"{"type":"json","rows":"/a"}"#),
        Broken("{\"a\":{}}", .json, 1, 6, file: #"{"type":"json","rows":"/a"}"#),
        Broken("{\"a\":[]}]", .json, 1, 9, file: #"{"type":"json","rows":"/a"}"#),
        Broken(
            "{\"a\":" + String(repeating: "[", count: 60),
            .json,
            1,
            37,
            file: #"{"type":"json","rows":"/a"}"#
        ),
        Broken(
            Array("{}\n{\"x\":\"".utf8) + [0xfc] + Array("\"}\n".utf8),
            .encoding,
            2,
            7,
            file: #"{"type":"ndjson"}"#
        ),
        // Bank files.
        Broken("<Document", .xmlSyntax, 1, 10, file: #"{"type":"camt"}"#),
        Broken(
            "<!DOCTYPE a [<!ENTITY b \"bb\">]>\n<a>&b;</a>",
            .xmlForbidden,
            1,
            1,
            file: #"{"type":"camt"}"#
        ),
        Broken(
            "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
            .xmlForbidden,
            1,
            1,
            file: #"{"type":"camt"}"#
        ),
        Broken("<Document>&b;</Document>", .xmlEntity, 1, 11, file: #"{"type":"camt"}"#),
    ]

    @Test("a broken file is refused with line and character", arguments: broken)
    func structure(_ broken: Broken) {
        var sample = BookSample()
        sample.file = broken.file
        sample.rest = broken.rest
        if !broken.file.contains("csv") {
            let name = broken.file.contains("camt") ? "TxId" : "/id"
            sample.columns = "{}"
            sample.amounts = #"[{"program":"nordwind/miles","column":"\#(name)"}]"#
        }
        Fixture.expect(broken.code, broken.line, broken.column, broken.description) {
            () throws(FormatError) in
            _ = try sample.read(broken.bytes)
        }
        if broken.bytes.count < 10_000 {
            Fixture.expect(broken.code, broken.line, broken.column, "in pieces") {
                () throws(FormatError) in
                _ = try sample.read(broken.bytes, pieces: 3)
            }
        }
    }

    /// A row that cannot be read: the text of its third line, the character, a word of the reason.
    static let rows: [(String, Int, String)] = [
        (";a;1", 0, "3 cells"), (";a;;1;2", 7, "5 cells"), ("", 0, ""),
        (";\"a\"\"\";;x", 9, "no place"), (";a \"b\";;1", 2, "quote"),
        ("x;;;1", 1, "no id"), ("\(BookSample.id)0;;;1", 1, "no id"),
        ("\(BookSample.id)01/;;;1", 1, "no id"), ("\(BookSample.id)01/65535;;;1", 1, "no id"),
        ("\(BookSample.id)01/01;;;1", 1, "no id"),
        ("01932f5c-7a00-4000-8000-000000000001;;;1", 1, "no id"),
        ("01932f5c7a007000800000000000000g;;;1", 1, "no id"),
        ("01932f5c-7a00-7000-8000000000000-01;;;1", 1, "no id"),
        (";;22.11.26;1", 9, "DD.MM.YYYY"), (";;2026-11-22;1", 5, "DD.MM.YYYY"),
        (";;11/22/2026;1", 5, "DD.MM.YYYY"), (";;31.02.2026;1", 3, "no day"),
        (";;22.13.2026;1", 3, "no day"), (";;22.11.2026 10:00;1", 13, "DD.MM.YYYY"),
        (";;;", 4, "no amount"), (";;;abc", 4, "no place"), (";;;-", 4, "no number"),
        (";;;--1", 5, "no place"), (";;;1-", 5, "no place"), (";;;(1)", 4, "no place"),
        (";;;1,5", 6, "finer"), (";;;1,000,000", 9, "no place"), (";;;1.5", 4, "three digits"),
        (";;;1.2345", 4, "three digits"), (";;;1234.567", 8, "three digits"),
        (";;;1.23,0", 8, "three digits"), (";;;1,234.50", 6, "finer"), (";;;1'000", 5, "no place"),
        (";;;1e3", 5, "no place"), (";;;1 000", 5, "no place"), (";;;0x10", 5, "no place"),
        (";;;١", 4, "no place"), (";;;1,", 5, "no number"), (";;;,", 4, "no number"),
        (";;;1.", 4, "three digits"), (";;;.5", 4, "three digits"),
        (";;;1234567890123456789", 22, "18 digits"),
        (";;;EUR 5", 4, "no place"), (";;;5 EUR", 5, "no place"), (";;;NaN", 4, "no place"),
        (";\(String(repeating: "x", count: 1_025));;1", 2, "1024 bytes"),
    ]

    @Test("a row that cannot be read is told and never counted", arguments: rows)
    func row(_ text: String, _ column: Int, _ words: String) throws {
        let book = try BookSample().read(Self.head + ";a;;1\n" + text + "\n;b;;2\n")
        #expect(book.table.rows.map(\.units) == [1, 2], "\(text)")
        guard !text.isEmpty else { return }
        #expect(book.unreadableCount == 1 && book.table.files.map(\.rowCount) == [3])
        let fault = try #require(book.table.faults.first)
        #expect(fault.code == .unparsable && fault.line == 3, "\(fault)")
        #expect(fault.column == column, "\(text): \(fault)")
        #expect(fault.reason.contains(words), "\(text): \(fault.reason)")
    }

    static let words: [(String, Int, String)] = [
        ("1;;;;;", 7, "is empty"), ("1;X;;;;", 3, "no meaning"), ("1;S;Z;;;", 5, "no meaning"),
        ("1;S;;Q;;", 6, "no meaning"), ("1;S;;;7,1,;EUR", 10, "no place"),
        ("1;S;;;7;", 8, "is empty"),
        ("1;S;;;7;YEN", 9, "no meaning"), ("1;S;;;7,123;EUR", 11, "finer"),
    ]

    @Test("words need a meaning", arguments: words)
    func word(_ text: String, _ column: Int, _ words: String) throws {
        var sample = BookSample()
        sample.columns = #"{"status":"st","event":"ev","money":"eur"}"#
        sample.amounts = """
            [{"program":"nordwind/miles","column":"n","sign":{"column":"sh","debit":["S"],"credit":["H"]}}]
            """
        sample.rest = """
            ,"status":{"ok":"posted"},"events":{"B":"posting"}
            ,"currency":{"column":"cur","words":{"EUR":"EUR"}}
            """
        let book = try sample.read("n;sh;st;ev;eur;cur\n" + text + "\n")
        let fault = try #require(book.table.faults.first, "\(text)")
        #expect(fault.line == 2 && fault.reason.contains(words), "\(text): \(fault.reason)")
        if text.first == "1", words != "is empty" {
            #expect(fault.column == column, "\(text): \(fault)")
        }
    }

    @Test func bothSides() throws {
        var sample = BookSample()
        sample.columns = "{}"
        sample.amounts = #"[{"program":"nordwind/miles","debit":"a","credit":"b"}]"#
        let book = try sample.read("a;b\n1;2\n;\n;3\n")
        #expect(book.table.rows.map(\.units) == [3])
        #expect(
            book.table.faults.map(\.line) == [2, 3] && book.table.faults.map(\.column) == [3, 1]
        )
        #expect(book.table.faults[0].reason.contains("other side"))
    }

    @Test func manyFaultsAreCounted() throws {
        let bad = String(repeating: ";;;x\n", count: 5_000)
        let book = try BookSample().read(Self.head + bad + ";;;1\n")
        #expect(book.unreadableCount == 5_000 && book.table.faults.count == 1_001)
        #expect(book.table.faults.last?.reason.contains("4000 more") == true)
        #expect(book.table.files.map(\.rowCount) == [5_001] && book.table.rows.count == 1)
    }

    @Test func trailingDelimiterIsNoColumn() throws {
        let book = try BookSample().read(Self.head + ";a;;1;\n;b;;2; \n;c;;3;x\n")
        #expect(book.table.rows.map(\.units) == [1, 2] && book.table.faults.map(\.line) == [4])
    }
}
