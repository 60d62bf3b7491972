internal import Foundation
internal import Synchronization

/// Reads entries on one thread, prepares them on several, and hands them over in order on the
/// caller's.
///
/// At most `AuditLimits.chunksAhead` chunks are held, however long the log is. When the caller
/// stops, all threads end before `forEach` returns.
final class Pipeline: Sendable {
    /// A run of entries, and what a worker made of them.
    ///
    /// Either is let go as soon as it is handed over, by the thread that is done with it.
    private final class Chunk: Sendable {
        private let isPrepared = DispatchSemaphore(value: 0)
        private let entries: Mutex<[SourceEntry]>
        private let prepared = Mutex<[PreparedEntry]>([])

        init(_ entries: [SourceEntry]) {
            self.entries = Mutex(entries)
        }

        func prepare(by preparer: EntryPreparer) {
            let entries = self.entries.withLock { exchange(&$0, with: []) }
            let prepared = preparer.prepare(entries)
            self.prepared.withLock { $0 = prepared }
            isPrepared.signal()
        }

        func take() -> [PreparedEntry] {
            isPrepared.wait()
            return prepared.withLock { exchange(&$0, with: []) }
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
                try body(chunk.take())
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
            chunk.prepare(by: preparer)
        }
    }
}
