import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import KontorStorage

/// Copies of a log in use, and marks that files alone cannot undo.
@Suite struct CopyTests {
    private typealias Samples = LogStoreSamples

    private func with(
        _ body: (_ source: TemporaryDirectory, _ target: TemporaryDirectory) throws -> Void
    ) throws {
        try TemporaryDirectory.with { source in
            try TemporaryDirectory.with { target in try body(source, target) }
        }
    }

    private func check(
        _ code: StorageError.Code,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () throws -> Void
    ) {
        let error = #expect(throws: StorageError.self, sourceLocation: sourceLocation) {
            try body()
        }
        #expect(error?.code == code, "\(String(describing: error))", sourceLocation: sourceLocation)
    }

    private func edit(_ directory: TemporaryDirectory, _ sql: String) throws {
        let queue = try DatabaseQueue(path: directory.file("ledger.db"))
        try queue.writeWithoutTransaction { database in try database.execute(sql: sql) }
        try queue.close()
    }

    @Test func isOfOneMomentWhileTheWriterGoesOn() throws {
        try with { source, target in
            let writer = try SQLiteLogStore(directory: source.path, access: .create)
            try writer.append(Samples.commit(0, 2_000, payloadBytes: 9_000))
            try writer.append(Samples.commit(2_000, 3, payloadBytes: 9_000))
            let reader = try SQLiteLogStore(directory: source.path, access: .readOnly)
            let steps = Mutex<[UInt64]>([])
            let copy = try reader.copy(to: target.path) { done, _ in
                // A commit between two steps: it is not in the copy, and does not begin it again.
                let size = (try? writer.head()?.size) ?? 0
                try? writer.append(Samples.commit(size, 1))
                steps.withLock { $0.append(done) }
            }
            #expect(steps.withLock { $0.count } > 1)
            #expect(steps.withLock { $0 == $0.sorted() })
            #expect(copy.head == Samples.head(2_003))
            #expect(try writer.head()?.size ?? 0 > 2_003)
            let made = try SQLiteLogStore(directory: target.path, access: .readOnly)
            #expect(try made.head() == copy.head)
            #expect(try made.standing() == copy.standing)
            #expect(copy.standing.state == .copy)
            #expect(try copy.standing.instance != writer.standing().instance)
            #expect(try made.entry(at: 2_002) == Samples.entry(2_002, payloadBytes: 9_000))
            #expect(try Samples.pages(made).isEmpty)
            try made.close()
            for suffix in ["-wal", "-shm", "-journal", ".partial"] {
                #expect(!target.has("ledger.db" + suffix))
            }
            let size = try FileManager.default.attributesOfItem(atPath: target.file("ledger.db"))
            #expect(size[.size] as? UInt64 == copy.byteCount)
            try reader.close()
            try writer.close()
        }
    }

    @Test func aFailedOneLeavesNothingThatLooksComplete() throws {
        struct Stop: Error {}
        try with { source, target in
            let store = try SQLiteLogStore(directory: source.path, access: .create)
            check(.notFound) { _ = try store.copy(to: target.path) }
            #expect(!target.has("ledger.db") && !target.has("ledger.db.partial"))
            try store.append(Samples.commit(0, 30))
            #expect(throws: Stop.self) {
                try store.copy(
                    to: target.path,
                    check: { head in
                        #expect(head == Samples.head(30))
                        #expect(target.has("ledger.db.partial"))
                        throw Stop()
                    }
                )
            }
            #expect(!target.has("ledger.db") && !target.has("ledger.db.partial"))
            // What a killed copy left is not in the way.
            try Data("left".utf8).write(to: URL(fileURLWithPath: target.file("ledger.db.partial")))
            _ = try store.copy(to: target.path)
            check(.alreadyExists) { _ = try store.copy(to: target.path) }
            try store.close()
            check(.alreadyExists) { _ = try reopened(source).copy(to: source.path) }
        }
    }

    private func reopened(_ directory: TemporaryDirectory) throws -> SQLiteLogStore {
        try SQLiteLogStore(directory: directory.path, access: .readOnly)
    }

    @Test func twoCopiesIntoOneDirectoryDoNotMeet() throws {
        try with { source, target in
            let store = try SQLiteLogStore(directory: source.path, access: .create)
            try store.append(Samples.commit(0, 3))
            _ = try store.copy(
                to: target.path,
                check: { _ in check(.lockedByWriter) { _ = try store.copy(to: target.path) } }
            )
            try store.close()
        }
    }

    @Test func besideAWriterOnlyTheStandingIsWritten() throws {
        try TemporaryDirectory.with { directory in
            let writer = try SQLiteLogStore(directory: directory.path, access: .create)
            try writer.append(Samples.commit(0, 3))
            let beside = try SQLiteLogStore(directory: directory.path, access: .beside)
            check(.readOnly) { try beside.append(Samples.commit(3, 1)) }
            check(.readOnly) { try beside.setSetting("a", [1]) }
            check(.readOnly) { try beside.dropProjection() }
            let standing = try beside.standing()
            let fenced = Standing(
                instance: standing.instance,
                epoch: 1,
                state: .fenced(successor: 5)
            )
            try beside.replaceStanding(standing, with: fenced)
            #expect(try beside.head() == Samples.head(3))
            try beside.close()
            #expect(directory.has("fenced"))
            check(.fenced) { try writer.append(Samples.commit(3, 1)) }
            #expect(try writer.head() == Samples.head(3))
            try writer.close()
        }
    }

    @Test func anOlderDatabaseInAFencedDirectoryStaysFenced() throws {
        try with { source, target in
            let store = try SQLiteLogStore(directory: source.path, access: .create)
            try store.append(Samples.commit(0, 3))
            try store.close()
            try FileManager.default.copyItem(
                atPath: source.file("ledger.db"),
                toPath: target.path
            )
            let writer = try SQLiteLogStore(directory: source.path, access: .readWrite)
            let standing = try writer.standing()
            try writer.replaceStanding(
                standing,
                with: Standing(
                    instance: standing.instance,
                    epoch: 1,
                    state: .fenced(successor: 5)
                )
            )
            try writer.close()
            try FileManager.default.removeItem(atPath: source.file("ledger.db"))
            try FileManager.default.copyItem(
                atPath: target.path,
                toPath: source.file("ledger.db")
            )
            let exchanged = try SQLiteLogStore(directory: source.path, access: .readWrite)
            check(.fenced) { _ = try exchanged.standing() }
            try exchanged.close()
        }
    }

    @Test func aCopiedDirectoryIsAnotherPlace() throws {
        try with { source, target in
            let store = try SQLiteLogStore(directory: source.path, access: .create)
            let place = try store.place()
            try store.close()
            let again = try SQLiteLogStore(directory: source.path, access: .readWrite)
            #expect(try again.place() == place)
            try again.close()
            try FileManager.default.copyItem(atPath: source.path, toPath: target.path)
            let copied = try SQLiteLogStore(directory: target.path, access: .readWrite)
            #expect(try copied.place() != place)
            try copied.close()
        }
    }

    @Test(arguments: [
        "''", "'kontor-standing/v2'", "x'00'",
        "'kontor-standing/v1\ninstance AAAAAAAAAAAAAAAAAAAAAA\nepoch 0\nstate writes'",
        "'kontor-standing/v1\ninstance AAAAAAAAAAAAAAAAAAAAAA\nepoch 00\nstate writes\n'",
        "'kontor-standing/v1\ninstance AAAAAAAAAAAAAAAAAAAAAA\nepoch +1\nstate writes\n'",
        "'kontor-standing/v1\ninstance AAAAAAAAAAAAAAAAAAAAAB\nepoch 0\nstate writes\n'",
        "'kontor-standing/v1\ninstance AAAAAAAAAAAAAAAAAAAAAA\nepoch 0\nstate write\n'",
        "'kontor-standing/v1\ninstance AAAAAAAAAAAAAAAAAAAAAA\nepoch 0\nstate fenced\n'",
    ])
    func aMarkThatCannotBeReadIsNoRight(mark: String) throws {
        try TemporaryDirectory.with { directory in
            var store = try SQLiteLogStore(directory: directory.path, access: .create)
            try store.append(Samples.commit(0, 3))
            try store.close()
            try edit(
                directory,
                "UPDATE setting SET value = CAST(\(mark) AS BLOB) WHERE name = 'standing'"
            )
            store = try SQLiteLogStore(directory: directory.path, access: .readWrite)
            check(.corrupt) { _ = try store.standing() }
            check(.corrupt) { try store.append(Samples.commit(3, 1)) }
            #expect(try store.head() == Samples.head(3))
            try store.close()
        }
    }

    @Test func aStoreOfBeforeTheMarkWrites() throws {
        try TemporaryDirectory.with { directory in
            var store = try SQLiteLogStore(directory: directory.path, access: .create)
            #expect(try store.standing().instance != 0)
            try store.close()
            try edit(directory, "DELETE FROM setting")
            store = try SQLiteLogStore(directory: directory.path, access: .readWrite)
            #expect(try store.standing() == .unmarked)
            try store.append(Samples.commit(0, 1))
            try store.close()
        }
    }
}
