public import KontorStorage
private import Synchronization

/// A store that fails or crashes once, at a call chosen in advance, on the way to another store.
///
/// A simulation first counts the calls of a run without faults, then repeats the run with a fault
/// at each call, opens the store behind it again and compares.
public final class FaultyStore: LogStore {
    /// What happens at the chosen call.
    public enum Fault: Sendable, Hashable, CaseIterable {
        /// The call throws `diskFull` and has no effect; later calls work.
        case fails
        /// The call takes effect and throws `inputOutput`; later writes throw it too.
        case failsAfterEffect
        /// The process ends before the call: it and all later calls throw `Crash`.
        case crashes
        /// The process ends after the call took effect: it and all later calls throw `Crash`.
        case crashesAfterEffect
    }

    /// Thrown where a process would have ended.
    public struct Crash: Error, Equatable {
        /// The number of the call, counted from 1.
        public let call: Int

        /// A crash at a call.
        public init(call: Int) {
            self.call = call
        }
    }

    private struct State {
        var calls = 0
        var isCrashed = false
        var isStopped = false
    }

    private let inner: any LogStore
    private let fault: Fault
    private let faultyCall: Int
    private let state = Mutex(State())

    /// A store with one fault at a call, counted from 1; with 0 it has none and only counts.
    public init(_ inner: any LogStore, _ fault: Fault = .crashes, atCall faultyCall: Int = 0) {
        self.inner = inner
        self.fault = fault
        self.faultyCall = faultyCall
    }

    /// The number of calls so far, also of those that threw.
    public var calls: Int { state.withLock { $0.calls } }
    /// Whether the crash has happened.
    public var isCrashed: Bool { state.withLock { $0.isCrashed } }

    private func call<Value>(isWrite: Bool = false, _ body: () throws -> Value) throws -> Value {
        let isFaulty = try state.withLock { state in
            state.calls += 1
            if state.isCrashed { throw Crash(call: state.calls) }
            if state.isStopped && isWrite {
                throw StorageError(.inputOutput, "faulty store: stopped; open the store again")
            }
            return state.calls == faultyCall
        }
        guard isFaulty else { return try body() }
        switch fault {
        case .fails:
            throw StorageError(.diskFull, "faulty store: no space at call \(faultyCall); try again")
        case .failsAfterEffect:
            _ = try body()
            state.withLock { $0.isStopped = true }
            throw StorageError(
                .inputOutput,
                "faulty store: unknown outcome of call \(faultyCall); open the store again"
            )
        case .crashes:
            state.withLock { $0.isCrashed = true }
        case .crashesAfterEffect:
            state.withLock { $0.isCrashed = true }
            _ = try body()
        }
        throw Crash(call: faultyCall)
    }

    /// The head of the store behind.
    public func head() throws -> LogHead? { try call { try inner.head() } }

    /// Appends to the store behind.
    public func append(_ commit: LogCommit) throws {
        try call(isWrite: true) { try inner.append(commit) }
    }

    /// An entry of the store behind.
    public func entry(at index: UInt64) throws -> StoredEntry? {
        try call { try inner.entry(at: index) }
    }

    /// The entries of the store behind; one call, however many entries.
    public func forEachEntry(
        in range: Range<UInt64>,
        _ body: (StoredEntry) throws -> Bool
    ) throws {
        try call { try inner.forEachEntry(in: range, body) }
    }

    /// An index of the store behind.
    public func index(of submitter: String, id: UInt128) throws -> UInt64? {
        try call { try inner.index(of: submitter, id: id) }
    }

    /// A tile of the store behind.
    public func tile(level: Int, index: UInt64) throws -> [UInt8]? {
        try call { try inner.tile(level: level, index: index) }
    }

    /// Saves a projection in the store behind.
    public func saveProjection(
        watermark: UInt64,
        version: Int,
        pages: [ProjectionPage],
        dropping: [(table: UInt8, fromNumber: UInt32)]
    ) throws {
        try call(isWrite: true) {
            try inner.saveProjection(
                watermark: watermark,
                version: version,
                pages: pages,
                dropping: dropping
            )
        }
    }

    /// The projection of the store behind.
    public func projection() throws -> (watermark: UInt64, version: Int)? {
        try call { try inner.projection() }
    }

    /// The pages of the store behind; one call, however many pages.
    public func forEachProjectionPage(_ body: (ProjectionPage) throws -> Void) throws {
        try call { try inner.forEachProjectionPage(body) }
    }

    /// Drops the projection of the store behind.
    public func dropProjection() throws { try call(isWrite: true) { try inner.dropProjection() } }

    /// A setting of the store behind.
    public func setting(_ name: String) throws -> [UInt8]? { try call { try inner.setting(name) } }

    /// Settings of the store behind; one call, however many.
    public func settings(withPrefix prefix: String) throws -> [StoredSetting] {
        try call { try inner.settings(withPrefix: prefix) }
    }

    /// Changes settings of the store behind; one call, however many.
    public func setSettings(_ changes: [(name: String, value: [UInt8]?)]) throws {
        try call(isWrite: true) { try inner.setSettings(changes) }
    }

    /// The standing of the store behind.
    public func standing() throws -> Standing { try call { try inner.standing() } }

    /// Replaces the standing of the store behind.
    public func replaceStanding(_ expected: Standing, with next: Standing) throws {
        try call(isWrite: true) { try inner.replaceStanding(expected, with: next) }
    }

    /// The counters of the store behind; not counted as a call.
    public var counters: StoreCounters { inner.counters }

    /// Closes the store behind, also after a crash; not counted as a call.
    public func close() throws { try inner.close() }
}
