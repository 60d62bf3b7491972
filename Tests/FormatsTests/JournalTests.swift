import Foundation
import Settlement
import Signing
import Testing
import TestSupport

@testable import Formats

/// The journal of fixtures/vectors/journal.json, which another program wrote and signed.
struct JournalVectors: Decodable {
    struct Key: Decodable {
        var partner: Slug
        var seed: UInt8
        var kid: Digest

        var key: PrivateKey {
            get throws {
                try PrivateKey(
                    algorithm: .ed25519,
                    seed: [UInt8](repeating: seed, count: 32)
                )
            }
        }
    }

    struct Subject: Decodable {
        var kind: String
        var items: [String]
        var rows: [Row]
        var window: UInt64
        var text: String
        var id: Digest

        struct Row: Decodable {
            var row: BreakSubject.Row

            init(from decoder: any Decoder) throws {
                var fields = try decoder.unkeyedContainer()
                row = BreakSubject.Row(
                    file: try fields.decode(Digest.self),
                    line: try fields.decode(UInt64.self)
                )
            }
        }
    }

    struct Line: Decodable {
        var payload: String
        var jws: String
        var states: [String]
    }

    struct Refused: Decodable {
        var after: Int
        var code: String
        var payload: String
        var jws: String
    }

    var ledger: Digest
    var partners: [Slug]
    var calendar: Slug
    var keys: [Key]
    var subjects: [Subject]
    var lines: [Line]
    var refused: [Refused]

    static func load() throws -> JournalVectors {
        let file = Fixture.top.appending(path: "fixtures/vectors/journal.json")
        return try JSONDecoder().decode(JournalVectors.self, from: try Data(contentsOf: file))
    }

    func journalKeys() throws -> JournalKeys {
        var all = JournalKeys()
        for key in keys where partners.contains(key.partner) {
            all.add(try key.key.publicKey, of: key.partner)
        }
        return all
    }

    /// The file of the first lines.
    func text(_ count: Int) -> [UInt8] {
        lines.prefix(count).flatMap { Array($0.jws.utf8) + [0x0a] }
    }
}

@Suite struct JournalTests {
    @Test func breaksHaveTheirIDs() throws {
        let vectors = try JournalVectors.load()
        for expected in vectors.subjects {
            let scope = BookScope(
                ledger: vectors.ledger,
                vectors.partners[1],
                vectors.partners[0],
                calendar: vectors.calendar,
                window: expected.window
            )
            let parts = expected.kind.split(separator: ".").map(String.init)
            let subject = BreakSubject(
                scope: try #require(scope),
                type: try #require(BreakType(rawValue: parts[0])),
                field: BookField.allCases.first { parts.dropFirst().contains($0.code) },
                items: expected.items.reversed().compactMap {
                    ItemName(ascii: Array($0.utf8)[...])
                },
                rows: expected.rows.map(\.row) + expected.rows.map(\.row)
            )
            #expect(subject?.id == expected.id)
            #expect(DigestBuilder.digest(Array(expected.text.utf8)) == expected.id)
        }
    }

    @Test func statesAfterEachLine() throws {
        let vectors = try JournalVectors.load()
        let keys = try vectors.journalKeys()
        let first = try #require(vectors.lines.first)
        var journal = try BreakJournal(beginning: Array(first.jws.utf8), keys: keys)
        for (number, line) in vectors.lines.enumerated() {
            if number > 0 { try journal.append(Array(line.jws.utf8)) }
            #expect(journal.breaks.map(\.state.rawValue) == line.states, "line \(number + 1)")
            #expect(journal.lineCount == number + 1)
            let read = try JournalLine(payload: Array(line.payload.utf8), line: number + 1)
            #expect(String(decoding: read.payload, as: UTF8.self) == line.payload)
        }
        let whole = try BreakJournal(parsing: vectors.text(vectors.lines.count), keys: keys)
        #expect(whole.tip == journal.tip && whole.breaks.count == journal.breaks.count)
        let told = try #require(whole[vectors.subjects[0].id])
        #expect(told.standing.adjustment == 906 && told.standing.proposal?.terms.amount == 17_750)
        #expect(told.lines.count == 10)
    }

