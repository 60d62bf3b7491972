internal import Formats
internal import Settlement

/// Books in each kind of file: the first byte chooses the mapping; a row is within its limits,
/// every line is a row or counted as unreadable, and pieces change nothing.
enum BookReaderTarget: FuzzTarget {
    private static func mapping(_ file: String, _ columns: String, _ rest: String) -> BookMapping? {
        let text = """
            {"format":"kontor-mapping/1","ledger":"\(String(repeating: "A", count: 43))",
            "partner":"nordwind","version":1,"file":\(file),
            "numbers":{"decimal":",","thousands":"."},"dates":{"pattern":"D.M.YYYY"},
            "columns":\(columns)\(rest)}
            """
        return try? BookMapping(parsing: Array(text.utf8))
    }

    private static let amounts = #","amounts":[{"program":"a/b","column":4,"scale":2}]"#
    private static let control = """
        ,"control":{"count":{"foot":1,"cell":2},"sums":[{"of":4,"at":{"foot":1,"cell":4}}],
        "balances":[{"program":"a/b","opening":{"head":1,"cell":1},"running":5}]}
        """
    private static let mappings: [BookMapping] = [
        mapping(
            #"{"type":"csv","header":false,"encoding":"Windows-1252"}"#,
            #"{"transfer":1,"reference":2,"day":3}"#,
            amounts
        ),
        mapping(
            #"{"type":"csv","header":false,"delimiter":";","skip":1,"footer":1}"#,
            #"{"member":1,"account":2}"#,
            amounts + control
        ),
        mapping(
            #"{"type":"ndjson"}"#,
            #"{"transfer":"/id","day":"/a/0","reference":"/r"}"#,
            #","amounts":[{"program":"a/b","column":"/n","scale":2}]"#
        ),
        mapping(
            #"{"type":"json","rows":"/rows"}"#,
            #"{"transfer":"/id","day":"/a/0"}"#,
            #","amounts":[{"program":"a/b","column":"/n"}],"control":{"count":"/count"}"#
        ),
        mapping(
            #"{"type":"camt"}"#,
            #"{"transfer":"EREF","reference":"Ustrd"}"#,
            #","amounts":[{"program":"a/b","column":"Amt","scale":2}]"#
        ),
    ].compactMap(\.self)

    static func run(_ input: [UInt8]) {
        expect(mappings.count == 5, "the mappings are good")
        guard let first = input.first else { return }
        let mapping = mappings[Int(first) % mappings.count]
        let bytes = Array(input.dropFirst())
        let whole = read(bytes, mapping, pieces: bytes.count)
        let cut = read(bytes, mapping, pieces: max(1, Int(first) / 8))
        expect(whole?.table.rows.count == cut?.table.rows.count, "pieces give the same rows")
        expect(whole?.table.faults == cut?.table.faults, "pieces give the same faults")
        guard let book = whole else { return }
        let lines = Set(book.table.rows.map(\.place)).count
        let count = book.table.files.first?.rowCount ?? -1
        expect(
            mapping.shape == .camt || mapping.shape == .json(rows: "/rows")
                || lines + book.unreadableCount == count,
            "each line is a row or unreadable"
        )
        for row in book.table.rows {
            expect(row.units.magnitude < 1_000_000_000_000_000_000, "units have a limit")
            expect(Int(row.unit) < book.table.names.count, "a row has a program")
        }
    }

    private static func read(
        _ bytes: [UInt8],
        _ mapping: BookMapping,
        pieces: Int
    ) -> PartnerBook? {
        var reader = BookReader(mapping: mapping, name: "fuzz")
        do throws(FormatError) {
            var offset = 0
            while offset < bytes.count {
                let end = min(offset + max(pieces, 1), bytes.count)
                try reader.read(Array(bytes[offset..<end]))
                offset = end
            }
            return try reader.finish()
        } catch {
            expect(!error.reason.isEmpty && !error.wayOut.isEmpty, "a fault has words")
            return nil
        }
    }
}
