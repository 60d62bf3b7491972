import Foundation
import Settlement
import Signing
import Testing

@testable import Formats

/// The digests that another program made of the same rows: fixtures/vectors/digest.json.
@Suite struct DigestVectorTests {
    struct Vectors: Decodable {
        var scope: Scope
        var cases: [Case]
        var many: Many

        struct Scope: Decodable {
            var ledger: Digest
            var partners: [Slug]
            var calendar: Slug
            var window: UInt64

            var scope: BookScope? {
                BookScope(
                    ledger: ledger,
                    partners[0],
                    partners[1],
                    calendar: calendar,
                    window: window
                )
            }
        }

        struct Case: Decodable {
            var name: String
            var rows: [Row]
            var count: Int
            var top: Digest
            var root: Digest
            var sums: [Sum]
            var leaves: [Leaf]
        }

        struct Row: Decodable {
            var transfer: UUIDv7
            var item: UInt16?
            var unit: String
            var units: Int64
            var event: String
            var status: String
            var window: String
        }

        struct Leaf: Decodable {
            var name: String
            var key: String
            var text: String
            var hash: Digest
        }

        struct Sum: Decodable {
            var program: String
            var debit: Int64
            var credit: Int64
            var reversedDebit: Int64
            var reversedCredit: Int64

            var sum: BookSum {
                BookSum(
                    program: program,
                    debit: Int128(debit),
                    credit: Int128(credit),
                    reversedDebit: Int128(reversedDebit),
                    reversedCredit: Int128(reversedCredit)
                )
            }
        }

        /// Rows without the names of their members.
        struct Many: Decodable {
            var rows: [BareRow]
            var count: Int
            var top: Digest
            var root: Digest
            var sums: [Sum]
        }

        struct BareRow: Decodable {
            var row: Row

            init(from decoder: any Decoder) throws {
                var fields = try decoder.unkeyedContainer()
                row = Row(
                    transfer: try fields.decode(UUIDv7.self),
                    item: try fields.decode(UInt16.self),
                    unit: try fields.decode(String.self),
                    units: try fields.decode(Int64.self),
                    event: try fields.decode(String.self),
                    status: "posted",
                    window: "compared"
                )
            }
        }

        static func load() throws -> Vectors {
            let file = Fixture.top.appending(path: "fixtures/vectors/digest.json")
            return try JSONDecoder().decode(Vectors.self, from: try Data(contentsOf: file))
        }
    }

    static func table(_ rows: [Vectors.Row]) throws -> BookTable {
        var table = BookTable()
        for (line, row) in rows.enumerated() {
            var made = BookRow()
            made.transfer = row.transfer.rawValue
            made.item = row.item ?? BookRow.noItem
            let unit = table.number(of: row.unit)
            made.unit = try #require(unit)
            made.units = row.units
            made.place = UInt64(line + 1)
            made.event = row.event == "posting" ? .posting : .reversal
            made.status = try #require(
                ["unstated": .unstated, "pending": .pending, "posted": .posted, "void": .void][
                    row.status
                ] as BookRow.Status?
            )
            made.window = try #require(
                ["earlier": .earlier, "compared": .compared, "later": .later][row.window]
                    as BookRow.Window?
            )
            table.rows.append(made)
        }
        return table
    }

    @Test func smallBooks() throws {
        let vectors = try Vectors.load()
        let scope = try #require(vectors.scope.scope)
        #expect(vectors.cases.count >= 14)
        for one in vectors.cases {
            let digest = try BookDigest(try Self.table(one.rows), scope: scope)
            #expect(digest.count == one.count, "\(one.name)")
            #expect(digest.top.hash == one.top, "\(one.name)")
            #expect(digest.root == one.root, "\(one.name)")
            #expect(digest.sums == one.sums.map(\.sum), "\(one.name)")
            for leaf in one.leaves {
                let name = try #require(ItemName(ascii: Array(leaf.name.utf8)[...]))
                #expect(name.description == leaf.name)
                #expect(name.key.bytes.hexadecimal == leaf.key)
                #expect(DigestBuilder.digest(prefix: 0, Array(leaf.text.utf8)) == leaf.hash)
                #expect(digest.leafHash(of: name) == leaf.hash, "\(one.name)")
            }
        }
    }

    @Test func aLargerBook() throws {
        let vectors = try Vectors.load()
        let scope = try #require(vectors.scope.scope)
        let table = try Self.table(vectors.many.rows.map(\.row))
        let digest = try BookDigest(table, scope: scope)
        #expect(digest.count == vectors.many.count)
        #expect(digest.top.hash == vectors.many.top)
        #expect(digest.root == vectors.many.root)
        #expect(digest.sums == vectors.many.sums.map(\.sum))
    }

    @Test func theScopeIsBound() throws {
        let vectors = try Vectors.load()
        let scope = try #require(vectors.scope.scope)
        let (one, other) = (scope.first, scope.second)
        let table = try Self.table(vectors.cases[1].rows)
        let root = try BookDigest(table, scope: scope).root
        let calendar = try #require(Slug("usd"))
        let third = try #require(Slug("third"))
        let others = [
            BookScope(ledger: .zero, one, other, calendar: scope.calendar, window: 7),
            BookScope(ledger: scope.ledger, one, third, calendar: scope.calendar, window: 7),
            BookScope(ledger: scope.ledger, one, other, calendar: calendar, window: 7),
            BookScope(ledger: scope.ledger, one, other, calendar: scope.calendar, window: 8),
        ]
        for scope in others {
            let changed = try BookDigest(table, scope: try #require(scope)).root
            #expect(changed != root)
        }
        let same = BookScope(ledger: scope.ledger, other, one, calendar: scope.calendar, window: 7)
        #expect(same == scope)
        #expect(scope.counterparty(of: one) == other && scope.counterparty(of: third) == nil)
        #expect(BookScope(ledger: .zero, one, one, calendar: calendar, window: 7) == nil)
    }

    /// Rows that have no place in a digest, with the code and the line of the fault.
    static let faults: [(code: FormatError.Code, change: @Sendable (inout BookTable) -> Void)] = [
        (.rowUnnamed, { $0.rows[1].transfer = 0 }),
        (.identifier, { $0.rows[1].unit = $0.number(of: "Miles of Nordwind") ?? 0 }),
        (.number, { $0.rows[1].unit = 99 }),
        (.number, { $0.rows[1].units = .min }),
        (
            .number,
            { table in
                table.rows[0].units = .max
                table.rows[1].units = .max
                table.rows[1].unit = table.rows[0].unit
            }
        ),
    ]

    @Test(arguments: faults.indices) func rowsThatAreRefused(_ index: Int) throws {
        let vectors = try Vectors.load()
        let scope = try #require(vectors.scope.scope)
        var table = try Self.table(vectors.cases[1].rows)
        table.files = [BookFile(name: "books.csv", digest: "", rowCount: 2)]
        Self.faults[index].change(&table)
        Fixture.expect(Self.faults[index].code, 2, nil, "books.csv") { () throws(FormatError) in
            _ = try BookDigest(table, scope: scope)
        }
    }
}

extension [UInt8] {
    /// Two lower-case digits for each byte.
    var hexadecimal: String {
        reduce(into: "") { text, byte in
            let digits = String(byte, radix: 16)
            text += digits.count < 2 ? "0" + digits : digits
        }
    }
}
