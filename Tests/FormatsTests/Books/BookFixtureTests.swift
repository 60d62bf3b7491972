import Formats
import Foundation
import Settlement
import Signing
import Testing

/// The books of fixtures/reconciliation: each is read, and differs from the ledger where it was
/// made to, and nowhere else.
@Suite struct BookFixtureTests {
    static let top = Fixture.top.appending(path: "fixtures/reconciliation")

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: top.appending(path: name)))
    }

    struct Expected: Decodable {
        struct File: Decodable {
            struct Fault: Decodable {
                var type: String
                var line: Int
                var transfer: String?
                var event: String?
                var program: String?
                var code: String?
                var because: String?
            }

            struct Balance: Decodable {
                var program: String
                var opening: Int64
                var closing: Int64
            }

            var file: String
            var mapping: String
            var partner: String
            var programs: [String]
            var lines: Int
            var unreadable: Int
            var balances: [Balance]?
            var faults: [Fault]
        }

        var ledger: String
        var files: [File]
    }

    struct Event: Decodable {
        var transfer: String
        var item: Int
        var event: String
        var status: String
        var window: String
        var day: String
        var source: String
        var target: String
        var member: String
        var to: String
        var debit: Int64
        var base: Int64
        var bonus: Int64
        var ref: String
        var otherRef: String
        var currency: String
        var money: Int64
        var fee: Int64

        /// A row of the ledger as one text, with the fields that the partner states.
        func text(
            _ program: String,
            of partner: String,
            like row: BookRow,
            in table: BookTable
        ) -> String {
            let sign: Int64 = event == "posting" ? 1 : -1
            let isSource = source == program
            // References are those of who keeps the book, whichever program the row is of.
            let isDebtor = source.hasPrefix(partner + "/")
            var parts = [program, event, String(sign * (isSource ? -debit : base + bonus))]
            if row.transfer != 0 { parts.append("\(transfer)/\(item)") }
            if row.member != 0 { parts.append(isSource ? member : to) }
            if !row.reference.isEmpty { parts.append(isDebtor ? ref : otherRef) }
            if !row.otherReference.isEmpty { parts.append(isDebtor ? otherRef : ref) }
            if row.day != BookRow.noDay { parts.append(day) }
            if row.status != .unstated { parts.append(status) }
            if row.money != BookRow.noMoney { parts.append("\(currency) \(money)") }
            if row.fee != BookRow.noMoney { parts.append("\(currency) fee \(fee)") }
            return parts.joined(separator: " ")
        }
    }

    static func expected() throws -> Expected {
        try JSONDecoder().decode(Expected.self, from: Data(try bytes("expected.json")))
    }

    static func events() throws -> [Event] {
        try bytes("ledger.ndjson").split(separator: 0x0a).map {
            try JSONDecoder().decode(Event.self, from: Data($0))
        }
    }

    static func book(_ file: Expected.File) throws -> PartnerBook {
        let mapping = try BookMapping(parsing: try bytes(file.mapping))
        return try BookReader.read(try bytes(file.file), mapping: mapping, name: file.file)
    }

    static let names = [
        "nordwind.csv", "skylark.csv", "hanse.csv", "cafe-luna.ndjson", "hotel-meer.tsv",
        "bank-sud.camt053.xml", "grand-magasin.csv", "airport-plus.json", "bahn-vorteil.txt",
    ]

    @Test func allAreListed() throws {
        let files = try Self.expected().files
        #expect(files.map(\.file) == Self.names.map { "books/\($0)" })
        for file in files {
            let mapping = try BookMapping(parsing: try Self.bytes(file.mapping))
            #expect(mapping.ledger.base64URL == (try Self.expected().ledger))
            #expect(mapping.partner.text == file.partner)
            #expect(try BookMapping(parsing: mapping.json) == mapping)
        }
    }

    @Test("lines, faults and balances are those that were made", arguments: names)
    func faults(_ name: String) throws {
        let file = try #require(try Self.expected().files.first { $0.file == "books/\(name)" })
        let book = try Self.book(file)
        #expect(book.table.files.map(\.rowCount) == [file.lines])
        #expect(book.unreadableCount == file.unreadable)
        let unreadable = file.faults.filter { $0.type == "unparsable" }
        #expect(
            book.table.faults.filter { $0.code == .unparsable }.map(\.line)
                == unreadable.map(\.line),
            "\(book.table.faults)"
        )
        let rest = Set(book.table.faults.filter { $0.code != .unparsable }.map(\.code.rawValue))
        let made = Set(file.faults.filter { $0.type == "balanceRoll" }.map { $0.code ?? "" })
        #expect(rest == made, "\(book.table.faults)")
        for (balance, stated) in zip(book.summaries[0].balances, file.balances ?? []) {
            #expect(balance.program == stated.program)
            #expect(balance.opening == stated.opening && balance.closing == stated.closing)
        }
        #expect(book.summaries[0].balances.count == (file.balances ?? []).count)
    }

    @Test("rows are those of the ledger but for what was planted", arguments: names.dropLast())
    func rows(_ name: String) throws {
        let file = try #require(try Self.expected().files.first { $0.file == "books/\(name)" })
        let table = try Self.book(file).table
        let events = try Self.events()
        let planted = Set(file.faults.map(\.line))
        var seen: Set<String> = []
        for row in table.rows where !planted.contains(Int(row.place)) {
            let text = Self.text(row, in: table)
            let program = table.names[Int(row.unit)]
            let isThere = events.contains { event in
                [event.source, event.target].contains(program) && event.window == "compared"
                    && event.text(program, of: file.partner, like: row, in: table) == text
            }
            #expect(isThere, "\(name):\(row.place): \(text)")
            #expect(seen.insert(text).inserted, "\(text)")
        }
        #expect(seen.count > 15)
        for line in planted where line > 0 {
            let rows = table.rows.filter { Int($0.place) == line }
            let fault = file.faults.first { $0.line == line }
            if ["unparsable", "duplicate", "balanceRoll"].contains(fault?.type) { continue }
            let agree = rows.allSatisfy { row in
                let program = table.names[Int(row.unit)]
                return events.contains { event in
                    [event.source, event.target].contains(program) && event.window == "compared"
                        && event.text(program, of: file.partner, like: row, in: table)
                            == Self.text(row, in: table)
                }
            }
            #expect(!agree, "\(name):\(line) was made to differ: \(fault?.type ?? "")")
        }
    }

    private static func text(_ row: BookRow, in table: BookTable) -> String {
        var parts = [table.names[Int(row.unit)], "\(row.event)", String(row.units)]
        if let id = UUIDv7(rawValue: row.transfer) { parts.append("\(id)/\(row.item)") }
        if row.member != 0 { parts.append(row.member.base64URL) }
        for span in [row.reference, row.otherReference] where !span.isEmpty {
            let text = String(decoding: table.bytes(span), as: UTF8.self)
            parts.append(text.replacing(" €", with: ""))
        }
        if row.day != BookRow.noDay { parts.append(CivilDate(days: Int(row.day)).description) }
        if row.status != .unstated { parts.append("\(row.status)") }
        let currency = row.currency == BookRow.noName ? "" : table.names[Int(row.currency)]
        if row.money != BookRow.noMoney { parts.append("\(currency) \(row.money)") }
        if row.fee != BookRow.noMoney { parts.append("\(currency) fee \(row.fee)") }
        return parts.joined(separator: " ")
    }

    @Test func batches() throws {
        let file = try #require(try Self.expected().files.last)
        let table = try Self.book(file).table
        let sums = table.rows.filter { !$0.batch.isEmpty }
        #expect(sums.count >= 2)
        let units = sums.map(\.units)
        for row in sums {
            let batch = String(decoding: table.bytes(row.batch), as: UTF8.self)
            #expect(batch.first == "B" && row.transfer == 0 && row.member == 0 && row.units < 0)
        }
        #expect(Set(units).count == units.count)
    }

    @Test func signedMapping() throws {
        let text = try Self.bytes("mappings/nordwind.jws")
        let key = try PublicKey(parsing: try Self.bytes("mappings/nordwind.key.json"))
        let ledger = try #require(Digest(try Self.expected().ledger, as: .url))
        let partner = try #require(Slug("nordwind"))
        let signed = try SignedMapping(parsing: text, ledger: ledger, partner: partner, keys: [key])
        #expect(signed.keyID == key.thumbprint)
        let plain = try BookMapping(parsing: try Self.bytes("mappings/nordwind.json"))
        #expect(signed.mapping == plain)
    }
}
