import Formats
import Settlement
import Signing
import Testing

/// Files of partners that are in order, in the dialects that occur (R-01, R-02, R-06).
@Suite struct BookReaderTests {
    @Test func plainFile() throws {
        let book = try BookSample().read(
            """
            id;ref;day;miles\r
            \(BookSample.id)01/3;A-1;22.11.2026;-1.234\r
            ;"B;""2""\n x";01.12.2026;500\r
            \r
            \(BookSample.id.uppercased())02;;;0

            """
        )
        #expect(
            book.table.lines == [
                "nordwind/miles -1234 \(BookSample.id)01 3 - A-1||| 2026-11-22 posting unstated - - - 2",
                "nordwind/miles 500 - - - B;\"2\"\n x||| 2026-12-01 posting unstated - - - 3",
                "nordwind/miles 0 \(BookSample.id)02 - - ||| - posting unstated - - - 6",
            ]
        )
        #expect(book.table.files.map(\.rowCount) == [3] && book.unreadableCount == 0)
        #expect(book.days == 20_779...20_788 && book.table.faults.isEmpty)
        #expect(book.table.files.first?.digest == book.digest.base64URL)
    }

    @Test("any pieces give the same rows", arguments: [1, 2, 3, 7, 64])
    func pieces(_ count: Int) throws {
        let text = """
            id;ref;day;miles\r
            \(BookSample.id)01;"a "" b";22.11.2026;-1.234\r
            ;"two\r
            lines";22.11.2026;7\r
            bad;;;1\r
            \(BookSample.id)03;ü;22.11.2026;8
            """
        let whole = try BookSample().read(text)
        let book = try BookSample().read(Array(text.utf8), pieces: count)
        #expect(book.table.lines == whole.table.lines && book.table.faults == whole.table.faults)
        #expect(book.table.rows.count == 3 && book.unreadableCount == 1)
        #expect(book.digest == whole.digest)
    }

    static let encodings: [(BookEncoding, [UInt8], String)] = [
        (.utf8, [0xc3, 0xbc, 0xe2, 0x82, 0xac], "ü€"),
        (.utf8Marked, [0xc3, 0xbc], "ü"),
        (.latin1, [0xfc, 0xa4], "ü¤"),
        (.latin9, [0xfc, 0xa4, 0xb8], "ü€ž"),
        (.windows1252, [0xfc, 0x80, 0x93], "ü€“"),
    ]

    @Test("texts become UTF-8", arguments: encodings)
    func encoding(_ encoding: BookEncoding, _ bytes: [UInt8], _ text: String) throws {
        var sample = BookSample()
        sample.file = #"{"type":"csv","delimiter":";","encoding":"\#(encoding.rawValue)"}"#
        let mark: [UInt8] = encoding == .utf8Marked ? [0xef, 0xbb, 0xbf] : []
        let head = mark + Array("id;ref;day;miles\n;".utf8)
        let book = try sample.read(head + bytes + Array(";22.11.2026;5\n".utf8))
        let row = try #require(book.table.rows.first)
        #expect(String(decoding: book.table.bytes(row.reference), as: UTF8.self) == text)
    }

    static let numbers: [(String, String, Int, Int64)] = [
        (#"{}"#, "1234", 0, 1_234), (#"{}"#, "-12.50", 2, -1_250), (#"{}"#, "+3.1", 3, 3_100),
        (#"{}"#, "5.00", 0, 5), (#"{}"#, ".5", 1, 5),
        (#"{"decimal":",","thousands":"."}"#, "1.234.567,89", 2, 123_456_789),
        (#"{"decimal":",","thousands":"."}"#, "1234567,89", 2, 123_456_789),
        (#"{"decimal":".","thousands":","}"#, "-12,345", 0, -12_345),
        (#"{"thousands":"'"}"#, "1'000", 0, 1_000),
        (#"{"decimal":",","thousands":"\#u{a0}"}"#, "1\u{a0}000,0", 0, 1_000),
        (#"{"decimal":",","thousands":"\#u{202f}"}"#, "12\u{202f}000", 0, 12_000),
        (#"{"thousands":" "}"#, "1 000 000", 0, 1_000_000),
        (#"{"sign":"trailing"}"#, "500-", 0, -500), (#"{"sign":"trailing"}"#, "500", 0, 500),
        (#"{"sign":"parentheses"}"#, "(500)", 0, -500),
        (#"{}"#, "999999999999999999", 0, 999_999_999_999_999_999),
        (#"{}"#, "000000000000000000000007", 0, 7),
    ]

    @Test("numbers are exact", arguments: numbers)
    func number(_ style: String, _ text: String, _ scale: Int, _ units: Int64) throws {
        var sample = BookSample()
        sample.numbers = style
        sample.amounts = #"[{"program":"nordwind/miles","column":"miles","scale":\#(scale)}]"#
        let book = try sample.read("id;ref;day;miles\n;;;\(text)\n")
        #expect(book.table.rows.map(\.units) == [units], "\(book.table.faults)")
    }

    static let dates: [(String, String, String)] = [
        (#""YYYY-MM-DD""#, "2026-11-22", "2026-11-22"), (#""YYYYMMDD""#, "20261122", "2026-11-22"),
        (#""MM/DD/YYYY""#, "11/22/2026", "2026-11-22"), (#""D.M.YY""#, "2.1.26", "2026-01-02"),
        (#""DD-MMM-YYYY""#, "22-NOV-2026", "2026-11-22"),
        (
            #""YYYY-MM-DDThh:mm:ss.fZ","dayOffsetMinutes":60"#, "2026-11-22T23:30:00.123Z",
            "2026-11-23"
        ),
        (
            #""YYYY-MM-DDThh:mm:ssZ","dayOffsetMinutes":60"#, "2026-11-23T00:30:00+02:00",
            "2026-11-22"
        ),
        (
            #""YYYY-MM-DD hh:mm","utcOffsetMinutes":-300,"dayOffsetMinutes":0"#, "2026-11-22 21:00",
            "2026-11-23"
        ),
        (#""DD.MM.YYYY hh:mm","utcOffsetMinutes":60"#, "22.11.2026 23:59", "2026-11-22"),
        (
            #""DD.MM.YYYY hh:mm","utcOffsetMinutes":120,"dayOffsetMinutes":60"#, "01.03.2024 00:30",
            "2024-02-29"
        ),
    ]

    @Test("days are counted at the offset of the mapping", arguments: dates)
    func date(_ pattern: String, _ text: String, _ day: String) throws {
        var sample = BookSample()
        sample.dates = #"{"pattern":\#(pattern)}"#
        let book = try sample.read("id;ref;day;miles\n;;\(text);1\n")
        let days = book.table.rows.map { CivilDate(days: Int($0.day)).description }
        #expect(days == [day], "\(book.table.faults)")
    }

    static let signs: [(String, String, [Int64?])] = [
        (#""column":"a","sign":"stated""#, "5;;\n-5;;\n", [5, -5]),
        (#""column":"a","sign":"inverted""#, "5;;\n-5;;\n", [-5, 5]),
        (#""column":"a","sign":"debit""#, "5;;\n-5;;\n", [-5, 5]),
        (#""column":"a","sign":"credit""#, "5;;\n-5;;\n", [5, -5]),
        (#""debit":"a","credit":"b""#, "5;;\n;5;\n0;5;\n-5;0;\n", [-5, 5, 5, 5]),
        (#""debit":"a","credit":"b","sign":"inverted""#, "5;;\n;5;\n", [5, -5]),
        (
            #""column":"a","sign":{"column":"c","debit":["S","-"],"credit":["H",""]}"#,
            "5;;S\n5;;H\n5;;-\n5;;\n-5;;S\n", [-5, 5, -5, 5, 5]
        ),
    ]

    @Test("signs follow the convention of the mapping", arguments: signs)
    func sign(_ amount: String, _ rows: String, _ units: [Int64?]) throws {
        var sample = BookSample()
        sample.columns = "{}"
        sample.amounts = #"[{"program":"nordwind/miles",\#(amount)}]"#
        let book = try sample.read("a;b;c\n" + rows)
        #expect(book.table.rows.map(\.units) == units, "\(book.table.faults)")
    }

    @Test func twoAmountsGiveTwoRows() throws {
        var sample = BookSample()
        sample.columns = #"{"transfer":"id","event":"art","status":"st","money":"eur","fee":"fee"}"#
        sample.amounts = """
            [{"program":"nordwind/miles","column":"out","sign":"debit"},
            {"program":{"column":"p","words":{"H":"hotel/stars","C":"cafe/beans"}},"column":"in","scale":1}]
            """
        sample.rest = """
            ,"events":{"":"posting","S":"reversal"},"status":{"ok":"posted","offen":"pending"}
            ,"reversals":"flipped","currency":{"column":"cur","words":{"EUR":"EUR","YEN":"JPY"}}
            """
        let book = try sample.read(
            """
            id;art;st;out;p;in;eur;fee;cur
            \(BookSample.id)01;;ok;1.000;H;50,5;7,10;0,25;EUR
            \(BookSample.id)01;S;;1.000;C;50;-7;;YEN
            \(BookSample.id)02;;offen;10;H;;;;
            """
        )
        #expect(
            book.table.lines == [
                "nordwind/miles -1000 \(BookSample.id)01 - - ||| - posting posted 710 25 EUR 2",
                "hotel/stars 505 \(BookSample.id)01 - - ||| - posting posted 710 25 EUR 2",
                "nordwind/miles 1000 \(BookSample.id)01 - - ||| - reversal unstated 7 - JPY 3",
                "cafe/beans -500 \(BookSample.id)01 - - ||| - reversal unstated 7 - JPY 3",
                "nordwind/miles -10 \(BookSample.id)02 - - ||| - posting pending - - - 4",
            ],
            "\(book.table.faults)"
        )
        #expect(book.table.files.map(\.rowCount) == [3])
    }

    @Test func linesDelimitedJSON() throws {
        var sample = BookSample()
        sample.file = #"{"type":"ndjson"}"#
        sample.columns = #"{"transfer":"/id","member":"/who/m","reference":"/refs/1","day":"/day"}"#
        sample.amounts = #"[{"program":"nordwind/miles","column":"/n/value","scale":2}]"#
        let text = """
            {"id":"\(BookSample.id)01","who":{"m":"\(BookSample.member)"},"refs":["x","\\u00fc~"],"n":{"value":-12.5}}
            {"n":{"value":"1.000,25","deep":[[{"x":1e5}]]},"id":null,"day":"22.11.2026","no":true}

            {"n":{"value":1e3}}
            {"n":{"value":12}
            {"n":{"value":1},"n":{"value":2}}
            """
        for pieces in [Int.max, 1, 50] {
            let book = try sample.read(Array(text.utf8), pieces: pieces)
            #expect(
                book.table.lines == [
                    "nordwind/miles -1250 \(BookSample.id)01 - \(BookSample.member) ü~||| - posting unstated - - - 1",
                    "nordwind/miles 100025 - - - ||| 2026-11-22 posting unstated - - - 2",
                ]
            )
            #expect(book.table.faults.map(\.line) == [4, 5, 6])
            #expect(book.table.faults.map(\.column) == [15, 18, 18])
            #expect(book.table.files.map(\.rowCount) == [5])
        }
    }

    @Test func document() throws {
        var sample = BookSample()
        sample.file = #"{"type":"json","rows":"/data/rows"}"#
        sample.columns = #"{"reference":"/ref"}"#
        sample.amounts = #"[{"program":"nordwind/miles","column":"/n"}]"#
        sample.rest = """
            ,"control":{"marks":[{"text":"nordwind","at":"/owner"}],"count":"/data/count",
            "sums":[{"of":"/n","at":"/data/sum"}],"statement":"/no","sequence":"/seq",
            "balances":[{"program":"nordwind/miles","opening":"/open","closing":"/close"}]}
            """
        let text = """
            {"owner":"nordwind","no":"S-7","seq":7,"open":100,"close":"103",
            "data":{"count":3,"sum":3,"rows":[{"n":1,"ref":"a"},
            {"n":-2},
             {"n":4,"ref":"c"}]}}
            """
        let book = try sample.read(text)
        #expect(book.table.rows.map(\.units) == [1, -2, 4])
        #expect(book.table.rows.map(\.place) == [2, 3, 4] && book.table.faults.isEmpty)
        let summary = try #require(book.summaries.first)
        #expect(summary.statement == "S-7" && summary.sequence == 7)
        #expect(summary.balances.map(\.closing) == [103])
        let other = try sample.read(
            text.replacing("\"sum\":3", with: "\"sum\":4").replacing("\"103\"", with: "104")
        )
        #expect(other.table.faults.map(\.code) == [.controlTotal, .balanceRoll])
        let bad = try sample.read(text.replacing("{\"n\":-2}", with: "{\"n\":{}}, 5"))
        #expect(bad.table.faults.map(\.line) == [3, 3, 0, 0, 0])
        #expect(bad.table.faults.map(\.column).prefix(2) == [6, 11] && bad.unreadableCount == 2)
    }

    @Test func footerAndHead() throws {
        var sample = BookSample()
        sample.file = #"{"type":"csv","delimiter":";","skip":2,"footer":2}"#
        sample.rest = """
            ,"control":{"marks":[{"text":"Nordwind","at":{"head":1,"cell":2}},{"text":"Summe","at":{"foot":1,"cell":1}}],
            "count":{"foot":2,"cell":2},"sums":[{"of":"miles","at":{"foot":1,"cell":4}}],
            "statement":{"head":2,"cell":1},
            "balances":[{"program":"nordwind/miles","opening":{"head":2,"cell":2},"closing":{"foot":2,"cell":4}}]}
            """
        let text = """
            Bericht "7;Nordwind;
            S-1;1.000
            id;ref;day;miles
            ;a;;500
            ;b;;-200
            Summe;;;300
            Zeilen;2;;1.300
            """
        for pieces in [Int.max, 1, 9] {
            let book = try sample.read(Array(text.utf8), pieces: pieces)
            #expect(book.table.rows.map(\.units) == [500, -200] && book.table.faults.isEmpty)
            #expect(book.table.rows.map(\.place) == [4, 5])
            #expect(book.summaries.first?.statement == "S-1")
            #expect(book.summaries.first?.balances.map(\.opening) == [1_000])
        }
        let faults = try sample.read(
            text.replacing(";;;300", with: ";;;301").replacing(";2;", with: ";3;")
        ).table.faults
        #expect(
            faults.map(\.code) == [.controlTotal, .controlTotal] && faults.map(\.line) == [7, 6]
        )
    }

    /// Sums are of what is written in rows that were read, whatever the rows before held.
    @Test func sumsOfMoney() throws {
        var sample = BookSample()
        sample.file = #"{"type":"csv","delimiter":";","footer":1}"#
        sample.columns = #"{"fee":"fee"}"#
        sample.rest = """
            ,"currency":{"column":"cur","words":{"EUR":"EUR"}}
            ,"control":{"sums":[{"of":"miles","at":{"foot":1,"cell":1}}]}
            """
        let book = try sample.read("miles;fee;cur\n-5;1;EUR\nx;;\n;2;EUR\n3;;\n-2;;\n")
        #expect(book.table.rows.map(\.units) == [-5, 3])
        #expect(book.table.faults.map(\.code) == [.unparsable, .unparsable])
        sample.rest = sample.rest.replacing("\"miles\"", with: "\"fee\"")
            .replacing("{\"column\":\"cur\",\"words\":{\"EUR\":\"EUR\"}}", with: "\"EUR\"")
        let fees = try sample.read("miles;fee;cur\n-5;1;EUR\n3;;\n4;-0,25;\n0,75;;\n")
        #expect(fees.table.rows.map(\.fee) == [100, BookRow.noMoney, 25])
        #expect(fees.table.faults.isEmpty, "\(fees.table.faults)")
    }

    @Test func runningBalance() throws {
        var sample = BookSample()
        sample.columns = "{}"
        sample.rest = #","control":{"balances":[{"program":"nordwind/miles","running":"bal"}]}"#
        let book = try sample.read("miles;bal\n5;105\n-10;95\n1;97\nx;1\n1;3\n1;5\n")
        #expect(
            book.table.faults.map(\.code) == [
                .balanceRoll, .unparsable, .balanceRoll, .balanceRoll,
            ]
        )
        #expect(book.table.faults.map(\.line) == [4, 5, 7, 0])
        #expect(book.summaries.first?.balances.map(\.opening) == [100])
        #expect(book.summaries.first?.balances.map(\.closing) == [5])
    }
}

/// Several files of one partner as one side of a reconciliation.
@Suite struct BookTableJoiningTests {
    @Test func rowsKeepWhatTheyPointTo() throws {
        var sample = BookSample()
        let first = try sample.read("id;ref;day;miles\n;A;;1\n;x;y;z\n").table
        sample.amounts = #"[{"program":"hotel/stars","column":"miles"}]"#
        let second = try sample.read("id;ref;day;miles\n;B;;2\n;;;3\nbad;;;1\n").table
        var table = BookTable()
        #expect(table.join(first) && table.join(second) && table.join(BookTable()))
        #expect(table.lines == first.lines + second.lines)
        #expect(table.files == first.files + second.files)
        #expect(table.rows.map(\.file) == [0, 1, 1])
        #expect(table.faults.map(\.file) == [0, 1] && table.faults.map(\.line) == [3, 4])
        #expect(table.names == ["nordwind/miles", "hotel/stars"])
    }
}
