import Foundation
import Formats
import KontorAudit
import Ledger
import Signing
import TestSupport
import Testing
import VerifiableLog

@testable import KontorCLI

/// One partner's statement alone: it verifies, no number or word of it can change, and it says
/// nothing of others (spec/25 §3).
@Suite struct NightStatementTests {
    private static let euro = "network/1/multilateral/EUR/1"

    /// The files of the night, where harbour owes cafe, nordwind owes harbour, and one item was
    /// reversed in part.
    private struct Files {
        let world: NightWorld
        let folder: String
        /// The agreement that cafe has no part in.
        let foreign: NightWorld.Deal

        init() throws {
            world = try NightWorld()
            try world.publishRates([("2026-03-06", "1.10")])
            let own = try world.deal("harbour", "cafe", change: NightWorld.converted)
            foreign = try world.deal("nordwind", "harbour", price: (1, 3))
            try world.send(own, 1_100)
            try world.send(foreign, 1_000)
            let posted = try world.send(own, 770)
            try world.send(foreign, 71)
            let rest = Network.reversal(0, remaining: 440, debit: 330, credit: 330)
            try world.take(world.network.reverse(posted, [rest], by: "cafe"))
            try world.evening(out: "night")
            folder = world.path("night/network/1/multilateral-EUR-1.0")
        }

        func bytes(_ name: String) throws -> [UInt8] {
            [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
        }

        /// The code of the fault in a statement, or nil if it verifies.
        func fault(_ statement: [UInt8]) throws -> String? {
            do {
                let read = try PartnerStatement(parsing: statement)
                let entry = try bytes("calculate.entry")
                let proof = try bytes("calculate.tlog-proof")
                let key = world.network.logSigner.verifier
                _ = try StatementAudit(read, entry: entry, proof: proof, key: key).run()
                return nil
            } catch let fault as StatementFault {
                return fault.code.rawValue
            } catch let fault as FormatError {
                return "form: \(fault.code.rawValue)"
            }
        }
    }

    /// The value with one scalar changed, for each of its scalars, by their places.
    private static func changes(
        _ value: JSONValue,
        at place: String = ""
    ) -> [(place: String, value: JSONValue)] {
        var found: [(place: String, value: JSONValue)] = []
        switch value {
        case .object(let members):
            for (number, member) in members.enumerated() {
                let name = place.isEmpty ? member.name : "\(place).\(member.name)"
                for change in changes(member.value, at: name) {
                    var changed = members
                    changed[number].value = change.value
                    found.append((change.place, JSONValue.object(changed)))
                }
            }
        case .array(let elements):
            for (number, element) in elements.enumerated() {
                for change in changes(element, at: place + "[]") {
                    var changed = elements
                    changed[number] = change.value
                    found.append((change.place, JSONValue.array(changed)))
                }
            }
        case .integer(let number): found.append((place, .integer(number + 1)))
        case .string(let text): found.append((place, .string(other(text))))
        default: break
        }
        return found
    }

    /// Another text of the same look: a digit or a letter in its middle is the next one.
    private static func other(_ text: String) -> String {
        if let other = [
            "multilateral": "bilateral", "halfEven": "halfUp", "EUR": "USD", "USD": "EUR",
            "units": "fee", "0": "1",
        ][text] {
            return other
        }
        var bytes = Array(text.utf8)
        guard
            let place = bytes.indices.first(where: { place in
                place >= bytes.count / 2
                    && (bytes[place] &- 0x30 < 9 || bytes[place] &- 0x61 < 25)
            })
        else { return text + "x" }
        bytes[place] += 1
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The id in the name of a transfer and the hash of the rate file are for information; a
    /// rounding may be another one that gives the same amount.
    private static let unbound: Set<String> = ["sheet", "lines[].name", "debts[].rounding"]

    @Test func everyScalarIsBound() throws {
        let files = try Files()
        for partner in ["cafe", "harbour", "nordwind"] { try requireBound(partner, files) }
    }

    private func requireBound(_ partner: String, _ files: Files) throws {
        let statement = try files.bytes(partner + ".json")
        #expect(try files.fault(statement) == nil)
        let value = try JSONValue(parsing: statement)
        var codes: Set<String> = []
        var passed: Set<String> = []
        for (place, changed) in Self.changes(value) {
            #expect(changed != value, "\(place)")
            guard let code = try files.fault(changed.text) else {
                passed.insert(place)
                continue
            }
            codes.insert(code)
        }
        #expect(passed == Self.unbound)
        for code in [
            "entryMismatch", "leafNotInRoot", "leafMismatch", "sumMismatch", "trailMismatch",
            "lineMismatch", "lineSum", "lineAmount",
        ] {
            #expect(codes.contains(code), "\(code)")
        }
        #expect(
            codes.allSatisfy { !$0.hasPrefix("form: ") || $0 == "form: memberValue" },
            "\(codes)"
        )
    }

