import ArgumentParser
import Foundation
import Formats
import Settlement
import Signing
import Testing

@testable import KontorCLI

/// `kontor reconcile journal`: two partners, each with a copy of one file.
@Suite struct JournalCommandTests {
    /// A folder with keys of two partners, two each.
    private struct World {
        let folder: String
        let item = "019aab5f-9d2b-7000-8000-000000000001/0"

        init() throws {
            folder =
                FileManager.default.temporaryDirectory
                .appending(path: "journal-\(UUID().uuidString)").path
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true
            )
            var lines = ""
            for (number, name) in ["air-1", "air-2", "cafe-1", "cafe-2", "other-1"].enumerated() {
                let seed = [UInt8](repeating: UInt8(number + 1), count: 32)
                let key = try PrivateKey(algorithm: .ed25519, seed: seed)
                try KeyFile.write(key, to: "\(folder)/\(name).jwk")
                let partner = name.split(separator: "-")[0]
                guard partner != "other" else { continue }
                let jwk = String(decoding: key.publicKey.jwk.text, as: UTF8.self)
                lines += "{\"partner\":\"\(partner)\",\"key\":\(jwk)}\n"
            }
            try Data(lines.utf8).write(to: URL(fileURLWithPath: "\(folder)/partners.keys"))
        }

        var path: String { "\(folder)/air-cafe.journal" }
        var shared: [String] { ["--journal", path, "--keys", "\(folder)/partners.keys"] }

        /// Runs a command as one of the keys: `air-1`.
        func run<Command: ParsableCommand>(
            _ type: Command.Type,
            _ key: String,
            _ more: [String] = []
        ) throws {
            let partner = String(key.split(separator: "-")[0])
            let signer = ["--partner", partner, "--sign-key", "\(folder)/\(key).jwk"]
            var command = try type.parse(shared + signer + more)
            try command.run()
        }

        /// The states of the breaks.
        func states() throws -> [String] {
            let keys = try JournalKeyFile.read("\(folder)/partners.keys")
            return try JournalFile(path: path, keys: keys).journal.breaks.map(\.state.rawValue)
        }

