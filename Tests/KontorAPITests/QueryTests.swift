import KontorAPI
import Testing

/// Queries and cursors, by tables.
@Suite struct QueryTests {
    private static let known = ["cursor", "from", "limit"]

    @Test(arguments: [
        ("", nil), ("from=3", "3"), ("from=", ""), ("limit=1&from=3", "3"), ("from=%33", "3"),
        ("from=a%20b", "a b"), ("from=%C3%A9", "é"), ("from=a=b", "a=b"), ("from=a+b", "a+b"),
    ])
    func values(text: String, from: String?) throws {
        #expect(try Query(text, known: Self.known).text("from") == from)
    }

    @Test(arguments: [
        ("to=3", "to"), ("from", "from"), ("from=1&from=1", "from"), ("from=1&", ""), ("&", ""),
        ("from=%", "from"), ("from=%3", "from"), ("from=%3g", "from"), ("from=%FF", "from"),
        ("From=1", "From"), ("%66rom=1", "%66rom"),
        ("from=" + String(repeating: "x", count: 513), "from"),
        (String(repeating: "x", count: 50) + "=1", String(repeating: "x", count: 40)),
    ])
    func faults(text: String, place: String) {
        let problem = #expect(throws: Problem.self) { try Query(text, known: Self.known) }
        #expect(problem?.code == "InvalidQuery" && problem?.place == place)
    }

    @Test(
        arguments: [
            ("0", 0), ("7", 7), ("9007199254740991", 9_007_199_254_740_991),
            ("9007199254740992", nil), ("00", nil), ("01", nil), ("-1", nil), ("+1", nil),
            ("", nil),
            ("1 ", nil), ("٣", nil), ("1e3", nil), ("12345678901234567", nil),
        ] as [(String, UInt64?)]
    )
    func numbers(text: String, number: UInt64?) throws {
        #expect(Query.decimal(text) == number)
        let query = try Query("from=\(text)", known: Self.known)
        if number == nil {
            #expect(throws: Problem.self) { try query.number("from") }
        } else {
            #expect(try query.number("from") == number)
        }
        #expect(try query.number("limit") == nil)
    }

    @Test(arguments: [0, 5, 9_007_199_254_740_991] as [UInt64])
    func cursors(place: UInt64) throws {
        let text = Cursor.text("entries", place)
        #expect(try Cursor.place(text, in: "entries") == place)
        for (cursor, list) in [
            (text, "webhooks"), (text + "A", "entries"), (text + "=", "entries"),
            ("", "entries"), ("ZW50cmllcyAwMQ", "entries"), ("ZW50cmllcyA1IDU", "entries"),
        ] {
            let problem = #expect(throws: Problem.self) { try Cursor.place(cursor, in: list) }
            #expect(problem?.code == "InvalidCursor")
        }
    }
}
