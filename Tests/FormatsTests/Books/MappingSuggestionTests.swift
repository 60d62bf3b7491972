import Formats
import Money
import Settlement
import Signing
import TestSupport
import Testing

/// First mappings: what a file shows is found with a reason, what it leaves open is asked.
@Suite struct MappingSuggestionTests {
    static func suggestion(
        _ bytes: [UInt8],
        program: String = "nordwind/miles"
    ) throws
        -> MappingSuggestion
    {
        try MappingSuggestion(
            sample: bytes,
            ledger: .zero,
            partner: try #require(Slug("nordwind")),
            program: program
        )
    }

    /// The books of the fixtures, and the fields that must be found.
    static let books: [(String, [MappingField])] = [
        ("nordwind.csv", [.transfer, .reference, .member, .day, .status, .event]),
        ("skylark.csv", [.transfer, .reference, .event, .money, .fee]),
        ("hanse.csv", [.transfer, .reference, .day, .event]),
        ("cafe-luna.ndjson", [.item, .member, .day, .status, .event]),
        ("hotel-meer.tsv", [.reference, .member, .day, .event]),
        ("bank-sud.camt053.xml", [.transfer, .reference, .day, .status, .event]),
        ("grand-magasin.csv", [.transfer, .reference, .day, .event]),
        ("airport-plus.json", [.transfer, .reference, .day, .event]),
    ]

    @Test("fields of the fixtures are found", arguments: books)
    func fields(_ name: String, _ fields: [MappingField]) throws {
        // Lines that were made unreadable are none that a suggestion must read.
        let file = try #require(
            try BookFixtureTests.expected().files.first { $0.file == "books/\(name)" }
        )
        let broken = Set(file.faults.filter { $0.type == "unparsable" }.map(\.line))
        let lines = try BookFixtureTests.bytes(file.file)
            .split(separator: 0x0a, omittingEmptySubsequences: false)
        let good = lines.enumerated().filter { !broken.contains($0.offset + 1) }.map(\.element)
        let bytes = Array(good.joined(separator: [0x0a]))
        let made = try BookMapping(parsing: try BookFixtureTests.bytes(file.mapping))
        let suggestion = try Self.suggestion(bytes, program: "\(file.programs[0])")
        let mapping = try #require(suggestion.mapping, "\(suggestion.questions)")
        for field in fields {
            #expect(mapping.column(field) == made.column(field), "\(field): \(suggestion.guesses)")
        }
        #expect(mapping.amounts[0].number == made.amounts[0].number, "\(suggestion.guesses)")
        if case .csv(let shape) = made.shape, case .csv(let found) = mapping.shape {
            #expect(found.delimiter == shape.delimiter && found.encoding == shape.encoding)
            #expect(found.hasHeader == shape.hasHeader, "\(suggestion.guesses)")
            #expect(found.skippedLineCount == shape.skippedLineCount)
            #expect(found.footerRowCount == shape.footerRowCount)
        } else {
            #expect(mapping.shape == made.shape)
        }
        #expect(suggestion.guesses.allSatisfy { !$0.reason.isEmpty && !$0.value.isEmpty })
        // What it suggests can be saved and reads the file.
        var saved = try BookMapping(parsing: mapping.json)
        if suggestion.questions.contains(where: { $0.contains("before decimals, or between") }) {
            // Every number of this book is whole: the file alone does not tell what the point is.
            #expect(name == "nordwind.csv")
            saved.numbers = made.numbers
        }
        let book = try BookReader.read(bytes, mapping: saved, name: name)
        let rows = book.table.rows.count
        #expect(rows > 15 && book.unreadableCount == 0, "\(book.table.faults.prefix(2))")
    }

    static let header = "Day;Points\n"

    @Test func ambiguousDaysAreAsked() throws {
        let open = try Self.suggestion(Array((Self.header + "03/04/2026;5\n01/02/2026;-6\n").utf8))
        #expect(open.mapping?.dates == nil && open.mapping?.column(.day) == nil)
        #expect(open.questions.contains { $0.contains("DD/MM/YYYY or MM/DD/YYYY") })
        let clear = try Self.suggestion(Array((Self.header + "03/04/2026;5\n01/22/2026;-6\n").utf8))
        #expect(
            clear.mapping?.dates?.text == "MM/DD/YYYY"
                && clear.mapping?.column(.day) == .name("Day")
        )
        let same = try Self.suggestion(Array((Self.header + "03/03/2026;5\n04/04/2026;-6\n").utf8))
        #expect(same.mapping?.dates != nil)
    }

    @Test func ambiguousMarksAreAsked() throws {
        let open = try Self.suggestion(Array("Ref;Points\na;1.234\nb;-5.678\n".utf8))
        #expect(open.questions.contains { $0.contains("\"1.234\"") })
        #expect(open.mapping?.numbers == NumberStyle())
        let clear = try Self.suggestion(Array("Ref;Points\na;1.234\nb;-5,5\n".utf8))
        #expect(clear.mapping?.numbers == NumberStyle(decimal: 0x2c, thousands: "."))
        #expect(clear.mapping?.amounts[0].scale == 1)
        let trailing = try Self.suggestion(Array("Ref;Points\na;1234\nb;5-\n".utf8))
        #expect(trailing.mapping?.numbers.sign == .trailing)
    }

    @Test func signsAreAskedOrFound() throws {
        let none = try Self.suggestion(Array("Ref;Points\na;5\nb;6\n".utf8))
        #expect(none.questions.contains { $0.contains("(debit)") })
        let minus = try Self.suggestion(Array("Ref;Points\na;5\nb;-6\n".utf8))
        #expect(minus.questions.contains { $0.contains("(inverted)") })
        let sides = try Self.suggestion(Array("Ref\tSoll\tHaben\na\t5\t\nb\t\t6\n".utf8))
        #expect(
            sides.mapping?.amounts[0].number == .sides(debit: .name("Soll"), credit: .name("Haben"))
        )
        let words = try Self.suggestion(Array("Ref,D/C,Points\na,D,5\nb,C,6\n".utf8))
        #expect(
            words.mapping?.amounts[0].sign == .words(.name("D/C"), debit: ["D"], credit: ["C"])
        )
    }

    @Test func unknownWordsAreAsked() throws {
        let text = "Ref;Status;Points\na;gebucht;5\nb;zzz;-6\n"
        let suggestion = try Self.suggestion(Array(text.utf8))
        #expect(suggestion.mapping?.statusWords == [MappedWord("gebucht", "posted")])
        #expect(suggestion.questions.contains { $0.contains("\"zzz\"") })
        let none = try Self.suggestion(Array("Ref;Name\na;b\n".utf8))
        #expect(none.mapping == nil && none.questions.contains { $0.contains("points") })
    }

    @Test func linesThatAreNoObjectsAreNoColumns() throws {
        let suggestion = try Self.suggestion(Array("{\"n\":1}\n{\"n\":2}x\n".utf8))
        #expect(suggestion.mapping?.amounts[0].number == .column(.name("/n")))
        for column in suggestion.guesses { #expect(column.subject != "column \"\"") }
    }

    @Test func anythingIsNoCrash() {
        var random = RandomSource(seed: 7)
        let pieces = [
            "a", ";", ",", "\n", "\"", "1", "{", "}", "[", "]", ":", "<", "é", "\t", "x\n",
        ]
        for _ in 0..<300 {
            let count = Int(random.number(0...40))
            let text = (0..<count).map { _ in random.pick(pieces) ?? "" }.joined()
            _ = try? Self.suggestion(Array(text.utf8))
        }
    }
}
