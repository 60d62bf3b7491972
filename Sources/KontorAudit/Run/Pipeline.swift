internal import Foundation
internal import Synchronization

/// Reads entries on one thread, prepares them on several, and hands them over in order on the
/// caller's.
///
/// At most `AuditLimits.chunksAhead` chunks are held, however long the log is. When the caller
/// stops, all threads end before `forEach` returns.
final class Pipeline: Sendable {
    /// A run of entries, and what a worker made of them.
    private final class Chunk: Sendable {
        let entries: [SourceEntry]
        let prepared = Mutex<[PreparedEntry]>([])
        let isPrepared = DispatchSemaphore(value: 0)

        init(_ entries: [SourceEntry]) {
            self.entries = entries
        }
    }

    /// What the reader hands over, in order.
    private enum Step: Sendable {
        case chunk(Chunk)
        case end((any Error)?)
    }

    private struct State {
        var steps: [Step] = []
        var work: [Chunk] = []
        var isStopped = false
    }

    private let source: any EntrySource
    private let size: UInt64
    private let preparer: EntryPreparer
    private let workerCount: Int
    private let state = Mutex(State())
    private let room = DispatchSemaphore(value: 0)
    private let workReady = DispatchSemaphore(value: 0)
    private let stepReady = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    /// A pipeline over the entries `0 ..< size` of a source.
    init(source: any EntrySource, size: UInt64, preparer: EntryPreparer, workerCount: Int) {
        self.source = source
        self.size = size
        self.preparer = preparer
        self.workerCount = workerCount
        for _ in 0..<AuditLimits.chunksAhead { room.signal() }
    }

    /// Hands over every chunk in order, and then throws what the source threw, if it did.
    func forEach(_ body: ([PreparedEntry]) throws -> Void) throws {
        start { self.read() }
        for _ in 0..<workerCount { start { self.work() } }
        defer { stop() }
        while true {
            stepReady.wait()
            switch state.withLock({ $0.steps.removeFirst() }) {
            case .chunk(let chunk):
                chunk.isPrepared.wait()
                try body(chunk.prepared.withLock { $0 })
                room.signal()
            case .end(let error):
                if let error { throw error }
                return
            }
        }
    }

    private func start(_ body: @escaping @Sendable () -> Void) {
        let thread = Thread {
            body()
            self.ended.signal()
        }
        thread.stackSize = 1 << 22
        thread.start()
    }

    private func stop() {
        state.withLock { $0.isStopped = true }
        room.signal()
        for _ in 0..<workerCount { workReady.signal() }
        for _ in 0...workerCount { ended.wait() }
    }

    private func read() {
        var entries: [SourceEntry] = []
        var byteCount = 0
        var failure: (any Error)?
        do {
            try source.forEachEntry(size: size) { entry in
                entries.append(entry)
                byteCount += entry.byteCount
                guard
                    entries.count >= AuditLimits.chunkEntryCount
                        || byteCount >= AuditLimits.chunkByteCount
                else { return true }
                defer {
                    entries.removeAll(keepingCapacity: true)
                    byteCount = 0
                }
                return push(Chunk(entries))
            }
        } catch {
            failure = error
        }
        if !entries.isEmpty { _ = push(Chunk(entries)) }
        let end = Step.end(failure)
        state.withLock { $0.steps.append(end) }
        stepReady.signal()
    }

    private func push(_ chunk: Chunk) -> Bool {
        room.wait()
        let isWanted = state.withLock { state in
            guard !state.isStopped else { return false }
            state.steps.append(.chunk(chunk))
            state.work.append(chunk)
            return true
        }
        guard isWanted else {
            room.signal()
            return false
        }
        workReady.signal()
        stepReady.signal()
        return true
    }

    private func work() {
        while true {
            workReady.wait()
            let chunk = state.withLock { state -> Chunk? in
                guard !state.isStopped, !state.work.isEmpty else { return nil }
                return state.work.removeFirst()
            }
            guard let chunk else { return }
            let prepared = preparer.prepare(chunk.entries)
            chunk.prepared.withLock { $0 = prepared }
            chunk.isPrepared.signal()
        }
    }
}
