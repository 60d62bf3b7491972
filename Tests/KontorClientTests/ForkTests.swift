import Foundation
import KontorAPI
import KontorClient
import Signing
import TestSupport
import Testing
import VerifiableLog

/// Checkpoints that fork, shrink, or are not proven; and the memory of them.
@Suite struct ForkTests {
    private static let log = Result { try TrueLog.make() }

    @Test func aForkOfOneSizeIsProvenAndStays() async throws {
        let log = try Self.log.get()
        var leaves = log.leaves
        leaves[2] = .zero
        let forked = log.checkpoint(10, of: leaves)
        let memory = CheckpointMemory()
        let count = Counter()
        try await FakeServer.run({ request in
            guard request.path == "/checkpoint" else { return try log.answer(request, size: 10) }
            let note = count.next() == 1 ? forked : log.checkpoint(10)
            return .bytes(note.bytes, type: MediaType.text)
        }) { url in
            let client = try log.client(url, memory: memory, login: false)
            #expect(try await client.checkpoint().size == 10)
            let error = await expect(.fork) { _ = try await client.checkpoint() }
            let due = ForkEvidence(seen: log.checkpoint(10), shown: forked, isProven: true)
            #expect(error?.fork == due)
            // An honest answer does not make it undone.
            await expect(.fork) { _ = try await client.checkpoint() }
            await expect(.fork) { _ = try await client.submit(log.frames[3].jws) }
            await expect(.fork) { _ = try log.client(url, memory: memory) }
        }
        #expect(memory.newest == log.checkpoint(10))
        #expect(memory.fork?.shown == forked)
    }

    struct Row: Sendable {
        let name: String
        let size: Int
        let changesLeaf: Bool
        let hashes: @Sendable (TrueLog, Int) -> [Digest]
    }

    static let rows: [Row] = [
        Row(name: "a larger fork with the proof of the honest log", size: 14, changesLeaf: true) {
            NaiveTree.consistency(10, $0.leaves[..<$1])
        },
        Row(name: "a smaller fork", size: 7, changesLeaf: true) {
            NaiveTree.consistency($1, $0.leaves[..<10])
        },
        Row(name: "a wrong proof of the honest log", size: 14, changesLeaf: false) { log, _ in
            Array(repeating: Digest.zero, count: 4)
        },
        Row(name: "an empty proof", size: 14, changesLeaf: false) { _, _ in [] },
        Row(name: "one hash too many", size: 14, changesLeaf: false) {
            NaiveTree.consistency(10, $0.leaves[..<$1]) + [.zero]
        },
    ]

    @Test(arguments: rows.indices)
    func unproven(index: Int) async throws {
        let log = try Self.log.get()
        let row = Self.rows[index]
        var leaves = log.leaves
        if row.changesLeaf { leaves[2] = .zero }
        let shown = log.checkpoint(row.size, of: leaves)
        let memory = CheckpointMemory()
        let count = Counter()
        try await FakeServer.run({ request in
            switch request.path {
            case "/checkpoint":
                let note = count.next() == 0 ? log.checkpoint(10) : shown
                return .bytes(note.bytes, type: MediaType.text)
            case "/v1/proofs/consistency":
                let hashes = row.hashes(log, row.size).map { JSONValue.string($0.base64) }
                let value: JSONValue = ["hashes": .array(hashes)]
                return .bytes(value.text, type: MediaType.json)
            default: return .notFound
            }
        }) { url in
            let client = try log.client(url, memory: memory, login: false)
            _ = try await client.checkpoint()
            let error = await expect(.fork, row.name) { _ = try await client.checkpoint() }
            #expect(error?.fork?.isProven == false)
            #expect(error?.fork?.seen == log.checkpoint(10))
            #expect(error?.fork?.shown == shown)
        }
        #expect(memory.newest == log.checkpoint(10), "the memory never moves to what is not proven")
        #expect(memory.fork == nil)
    }

    @Test func anOlderCheckpointIsFineAndForgetsNothing() async throws {
        let log = try Self.log.get()
        let memory = CheckpointMemory()
        let count = Counter()
        try await FakeServer.run({ request in
            try log.answer(request, size: request.path == "/checkpoint" ? 12 - count.next() : 12)
        }) { url in
            let client = try log.client(url, memory: memory, login: false)
            #expect(try await client.checkpoint().size == 12)
            #expect(try await client.checkpoint().size == 11)
        }
        #expect(memory.newest == log.checkpoint(12))
    }

    @Test func manyAtOnceEndWithTheNewest() async throws {
        let log = try Self.log.get()
        let memory = CheckpointMemory()
        try await FakeServer.run({ try log.answer($0) }) { url in
            let client = try log.client(url, memory: memory, login: false)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in (1..<log.size).shuffled() {
                    group.addTask { _ = try await client.submit(log.frames[index].jws) }
                }
                try await group.waitForAll()
            }
        }
        #expect(memory.newest == log.checkpoint(log.size))
    }

    @Test func theFileOutlivesTheClient() async throws {
        let log = try Self.log.get()
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("kontor-client-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: true
        )
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let path = "\(directory)/newest"
        let (one, two) = (try CheckpointMemory(file: path), try CheckpointMemory(file: path))
        try await FakeServer.run({ try log.answer($0) }) { url in
            // Two memories of one file, as two processes have them.
            let clients = [try log.client(url, memory: one), try log.client(url, memory: two)]
            for index in [4, 9, 2, 11, 6, 14] {
                _ = try await clients[index % 2].submit(log.frames[index].jws)
            }
        }
        let stored = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(try SignedNote(parsing: stored) == log.checkpoint(15))
        let later = try CheckpointMemory(file: path)
        #expect(later.newest == log.checkpoint(15))
        var leaves = log.leaves
        leaves[1] = .zero
        let forked = log.checkpoint(15, of: leaves)
        try await FakeServer.run({ _ in .bytes(forked.bytes, type: MediaType.text) }) { url in
            let client = try log.client(url, memory: later)
            await expect(.fork) { _ = try await client.checkpoint() }
        }
        let evidence = try CheckpointMemory(file: path)
        #expect(evidence.fork?.shown == forked)
        #expect(evidence.newest == log.checkpoint(15))
        let names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
        #expect(names == ["newest", "newest.fork-seen", "newest.fork-shown", "newest.lock"])
    }

    @Test func aMemoryOfAnotherLogOrOfNonsenseIsRefused() async throws {
        let log = try Self.log.get()
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("kontor-client-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let other = try TrueLog.make(seed: 8, transfers: 1)
        try Data(other.checkpoint(3).bytes).write(to: URL(fileURLWithPath: path))
        let memory = try CheckpointMemory(file: path)
        await expect(.unverified) { _ = try log.client("http://localhost", memory: memory) }
        try Data("nonsense".utf8).write(to: URL(fileURLWithPath: path))
        await expect(.memory) { _ = try CheckpointMemory(file: path) }
        let nowhere = try CheckpointMemory(file: "\(path)-none/newest")
        try await FakeServer.run({ try log.answer($0, size: 5) }) { url in
            let client = try log.client(url, memory: nowhere)
            await expect(.memory) { _ = try await client.checkpoint() }
        }
    }
}