    /// Whether all entries of its agreements are there, and no other, shows in the trails.
    @Test func completeness() throws {
        let files = try Files()
        let statement = try PartnerStatement(parsing: files.bytes("cafe.json"))
        #expect(statement.trails.count == 1)
        #expect(statement.trails[0].entries.count == 3)
        #expect(statement.lines.count == 3)
        func fault(_ change: (inout PartnerStatement) -> Void) throws -> String? {
            var changed = statement
            change(&changed)
            return try files.fault(changed.json)
        }
        let last = try #require(statement.trails[0].entries.last)
        #expect(try fault { $0.trails[0].entries.removeFirst() } == "trailMismatch")
        #expect(try fault { $0.trails[0].entries.removeLast() } == "trailMismatch")
        #expect(try fault { $0.trails[0].entries.append(last + 1) } == "trailMismatch")
        #expect(try fault { $0.trails[0].entries.swapAt(0, 1) } == "trailMismatch")
        #expect(try fault { $0.trails = [] } == "trailMismatch")
        #expect(try fault { $0.trails.append($0.trails[0]) } == "leafMismatch")
        #expect(try fault { $0.lines.removeLast() } == "lineSum")
        #expect(try fault { $0.lines.append($0.lines[0]) } == "lineMismatch")
        #expect(try fault { $0.proof = nil } == "entryMismatch")
        #expect(
            try fault {
                $0.debts = []; $0.lines = []; $0.trails = []
            } == "leafMismatch"
        )
    }

    /// The statement of one partner does not pass for that of another.
    @Test func ofAnother() throws {
        let files = try Files()
        let cafe = try PartnerStatement(parsing: files.bytes("cafe.json"))
        var harbour = try PartnerStatement(parsing: files.bytes("harbour.json"))
        harbour.partner = "cafe"
        #expect(try files.fault(harbour.json) == "leafMismatch")
        harbour.proof = cafe.proof
        #expect(try files.fault(harbour.json) == "leafMismatch")
        var moved = cafe
        moved.proof?.position = 1
        #expect(try files.fault(moved.json) == "leafNotInRoot")
    }

    /// Of others it has the slugs of counterparties, their number, and hashes of salted leaves.
    @Test func nothingOfOthers() throws {
        let files = try Files()
        let bytes = try files.bytes("cafe.json")
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("harbour"))
        let foreign = try PartnerStatement(parsing: files.bytes("nordwind.json"))
        let all =
            text + String(decoding: try files.bytes("cafe.csv"), as: UTF8.self)
            + String(decoding: try files.bytes("cafe.html"), as: UTF8.self)
            + String(decoding: try files.bytes("calculate.entry"), as: UTF8.self)
        #expect(!all.contains("nordwind"))
        #expect(!all.contains(files.foreign.terms.base64URL))
        #expect(foreign.lines.count == 2)
        for line in foreign.lines { #expect(!all.contains(line.name)) }
        let own = try PartnerStatement(parsing: bytes)
        for entry in foreign.trails.flatMap(\.entries) {
            #expect(!own.trails.flatMap(\.entries).contains(entry))
        }
        let leaf = try #require(foreign.proof?.leaf)
        let salt = leaf.split(separator: "\n")[4]
        #expect(!all.contains(salt), "the leaf of another could be guessed with its salt")
    }
}
