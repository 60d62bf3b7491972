import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import KontorCLI

/// Whatever is done with our tools in whatever order, no key of the log signs two histories.
@Suite struct RestoreTests {
    private func withWorld<T>(
        seed: UInt64,
        _ body: (inout RestoreWorld) throws -> T
    ) throws -> T {
        let root = FileManager.default.temporaryDirectory.appending(
            path: "kontor-restore-\(UUID().uuidString)"
        ).path
        defer { try? FileManager.default.removeItem(atPath: root) }
        var world = try RestoreWorld(seed: seed, root: root)
        return try body(&world)
    }

    @Test(arguments: UInt64(1)...6)
    func noKeySignsTwoHistories(seed: UInt64) throws {
        let done = try withWorld(seed: seed) { world in
            for _ in 0..<70 { try world.step() }
            #expect(world.forks.isEmpty, "seed \(seed)")
            return world.done
        }
        // The ways that must be open were gone, and the others were tried.
        for name in ["append", "backup", "restore", "append refused", "hand over refused"] {
            #expect(done[name] ?? 0 > 0, "seed \(seed): \(name)")
        }
    }

    @Test func theWaysAreOpenAndTheCheckIsNotBlind() throws {
        var done: [String: Int] = [:]
        for seed in UInt64(1)...6 {
            try withWorld(seed: seed) { world in
                for _ in 0..<70 { try world.step() }
                done.merge(world.done) { $0 + $1 }
            }
        }
        for name in ["hand over", "enrol", "tip", "new key", "copy key", "copy directory"] {
            #expect(done[name] ?? 0 > 0, "\(name): \(done)")
        }
        try withWorld(seed: 1) { world in
            try world.copyWithoutMark()
            #expect(!world.forks.isEmpty, "a copy without a mark must be found out")
        }
    }

    @Test(arguments: [
        [], ["--from", "a"], ["--from", "a", "--vkey", "k", "--tip", "t"],
        ["--tip", "t", "--old-instance", "o", "--new-log-key"], ["--enrol", "e"],
        ["--mirror", "m", "--old-instance", "o"],
    ])
    func wrongUsage(arguments: [String]) {
        #expect(throws: (any Error).self) {
            try RestoreCommand.parse(["--data", "d"] + arguments)
        }
    }
}
