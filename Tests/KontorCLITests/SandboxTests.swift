import Foundation
import KontorEngine
import Ledger
import Signing
import Testing

@testable import KontorCLI

/// A sandbox is made once, is whole, and its example transfer is accepted.
@Suite struct SandboxTests {
    /// A directory that is gone after the body.
    private func withDirectory(_ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appending(
            path: "kontor-\(UUID().uuidString)"
        ).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    @Test func aSecondRunFindsTheFirst() throws {
        try withDirectory { directory in
            let first = try Sandbox.open(directory)
            try first.write(url: "http://localhost:1", admin: "http://localhost:2")
            let second = try Sandbox.open(directory)
            #expect(second.facts["ledger"] == first.facts["ledger"])
            #expect(second.facts["url"] == "http://localhost:1")
            try second.write(url: "http://localhost:3", admin: "http://localhost:4")
            let third = try Sandbox.open(directory)
            #expect(third.facts["url"] == "http://localhost:3")
            #expect(third.facts["members"]?.elements.count == 4)
        }
    }

    @Test func keysAreSecretAndComplete() throws {
        try withDirectory { directory in
            let facts = try Sandbox.open(directory).facts
            let bearers =
                [facts["operator"], facts["auditor"]].compactMap { $0 }
                + (facts["partners"]?.elements ?? [])
            #expect(bearers.count == 4)
            var count = 0
            for bearer in bearers {
                guard case .object(let members) = bearer else { continue }
                for member in members where member.name.hasSuffix("Key") {
                    _ = try KeyFile.read(member.value.string ?? "")
                    count += 1
                }
            }
            #expect(count == 9)
        }
    }

    @Test func theExampleTransferIsAccepted() throws {
        try withDirectory { directory in
            let facts = try Sandbox.open(directory).facts
            let ledger = try #require(facts["ledger"]?.string.flatMap { Digest($0, as: .url) })
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(directory)/transfer.json"))
            let key = try KeyFile.read("\(directory)/keys/nordwind.jwk")
            let members = try JSONValue(parsing: Array(bytes))
            let draft = Draft(
                .transfers,
                in: .ledger(ledger),
                by: "nordwind",
                id: try .now(),
                members
            )
            let engine = try DataDirectory(path: Sandbox.dataDirectory(of: directory)).openEngine()
            let answers = try engine.submitAndWait([draft.signed(by: key)])
            try engine.close()
            guard case .accepted = answers.first else {
                Issue.record("\(answers)")
                return
            }
        }
    }

    @Test func somethingElseIsLeftAlone() throws {
        try withDirectory { directory in
            try FileManager.default.createDirectory(
                atPath: directory,
                withIntermediateDirectories: true
            )
            let file = "\(directory)/notes.txt"
            try Data("mine".utf8).write(to: URL(fileURLWithPath: file))
            #expect(throws: CommandError.self) { try Sandbox.open(directory) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).count == 1)
            try Data("{}".utf8).write(to: URL(fileURLWithPath: "\(directory)/sandbox.json"))
            #expect(throws: CommandError.self) { try Sandbox.open(directory) }
        }
    }
}