        func begin() throws {
            let ledger = Digest.zero.base64URL
            try run(
                JournalBeginCommand.self,
                "air-1",
                ["--with", "cafe", "--four-eyes", "EUR=10000", "--ledger", ledger]
            )
            try run(JournalJoinCommand.self, "cafe-1")
            try run(
                JournalOpenCommand.self,
                "air-1",
                ["--window", "eur/7", "--kind", "missingAtPartner", "--item", item]
            )
        }
    }

    private func expectError(_ part: String, _ body: () throws -> Void) {
        do {
            try body()
            Issue.record("nothing was thrown; \(part)")
        } catch {
            #expect(Console.explain(error).contains(part), "\(Console.explain(error))")
        }
    }

    @Test func aBreakFromItsOpeningToItsEnd() throws {
        let world = try World()
        defer { try? FileManager.default.removeItem(atPath: world.folder) }
        try world.begin()
        #expect(try world.states() == ["open"])
        try world.run(JournalAssignCommand.self, "cafe-1", ["--to", "points-desk", "1"])
        let amount = ["--payer", "cafe", "--currency", "EUR", "--reason", "the row is missing"]
        try world.run(JournalProposeCommand.self, "air-1", amount + ["--amount", "17750", "1"])
        #expect(try world.states() == ["proposing"])
        expectError("sign with another key") {
            try world.run(JournalSecondCommand.self, "air-1", ["1"])
        }
        try world.run(JournalSecondCommand.self, "air-2", ["1"])
        expectError("the proposal is its own") {
            try world.run(JournalAgreeCommand.self, "air-1", ["1"])
        }
        try world.run(JournalCommentCommand.self, "cafe-2", ["--text", "the file was cut", "1"])
        try world.run(
            JournalEvidenceCommand.self,
            "cafe-2",
            ["--file", "\(world.folder)/partners.keys", "--text", "see line 1", "1"]
        )
        try world.run(JournalAgreeCommand.self, "cafe-1", ["1"])
        try world.run(JournalSecondCommand.self, "cafe-2", ["1"])
        #expect(try world.states() == ["agreed"])
        expectError("possible are adjust") {
            try world.run(JournalCloseCommand.self, "cafe-1", ["--reason", "done", "1"])
        }
        try world.run(JournalAdjustCommand.self, "cafe-1", ["--entry", "906", "1"])
        try world.run(JournalCloseCommand.self, "air-1", ["--reason", "adjusted", "1"])
        #expect(try world.states() == ["closed"])
        try world.run(JournalUndoCommand.self, "air-1", ["1"])
        #expect(try world.states() == ["adjusted"])
        try world.run(JournalCloseCommand.self, "cafe-1", ["--reason", "adjusted", "1"])
        try world.run(JournalReopenCommand.self, "air-1", ["--reason", "again", "1"])
        try world.run(JournalDisputeCommand.self, "air-1", ["--entry", "910", "1"])
        #expect(try world.states() == ["disputed"])
        for arguments in [[], ["--json"], ["--open"]] {
            let show = try JournalShowCommand.parse(world.shared + arguments)
            try show.run()
        }
    }

    @Test func aGroupIsTakenBackOneByOneOrWhole() throws {
        let world = try World()
        defer { try? FileManager.default.removeItem(atPath: world.folder) }
        try world.begin()
        for number in 1...2 {
            try world.run(
                JournalOpenCommand.self,
                "air-1",
                [
                    "--window", "eur/7", "--kind", "amount.units", "--item",
                    "019aab5f-9d2b-7000-8000-000000000001/\(number)",
                ]
            )
        }
        let close = ["--reason", "our file was read twice", "1", "2", "3"]
        try world.run(JournalCloseCommand.self, "air-1", close)
        #expect(try world.states() == ["closed", "closed", "closed"])
        expectError("the line is of the other partner") {
            try world.run(JournalUndoCommand.self, "cafe-1", ["2"])
        }
        try world.run(JournalUndoCommand.self, "air-1", ["2"])
        #expect(try world.states() == ["closed", "open", "closed"])
        try world.run(JournalUndoCommand.self, "air-1", ["1", "--group"])
        #expect(try world.states() == ["open", "open", "open"])
    }

    @Test func aChangedJournalIsRefusedWithItsLine() throws {
        let world = try World()
        defer { try? FileManager.default.removeItem(atPath: world.folder) }
        try world.begin()
        try world.run(JournalCommentCommand.self, "cafe-1", ["--text", "we look for it", "1"])
        let text = try String(contentsOfFile: world.path, encoding: .utf8)
        let lines = text.split(separator: "\n").map(String.init)
        func put(_ lines: [String]) throws {
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(
                to: URL(fileURLWithPath: world.path)
            )
        }
        try put([lines[0], lines[2], lines[3]])
        expectError("journal:2: journalChain") { _ = try world.states() }
        try put([lines[0], lines[1], String(lines[2].dropLast(8)) + "AAAAAAAA", lines[3]])
        expectError("journal:3: journal") {
            try world.run(JournalCommentCommand.self, "air-1", ["--text", "more", "1"])
        }
        try Data(text.dropLast(9).utf8).write(to: URL(fileURLWithPath: world.path))
        expectError("journal:4: journalForm") { _ = try world.states() }
        try put(lines)
        expectError("is not one of air") {
            let command = try JournalCommentCommand.parse(
                world.shared + [
                    "--partner", "air", "--sign-key", "\(world.folder)/other-1.jwk", "--text", "x",
                    "1",
                ]
            )
            try command.run()
        }
        expectError("the journal has no break 9") {
            try world.run(JournalAgreeCommand.self, "cafe-1", ["9"])
        }
        expectError("no kind of break") {
            try world.run(
                JournalOpenCommand.self,
                "air-1",
                ["--window", "eur/7", "--kind", "colour", "--item", world.item]
            )
        }
        #expect(try world.states() == ["open"])
    }
}
