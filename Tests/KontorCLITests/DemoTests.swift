import ArgumentParser
import Formats
import Foundation
import KontorStorage
import Ledger
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
        // Rates moved between the nights, and one pair had to accept that.
        let moved = report.fixedRates.filter { $0.first != nil && $0.first != $0.last }
        #expect(moved.count == report.fixedRates.count)
        #expect(report.fixedRates.count { $0.isAccepted } == 1)
        #expect(report.fixedRates.count { $0.items > 0 } > 0)
    }

    /// What the nights wrote: payment files of the elements of spec/22 §3, cross rates that the log
    /// binds, a bundle and a statement that verify alone.
    @Test func theFilesOfTheNights() throws {
        try withDirectory { directory in
            let arguments = [
                "--data", directory, "--fixtures", Self.fixtures, "--transfers", "600", "--seed",
                "4",
                "--json",
            ]
            try DemoCommand.parse(arguments).run()
            let nights = directory + "/nights/network"
            var versions: Set<String> = []
            for name in try FileManager.default.subpathsOfDirectory(atPath: nights)
            where name.hasSuffix(".xml") {
                let check = try PaymentFileCheck(parsing: Self.bytes("\(nights)/\(name)"))
                #expect(!check.payments.isEmpty, "\(name)")
                versions.insert("\(check.version)")
            }
            #expect(versions.count == 2)
            let store = try SQLiteLogStore(directory: directory, access: .readOnly)
            let book = try LedgerReader(store: store).book()
            try store.close()
            let hash = DigestBuilder.digest(try Self.bytes(nights + "/2/fixing.txt"))
            #expect(book.fixing?.hash == hash)
            for rule in ["pinned", "mean"] {
                let table = try JSONTable(Self.bytes("\(nights)/2/cross-rates-\(rule).json"))
                #expect(table.fixing == hash.base64URL)
                // Each value stands in the text whose hash the log has.
                let text = String(decoding: try Self.bytes(nights + "/2/fixing.txt"), as: UTF8.self)
                let place = rule == "pinned" ? 2 : 3
                let bound = text.split(separator: "\n").filter { $0.hasPrefix("value ") }
                    .map { $0.split(separator: " ").map(String.init) }.filter { $0[place] != "-" }
                #expect(table.values.map(\.program) == bound.map { $0[1] })
                #expect(table.values.map(\.millionths) == bound.map { Int64($0[place]) })
                #expect(table.pairs == table.values.count * (table.values.count - 1))
            }
            let proof = try DemoProof(directory: directory, window: 2, fixtures: Self.fixtures)
            #expect(proof.holds)
            #expect(proof.statement != nil)
        }
    }

    private static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
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

/// A cross-rate table as its file says (spec/22 §8), read by a reader of its own.
private struct JSONTable: Decodable {
    struct Value: Decodable {
        let program: String
        let value: String

        /// The value in millionths.
        var millionths: Int64? {
            let parts = value.split(separator: "/").compactMap { Int64($0) }
            return parts.count == 2 ? parts[0] * 1_000_000 / parts[1] : nil
        }
    }

    private struct Pair: Decodable {}

    let fixing: String
    let values: [Value]
    let pairs: Int

    private enum CodingKeys: CodingKey { case fixing, values, pairs }

    init(_ bytes: [UInt8]) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(bytes))
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        fixing = try container.decode(String.self, forKey: .fixing)
        values = try container.decode([Value].self, forKey: .values)
        pairs = try container.decode([Pair].self, forKey: .pairs).count
    }
}