    @Test func refusedLines() throws {
        let vectors = try JournalVectors.load()
        let keys = try vectors.journalKeys()
        #expect(vectors.refused.count > 35)
        for (number, refused) in vectors.refused.enumerated() {
            let text = vectors.text(refused.after) + Array(refused.jws.utf8) + [0x0a]
            let code = try #require(FormatError.Code(rawValue: refused.code))
            Fixture.expect(code, refused.after + 1, nil, "\(number): \(refused.payload)") {
                () throws(FormatError) in
                _ = try BreakJournal(parsing: text, keys: keys)
            }
        }
    }

    /// A changed, missing, doubled or exchanged line is found, with its number or the next one's.
    @Test func tampering() throws {
        let vectors = try JournalVectors.load()
        let keys = try vectors.journalKeys()
        let lines = vectors.lines.map { Array($0.jws.utf8) }
        func fault(_ lines: [[UInt8]]) -> FormatError? {
            do throws(FormatError) {
                _ = try BreakJournal(parsing: lines.flatMap { $0 + [0x0a] }, keys: keys)
                return nil
            } catch { return error }
        }
        #expect(fault(lines) == nil)
        for place in lines.indices {
            var changed = lines
            changed[place][changed[place].count / 2] ^= 1
            #expect(fault(changed)?.line == place + 1, "changed \(place)")
            var missing = lines
            missing.remove(at: place)
            let isLast = place == lines.count - 1
            #expect(fault(missing)?.line == (isLast ? nil : place + 1), "missing \(place)")
            var twice = lines
            twice.insert(lines[place], at: place)
            #expect(fault(twice)?.line == place + 2, "twice \(place)")
            guard place > 0 else { continue }
            var exchanged = lines
            exchanged.swapAt(place, place - 1)
            #expect(fault(exchanged)?.line == place, "exchanged \(place)")
        }
        var short = vectors.text(lines.count)
        short.removeLast()
        Fixture.expect(.journalForm, lines.count, nil, "no end") { () throws(FormatError) in
            _ = try BreakJournal(parsing: short, keys: keys)
        }
        Fixture.expect(.journalForm, 1, nil, "nothing") { () throws(FormatError) in
            _ = try BreakJournal(parsing: [], keys: keys)
        }
    }

    /// A line is signed as it is drafted, and takes effect for all its breaks or for none.
    @Test func draftsAndGroups() throws {
        let vectors = try JournalVectors.load()
        let keys = try vectors.journalKeys()
        var journal = try BreakJournal(parsing: vectors.text(14), keys: keys)
        let talweg = try #require(vectors.keys.first { $0.seed == 13 })
        let ids = vectors.subjects.prefix(3).map(\.id).sorted()
        let before = journal.breaks.map(\.state)
        let draft = journal.draft(
            .close(ids, reason: "all"),
            by: talweg.partner,
            at: Timestamp(milliseconds: 0)
        )
        #expect(draft.time == journal.time)
        let line = draft.signed(with: try talweg.key)
        Fixture.expect(.journalState, 15, nil, "one of three is closed") {
            () throws(FormatError) in try journal.append(line)
        }
        #expect(journal.breaks.map(\.state) == before && journal.lineCount == 14)
        let open = journal.breaks.filter { $0.state == .open }.map(\.id).sorted()
        let act = JournalAct.close(open, reason: "\u{201e}fertig\u{201c}")
        let good = journal.draft(act, by: talweg.partner, at: Timestamp(milliseconds: 0))
        try journal.append(good.signed(with: try talweg.key))
        #expect(journal.breaks.allSatisfy { $0.state == .closed })
    }
}
