import ArgumentParser
import Foundation
import KontorAudit
import KontorStorage
import Ledger
import Settlement
import Signing
import TestSupport
import Testing

@testable import KontorCLI

/// `kontor reconcile certify` and `check-certificate`: signed only where books agree, and held to
/// the log and to the signer's own files.
@Suite struct CertificateTests {
    /// A card number in the partners' files, which nothing else may ever have.
    private static let card = "5412751234123456"

    /// The books of a partner for its own program, with card numbers that no mapping reads.
    private static func books(_ partner: String, _ world: ReconcileWorld) throws -> [String] {
        let store = try DataDirectory(path: world.data).openStore()
        defer { try? store.close() }
        let book = world.book
        var books = LedgerBooks(
            LedgerBooks.Scope(partner: partner, programs: ["\(partner)/points"]),
            calendar: "network",
            book: book,
            entries: StoredEntries(store)
        )
        try books.read(try #require(WindowRange(1, of: "network", in: book)))
        return books.table.rows.filter { $0.window == .compared }.map { row in
            let id = UUIDv7(rawValue: row.transfer)?.description ?? ""
            return "\(id)/\(row.item),\(row.event == .posting ? "p" : "r"),\(row.units),\(card)"
        }
    }

    /// What all three commands are told about a partner and its files.
    private static func arguments(
        _ partner: String,
        _ world: ReconcileWorld,
        _ lines: [String]
    ) throws -> [String] {
        let text = (["id,what,points,card"] + lines).joined(separator: "\n") + "\n"
        let mapping = """
            {"format":"kontor-mapping/1","ledger":"\(world.book.ledger?.base64URL ?? "")",\
            "partner":"\(partner)","version":1,"file":{"type":"csv","encoding":"UTF-8",\
            "delimiter":","},"columns":{"transfer":"id","event":"what"},\
            "events":{"p":"posting","r":"reversal"},\
            "amounts":[{"program":"\(partner)/points","column":"points"}]}
            """
        return [
            "--data", world.data, "--partner", partner,
            "--with", partner == "nordwind" ? "harbour" : "nordwind", "--window", "network/1",
            "--books", try world.write("\(partner)-\(lines.count).csv", text: text),
            "--mapping", try world.write("\(partner).json", text: mapping),
        ]
    }

    private static func sign(
        _ partner: String,
        _ world: ReconcileWorld,
        _ lines: [String]
    ) throws -> [UInt8]? {
        let path = "\(world.directory)/\(partner)-\(UUID().uuidString).jwk"
        try KeyFile.write(world.network.key(partner), to: path)
        let command = try CertifyCommand.parse(
            try arguments(partner, world, lines) + [
                "--sign-key", path, "--id", "\(try UUIDv7.new(at: world.network.now))",
            ]
        )
        return try command.sign()
    }

    private static func check(
        _ partner: String,
        _ world: ReconcileWorld,
        _ lines: [String]? = nil
    ) throws -> CertificateCheck {
        var arguments = try arguments(partner, world, lines ?? [])
        if lines == nil { arguments.removeLast(4) }
        return try CheckCertificateCommand.parse(arguments).makeCheck()
    }

    @Test func bothCertifyTheirOwnBooks() throws {
        let world = try ReconcileWorld(rules: 3)
        let harbour = try Self.books("harbour", world)
        let nordwind = try Self.books("nordwind", world)
        #expect(harbour.count == 12 && nordwind.count == 12)
        #expect(throws: CommandError.self) { _ = try Self.check("harbour", world) }
        let first = try #require(try Self.sign("harbour", world, harbour))
        try world.take(first)
        let half = try Self.check("harbour", world, harbour)
        #expect(!half.holds && half.lines.allSatisfy(\.holds))
        #expect(half.text.contains("one partner has not signed yet"))
        let second = try #require(try Self.sign("nordwind", world, nordwind))
        try world.take(second)
        for (partner, lines) in [("harbour", harbour), ("nordwind", nordwind)] {
            let check = try Self.check(partner, world, lines)
            #expect(check.holds, "\(check.text)")
            #expect(check.lines.map(\.name).contains("\(partner)/points"))
            #expect(check.json["holds"] == .boolean(true))
        }
        #expect(try Self.check("nordwind", world).holds)
        for entry in [first, second] {
            let payload = try JWS(parsing: entry).payload
            #expect(!String(decoding: payload, as: UTF8.self).contains(Self.card))
            for member in world.members {
                #expect(!String(decoding: payload, as: UTF8.self).contains(member))
            }
        }
        try expectNowhere(Self.card, world)
    }

    @Test func booksThatDifferAreNotCertified() throws {
        let world = try ReconcileWorld(rules: 3)
        let good = try Self.books("harbour", world)
        var changed = good
        changed[3] = changed[3].replacingOccurrences(of: ",p,", with: ",p,1")
        #expect(try Self.sign("harbour", world, changed) == nil)
        #expect(try Self.sign("harbour", world, Array(good.dropLast())) == nil)
        #expect(try Self.sign("harbour", world, good + [good[0]]) == nil)
        var broken = good
        broken[5] = "not a transfer,p,1,\(Self.card)"
        #expect(throws: CommandError.self) { _ = try Self.sign("harbour", world, broken) }
        try world.take(try #require(try Self.sign("harbour", world, good)))
        let other = try Self.check("harbour", world, changed)
        #expect(!other.holds)
        #expect(
            other.lines.filter { !$0.holds }.map(\.name) == ["books of harbour", "rows of harbour"]
        )
    }

    /// No entry of the ledger holds a text.
    private func expectNowhere(_ text: String, _ world: ReconcileWorld) throws {
        let store = try DataDirectory(path: world.data).openStore()
        defer { try? store.close() }
        var count = 0
        try store.forEachEntry(in: 0..<world.book.size) { entry in
            count += 1
            #expect(!String(decoding: entry.payload, as: UTF8.self).contains(text))
            return true
        }
        #expect(count > 20)
    }
}
