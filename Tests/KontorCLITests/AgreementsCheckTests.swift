import ArgumentParser
import Foundation
import Testing

@testable import KontorCLI

/// Exit codes and faults of `kontor agreements check`.
@Suite struct AgreementsCheckTests {
    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "fixtures").path
    private static let rows = "\(fixtures)/terms/agreements.ndjson"

    private func check(_ words: String...) async throws {
        let command = try AgreementsCheckCommand.parse(words + ["--json"])
        try await command.run()
    }

    @Test func policyDecidesTheExitCode() async throws {
        let launch = "2021-02-01T00:00:00.000Z"
        try await check("--terms-file", Self.rows, "--at", launch)
        try await check("--terms-file", Self.rows, "--at", launch, "--policy", "countersign")
        await #expect(throws: ExitCode(1)) {
            try await check("--terms-file", Self.rows, "--at", launch, "--policy", "block")
        }
        try await check("--terms-file", Self.rows, "--policy", "block")
    }

    /// Row 222, Avios to Nectar at 8/5, proposed again today, makes 1 of 5/8.
    @Test func proposal() async throws {
        let lines = try String(contentsOfFile: Self.rows, encoding: .utf8).split(separator: "\n")
        let row = try #require(lines.first { $0.hasPrefix("{\"row\":222,") })
        let open = row.replacing("\"validTo\":\"2022-11-16T00:00:00.000Z\",", with: "")
            .replacing(
                "\"numerator\":8,\"denominator\":5",
                with: "\"numerator\":9,\"denominator\":5"
            )
        #expect(open != row)
        let path = FileManager.default.temporaryDirectory.appending(
            path: "kontor-\(UUID().uuidString).json"
        ).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(open.utf8).write(to: URL(filePath: path))
        try await check("--terms-file", Self.rows, "--propose", path)
        await #expect(throws: ExitCode(1)) {
            try await check("--terms-file", Self.rows, "--propose", path, "--policy", "block")
        }
    }

    @Test func faultsAreNamed() async throws {
        await #expect(throws: (any Error).self) { try await check() }
        await #expect(throws: (any Error).self) {
            try await check("--terms-file", Self.rows, "--policy", "maybe")
        }
        await #expect(throws: CommandError.self) { try await check("--terms-file", "/none") }
        await #expect(throws: CommandError.self) {
            try await check("--terms-file", Self.rows, "--propose", Self.rows)
        }
    }
}
