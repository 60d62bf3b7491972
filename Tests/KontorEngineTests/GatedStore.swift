import Foundation
import KontorStorage
import Synchronization

/// A log in memory whose commits wait at a gate, so that a test sees what happens before one is
/// durable.
final class GatedStore: LogStore {
    private struct State {
        var isOpen = true
        var failure: StorageError?
        var arrivals = 0
    }

    private let inner = MemoryLogStore()
    private let gate = NSCondition()
    private let state = Mutex(State())

    /// How many commits came to the gate.
    var arrivals: Int { state.withLock { $0.arrivals } }

    func shut() { state.withLock { $0.isOpen = false } }

    /// Opens the gate; with a failure, what passes it fails and has no effect.
    func open(failure: StorageError? = nil) {
        gate.lock()
        state.withLock { state in
            state.isOpen = true
            state.failure = failure
        }
        gate.broadcast()
        gate.unlock()
    }

    func append(_ commit: LogCommit) throws {
        gate.lock()
        state.withLock { $0.arrivals += 1 }
        while !state.withLock({ $0.isOpen }) { gate.wait() }
        gate.unlock()
        if let failure = state.withLock({ $0.failure }) { throw failure }
        try inner.append(commit)
    }

    func standing() throws -> Standing { try inner.standing() }
    func replaceStanding(_ expected: Standing, with next: Standing) throws {
        try inner.replaceStanding(expected, with: next)
    }
    func head() throws -> LogHead? { try inner.head() }
    func entry(at index: UInt64) throws -> StoredEntry? { try inner.entry(at: index) }
    func forEachEntry(in range: Range<UInt64>, _ body: (StoredEntry) throws -> Bool) throws {
        try inner.forEachEntry(in: range, body)
    }
    func index(of submitter: String, id: UInt128) throws -> UInt64? {
        try inner.index(of: submitter, id: id)
    }
    func tile(level: Int, index: UInt64) throws -> [UInt8]? {
        try inner.tile(level: level, index: index)
    }
    func saveProjection(
        watermark: UInt64,
        version: Int,
        pages: [ProjectionPage],
        dropping: [(table: UInt8, fromNumber: UInt32)]
    ) throws {
        try inner.saveProjection(
            watermark: watermark,
            version: version,
            pages: pages,
            dropping: dropping
        )
    }
    func projection() throws -> (watermark: UInt64, version: Int)? { try inner.projection() }
    func forEachProjectionPage(_ body: (ProjectionPage) throws -> Void) throws {
        try inner.forEachProjectionPage(body)
    }
    func dropProjection() throws { try inner.dropProjection() }
    func setting(_ name: String) throws -> [UInt8]? { try inner.setting(name) }
    func settings(withPrefix prefix: String) throws -> [StoredSetting] {
        try inner.settings(withPrefix: prefix)
    }
    func setSettings(_ changes: [(name: String, value: [UInt8]?)]) throws {
        try inner.setSettings(changes)
    }
    var counters: StoreCounters { inner.counters }
    func close() throws { try inner.close() }
}
