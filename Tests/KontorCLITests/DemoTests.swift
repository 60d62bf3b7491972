import ArgumentParser
import Foundation
import KontorStorage
import Signing
import Testing
import VerifiableLog

@testable import KontorCLI

/// The demonstration repeats to the last bit, and what it shows holds.
@Suite struct DemoTests {
    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "fixtures").path

    /// A directory that is gone after the body.
    private func withDirectory<T>(_ body: (String) throws -> T) throws -> T {
        let path = FileManager.default.temporaryDirectory.appending(
            path: "kontor-\(UUID().uuidString)"
        ).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try body(path)
    }

    private func play(seed: UInt64, transfers: Int, in directory: String) throws -> DemoReport {
        let network = try DemoNetwork(fixtures: Self.fixtures)
        let progress = DemoProgress(isShown: false)
        let run = DemoRun(
            seed: seed,
            transfers: transfers,
            network: network,
            progress: progress,
            fixtures: Self.fixtures,
            out: nil,
            books: directory + "/books"
        )
        var report = try run.play(store: SQLiteLogStore(directory: directory, access: .create))
        let store = try SQLiteLogStore(directory: directory, access: .readOnly)
        let key = try DemoLedger.logSigner(seed: seed).verifier
        report.audit = try DemoAudit(store, place: directory, key: key, isShown: false)
        try store.close()
        return report
    }

    @Test func sameSeedSameRoot() throws {
        let first = try withDirectory { try play(seed: 3, transfers: 2_000, in: $0) }
        let second = try withDirectory { try play(seed: 3, transfers: 2_000, in: $0) }
        #expect(first.root == second.root)
        #expect(first.stateDigest == second.stateDigest)
        #expect(first.checkpoint == second.checkpoint)
        #expect(first.holds)
        #expect(second.holds)
        #expect(first.tally.requested == 2_000)
        #expect(first.tally.accepted > 1_800)
        #expect(first.tally.accepted + first.tally.refusedTransfers == 2_000)
        #expect(first.expired >= 0)
        let codes = first.tally.refused.map(\.code)
        for code in ["MalformedJWS.partCount", "WrongCredit", "IdReused"] {
            #expect(codes.contains(code))
        }
        #expect(codes.count >= 10)
        // Nothing but the ledger's own rules about mistakes: no draft of the demonstration is wrong
        // by itself.
        for code in [
            "MissingMember", "InvalidValue", "WrongBonus", "HoldReleased", "PartialReversal",
            "ReversalAmount",
        ] {
            #expect(!codes.contains(code))
        }
    }

    @Test func otherSeedOtherKeys() throws {
        let keys = try [UInt64(1), 2].map { try DemoLedger.logSigner(seed: $0).verifier.text }
        #expect(keys[0] != keys[1])
    }

    @Test func reportFits() throws {
        let report = try withDirectory { try play(seed: 3, transfers: 300, in: $0) }
        let lines = report.text(directory: "DIR").split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        let wide = lines.filter {
            $0.count > DemoReport.width && !$0.contains("demo.kontor.example")
        }
        #expect(wide.allSatisfy { $0.contains("kontor quote") })
        #expect(lines.contains { $0.contains("everything follows") })
        let json = try JSONValue(parsing: report.json.text)
        #expect(json["holds"] == .boolean(true))
        #expect(json["root"] == .string(report.root.base64URL))
        #expect(json["audit"]?["ok"] == .boolean(true))
    }

    @Test func leavesAnExistingLedgerAlone() throws {
        try withDirectory { directory in
            _ = try SQLiteLogStore(directory: directory, access: .create).close()
            let command = try DemoCommand.parse(["--data", directory, "--fixtures", Self.fixtures])
            #expect(throws: CommandError.self) { try command.run() }
        }
    }

    @Test func writesTheKeysOfItsLog() throws {
        try withDirectory { directory in
            let arguments = [
                "--data", directory, "--fixtures", Self.fixtures, "--transfers", "1", "--seed", "5",
                "--json",
            ]
            try DemoCommand.parse(arguments).run()
            let signer = try DemoLedger.logSigner(seed: 5)
            let path = directory + "/log.key"
            let mode =
                try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == signer.secretText + "\n")
            let verifier = try String(contentsOfFile: directory + "/log.vkey", encoding: .utf8)
            #expect(verifier == signer.verifier.text + "\n")
        }
    }

    @Test(arguments: 0..<40) func es256SignaturesRepeatAndVerify(number: Int) throws {
        let secret = DigestBuilder.digest(Array("key \(number)".utf8)).bytes
        let message = Array("message \(number)".utf8)
        let signer = DeterministicES256(secret: secret)
        let signature = try signer.signature(for: message)
        #expect(try signer.signature(for: message) == signature)
        let key = try PrivateKey(algorithm: .es256, seed: secret).publicKey
        #expect(key.isValidSignature(signature, for: message))
        #expect(!key.isValidSignature(signature, for: message + [0]))
    }
}
