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

    @Test(arguments: UInt64(1)...4)
    func noKeySignsTwoHistories(seed: UInt64) throws {
        let done = try withWorld(seed: seed) { world in
            for _ in 0..<70 { try world.step() }
            #expect(world.forks.isEmpty, "seed \(seed): \(world.forks)")
            return world.done
        }
        let acts = "seed \(seed): \(done.sorted { $0.key < $1.key })"
        for name in ["append", "backup", "restore", "append refused", "hand over refused"] {
            #expect(done[name] ?? 0 > 0, "\(name), \(acts)")
        }
        #expect((done["hand over"] ?? 0) + (done["enrol"] ?? 0) > 0, "\(acts)")
    }

    /// Seed 7 has every act, so that none of the ways is closed altogether.
    @Test func everyWayIsOpen() throws {
        let done = try withWorld(seed: 7) { world in
            for _ in 0..<140 { try world.step() }
            #expect(world.forks.isEmpty, "\(world.forks)")
            return world.done
        }
        let acts = ["hand over", "enrol", "tip", "new key", "copy key", "copy directory"]
        for name in acts { #expect(done[name] ?? 0 > 0, "\(name): \(done)") }
    }

    @Test func aCopyWithoutAMarkWouldBeFoundOut() throws {
        try withWorld(seed: 1) { world in
            try world.copyWithoutMark()
            #expect(!world.forks.isEmpty)
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
