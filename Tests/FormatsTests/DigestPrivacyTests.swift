import Settlement
import Signing
import Testing
import TestSupport

@testable import Formats

/// No identifier of a member can be in what partners exchange: nothing there depends on one (P-06).
@Suite struct DigestPrivacyTests {
    /// Books with members, accounts, card numbers and references of a seed; figures do not depend
    /// on it.
    ///
    /// Gives the texts that identify members besides.
    private static func book(
        _ seed: UInt64,
        _ count: Int
    ) throws -> (digest: BookDigest, texts: [String]) {
        var random = RandomSource(seed: seed)
        var table = BookTable()
        let units = (table.number(of: "nordwind/miles"), table.number(of: "talweg/stars"))
        let numbers = [try #require(units.0), try #require(units.1)]
        var texts: [String] = []
        for number in 0..<count {
            let member = UInt128(random.next()) << 64 | UInt128(random.next())
            let card = String(4_000_000_000_000_000 + random.number(0...999_999_999_999_999))
            texts += [member.base64URL, String(member), card]
            let span = table.keep(card.utf8)
            let account = try #require(span)
            let name = Exchange.name(number)
            for (side, unit) in numbers.enumerated() {
                var row = BookRow()
                row.transfer = name.transfer
                row.item = name.item
                row.unit = unit
                row.units = side == 0 ? -Exchange.units(number) : Exchange.units(number)
                row.member = member
                row.account = account
                row.reference = account
                row.otherReference = account
                row.batch = account
                row.day = Int32(random.number(0...20_000))
                row.money = random.number(0...1_000_000)
                row.fee = random.number(0...1_000)
                table.rows.append(row)
            }
        }
        return (try BookDigest(table, scope: try Exchange.scope()), texts)
    }

    @Test func nothingDependsOnMembers() throws {
        for count in [1, 7, 300] {
            let (one, _) = try Self.book(1, count)
            let (other, _) = try Self.book(2, count)
            #expect(one.root == other.root && one.sums == other.sums, "\(count) transfers")
        }
    }

    @Test func messagesAndCertificatesNameNobody() throws {
        let (one, first) = try Self.book(3, 400)
        let other = try Exchange.book(0..<400) { $0 % 90 == 1 ? nil : Exchange.units($0) }
        var said: [UInt8] = []
        let outcome = Exchange.play(DigestCaller(one), DigestAnswerer(other)) { _, _, line in
            said += line
        }
        #expect(outcome.caller?.isEqual == false)
        let books = DigestBuilder.digest([7])
        let certificate = try BookCertificate(one, signer: one.scope.first, books: books)
        said += certificate.members.text
        for difference in outcome.caller?.differences.prefix(20) ?? [] {
            let subject = BreakSubject(
                scope: one.scope,
                type: .missingAtPartner,
                items: [difference.name]
            )
            let line = JournalLine(
                ledger: one.scope.ledger,
                journal: nil,
                previous: .zero,
                partner: one.scope.first,
                time: Timestamp(milliseconds: 0),
                act: .open(try #require(subject))
            )
            said += line.payload
        }
        let text = String(decoding: said, as: UTF8.self)
        for secret in first { #expect(!text.contains(secret)) }
        #expect(text.contains(Exchange.names.nordwind))
    }

    @Test func certificatesHaveLimits() throws {
        let (book, _) = try Self.book(4, 3)
        let third = try #require(Slug("third"))
        Fixture.expect(.identifier, nil, nil, "a third partner") { () throws(FormatError) in
            _ = try BookCertificate(book, signer: third, books: .zero)
        }
        let large = try Exchange.book(0..<3) { _ in 1 << 52 }
        Fixture.expect(.number, nil, nil, "sums above 2^53") { () throws(FormatError) in
            _ = try BookCertificate(large, signer: large.scope.first, books: .zero)
        }
    }
}
