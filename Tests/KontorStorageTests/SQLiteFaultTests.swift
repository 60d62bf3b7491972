import Foundation
import GRDB
import TestSupport
import Testing

@testable import KontorStorage

/// What can happen to files, and what the store says about it.
@Suite struct SQLiteFaultTests {
    private typealias Samples = LogStoreSamples

    private func check(
        _ code: StorageError.Code,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () throws -> Void
    ) {
        let error = #expect(throws: StorageError.self, sourceLocation: sourceLocation) {
            try body()
        }
        #expect(error?.code == code, "\(String(describing: error))", sourceLocation: sourceLocation)
        #expect(error?.message.contains("; ") == true, sourceLocation: sourceLocation)
    }

    private func open(
        _ directory: TemporaryDirectory,
        _ access: SQLiteLogStore.Access
    ) throws -> SQLiteLogStore {
        try SQLiteLogStore(directory: directory.path, access: access)
    }

    private func fill(_ directory: TemporaryDirectory, _ count: Int = 300) throws {
        let store = try open(directory, .create)
        try store.append(Samples.commit(0, count))
        try store.close()
    }

    private func edit(_ directory: TemporaryDirectory, _ sql: String) throws {
        let queue = try DatabaseQueue(path: directory.file("ledger.db"))
        try queue.writeWithoutTransaction { database in try database.execute(sql: sql) }
        try queue.close()
    }

    @Test func missing() throws {
        try TemporaryDirectory.with { directory in
            check(.notFound) { _ = try open(directory, .readWrite) }
            check(.notFound) { _ = try open(directory, .readOnly) }
            #expect(!directory.has(""), "looking for a ledger makes no directory")
        }
    }

    @Test func createdTwice() throws {
        try TemporaryDirectory.with { directory in
            try fill(directory)
            check(.alreadyExists) { _ = try open(directory, .create) }
            let store = try open(directory, .readWrite)
            #expect(try store.head()?.size == 300)
            try store.close()
        }
    }

    @Test func creationCutShort() throws {
        try TemporaryDirectory.with { directory in
            try FileManager.default.createDirectory(
                atPath: directory.path,
                withIntermediateDirectories: true
            )
            #expect(
                FileManager.default.createFile(atPath: directory.file("ledger.db"), contents: nil)
            )
            check(.notFound) { _ = try open(directory, .readWrite) }
            let store = try open(directory, .create)
            try store.append(Samples.commit(0, 1))
            try store.close()
        }
    }

    @Test func durabilitySettings() throws {
        try TemporaryDirectory.with { directory in
            let store = try open(directory, .create)
            let settings = try store.pool.writeWithoutTransaction { database in
                try ["journal_mode", "synchronous", "page_size", "application_id", "user_version"]
                    .map { try String.fetchOne(database, sql: "PRAGMA \($0)") ?? "" }
            }
            let pageSize = String(SQLiteTuning().pageSize)
            #expect(settings == ["wal", "2", pageSize, String(Schema.applicationID), "1"])
            try store.close()
        }
    }

    @Test func oneWriterManyReaders() throws {
        try TemporaryDirectory.with { directory in
            let writer = try open(directory, .create)
            check(.lockedByWriter) { _ = try open(directory, .readWrite) }
            check(.lockedByWriter) { _ = try open(directory, .create) }
            let reader = try open(directory, .readOnly)
            try writer.append(Samples.commit(0, 10))
            #expect(try reader.head()?.size == 10)
            try writer.append(Samples.commit(10, 10))
            #expect(try reader.entry(at: 19) == Samples.entry(19))
            try writer.close()
            #expect(try reader.head()?.size == 20)
            let next = try open(directory, .readWrite)
            try next.append(Samples.commit(20, 1))
            #expect(try reader.head()?.size == 21)
            try next.close()
            try reader.close()
        }
    }

    @Test func readOnlyRefusesWrites() throws {
        try TemporaryDirectory.with { directory in
            try fill(directory)
            let store = try open(directory, .readOnly)
            check(.readOnly) { try store.append(Samples.commit(300, 1)) }
            check(.readOnly) { try store.setSetting("epoch", [1]) }
            check(.readOnly) { try store.dropProjection() }
            try store.checkIntegrity()
            try store.close()
        }
    }

    @Test func databaseThatRefusesWrites() throws {
        try TemporaryDirectory.with { directory in
            let store = try open(directory, .create)
            try store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 1") }
            check(.readOnly) { try store.append(Samples.commit(0, 1)) }
            try store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 0") }
            try store.append(Samples.commit(0, 1))
            try store.close()
        }
    }

    @Test func newerVersion() throws {
        try TemporaryDirectory.with { directory in
            try fill(directory)
            try edit(directory, "PRAGMA user_version = 99")
            check(.newerVersion) { _ = try open(directory, .readWrite) }
            check(.newerVersion) { _ = try open(directory, .readOnly) }
        }
    }

    @Test func anotherProgramsDatabase() throws {
        try TemporaryDirectory.with { directory in
            try fill(directory)
            try edit(directory, "PRAGMA application_id = 7")
            check(.corrupt) { _ = try open(directory, .readWrite) }
        }
    }

    @Test func notADatabase() throws {
        try TemporaryDirectory.with { directory in
            try fill(directory)
            try Data(Samples.bytes(9_000, seed: 1))
                .write(to: URL(fileURLWithPath: directory.file("ledger.db")))
            check(.corrupt) { _ = try open(directory, .readWrite) }
            check(.corrupt) { _ = try open(directory, .create) }
        }
    }

    @Test func truncatedFile() throws {
        try TemporaryDirectory.with { directory in
            try fill(directory, 2_000)
            let handle = try FileHandle(
                forUpdating: URL(fileURLWithPath: directory.file("ledger.db"))
            )
            try handle.truncate(atOffset: 200_000)
            try handle.close()
            check(.corrupt) {
                let store = try open(directory, .readWrite)
                _ = try Samples.collect(store, 0..<2_000)
            }
        }
    }

    @Test func missingEntry() throws {
        try TemporaryDirectory.with { directory in
            try fill(directory)
            try edit(directory, "DELETE FROM entry WHERE position = 150")
            let store = try open(directory, .readWrite)
            check(.corrupt) { _ = try Samples.collect(store, 0..<300) }
            try store.close()
        }
    }

    @Test func damagedPage() throws {
        try TemporaryDirectory.with { directory in
            try fill(directory, 2_000)
            let file = directory.file("ledger.db")
            var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
            let middle = bytes.count / 2 / 8_192 * 8_192
            bytes.replaceSubrange(middle..<middle + 64, with: Samples.bytes(64, seed: 3))
            try bytes.write(to: URL(fileURLWithPath: file))
            let store = try open(directory, .readWrite)
            check(.corrupt) { try store.checkIntegrity() }
            try store.close()
        }
    }

    @Test func fullDisk() throws {
        try TemporaryDirectory.with { directory in
            var tuning = SQLiteTuning()
            tuning.pageLimit = 60
            let store = try SQLiteLogStore(
                directory: directory.path,
                access: .create,
                tuning: tuning
            )
            try store.append(Samples.commit(0, 10))
            let before = store.counters
            check(.diskFull) { try store.append(Samples.commit(10, 2_000)) }
            #expect(try store.head() == Samples.head(10))
            #expect(try store.entry(at: 10) == nil)
            #expect(try store.index(of: Samples.submitter(10), id: Samples.id(10)) == nil)
            #expect(store.counters.commits == before.commits)
            try store.append(Samples.commit(10, 5))
            check(.diskFull) { try store.append(Samples.commit(15, 2_000)) }
            try store.pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA max_page_count = 100000")
            }
            try store.append(Samples.commit(15, 2_000))
            #expect(try Samples.collect(store, 0..<9_999).count == 2_015)
            try store.checkIntegrity()
            try store.close()
        }
    }

    @Test func newSubmitterOfAFailedCommitIsNotRemembered() throws {
        try TemporaryDirectory.with { directory in
            let store = try open(directory, .create)
            var commit = Samples.commit(0, 2)
            commit.entries[1].submitter = commit.entries[0].submitter
            commit.entries[1].id = commit.entries[0].id
            check(.conflict) { try store.append(commit) }
            try store.append(Samples.commit(0, 3))
            #expect(try store.entry(at: 2) == Samples.entry(2))
            try store.close()
        }
    }

    @Test func abandonedWithoutClosing() throws {
        try TemporaryDirectory.with { directory in
            let copy = TemporaryDirectory(path: directory.path + "-copy")
            defer { try? FileManager.default.removeItem(atPath: copy.path) }
            let store = try open(directory, .create)
            try store.append(Samples.commit(0, 300))
            // The files as a loss of power would leave them: the log not yet moved into the
            // database.
            try FileManager.default.copyItem(atPath: directory.path, toPath: copy.path)
            try store.close()
            let recovered = try open(copy, .readWrite)
            #expect(try recovered.head() == Samples.head(300))
            try recovered.checkIntegrity()
            try recovered.append(Samples.commit(300, 1))
            try recovered.close()
        }
    }

    @Test func unknownOutcomeStopsTheWriter() throws {
        try TemporaryDirectory.with { directory in
            let store = try open(directory, .create)
            try store.append(Samples.commit(0, 1))
            check(.inputOutput) {
                try store.transact("test") { _, _ in
                    throw DatabaseError(resultCode: .SQLITE_IOERR_FSYNC)
                }
            }
            check(.inputOutput) { try store.append(Samples.commit(1, 1)) }
            #expect(try store.head()?.size == 1)
            try store.close()
            let again = try open(directory, .readWrite)
            try again.append(Samples.commit(1, 1))
            try again.close()
        }
    }
}
