internal import Dispatch
public import KontorStorage
public import Ledger
public import Signing
internal import Synchronization
public import VerifiableLog

/// A ledger that is open for writing: intake on all cores, one writer, group commit, receipts.
///
/// Submissions that wait while a commit is under way go into the next one together, so that a
/// durable write serves many of them. While one group is written, the rules of the next one run; no
/// more than one group is ahead of the log. Every answer follows its durable commit.
public final class Engine: Sendable {
    private let state: Mutex<Writer>
    private let queue = Mutex<Queue>(Queue())
    private let published: Mutex<Published?>
    private let intake: Intake
    private let worker = DispatchQueue(label: "kontor.writer")
    private let committer = DispatchQueue(label: "kontor.committer")
    private let commitPlace = DispatchSemaphore(value: 1)
    private let hasFailed = Mutex(false)
    private let store: any LogStore
    private let clock: any LedgerClock
    /// How many entries were replayed at the opening.
    public let replayedEntries: UInt64

    private struct Job: Sendable {
        let submissions: [PreparedSubmission]
        let finish: @Sendable (Result<[Answer], any Error>) -> Void
    }

    private struct Queue: Sendable {
        var jobs: [Job] = []
        var isWorking = false
    }

    /// Submissions that one commit takes at the most.
    public static let groupLimit = 4_096
    /// Payload bytes that one commit takes at the most, unless a single job is larger.
    public static let groupBytes = 16 << 20

    /// Opens a ledger for writing, and replays what its projection lacks.
    ///
    /// Throws `EngineError` when the store is not the one that writes this log, when it contradicts
    /// itself, when the key is not one of the log, or when the clock is behind the last entry or, without `acceptTime`, more than a day past
    /// it.
    public init(
        store: any LogStore,
        signer: NoteSigner,
        clock: any LedgerClock = SystemClock(),
        acceptTime: Bool = false,
        progress: (UInt64, UInt64) -> Void = { _, _ in }
    ) throws {
        let epoch = try Self.requireWriting(store)
        let recovered = try Recovery(store: store, logKey: signer.verifier).recover(
            progress: progress
        )
        if recovered.tree.size > 0 {
            try Self.check(clock, recovered.book.time, acceptTime)
            guard
                recovered.book.logKeys.contains(where: {
                    $0.vkey == signer.verifier.text && $0.revokedAt == nil
                })
            else {
                throw EngineError(
                    .logKey,
                    "this log key is not one that the chain registered and that holds"
                )
            }
        }
        let directory = KeyDirectory()
        intake = Intake(directory: directory)
        self.store = store
        self.clock = clock
        replayedEntries = recovered.replayed
        published = Mutex(
            recovered.checkpoint.map { Published(tree: recovered.tree, checkpoint: $0) }
        )
        for key in recovered.book.registeredKeys { directory.note(key) }
        state = Mutex(
            Writer(
                store: store,
                signer: signer,
                clock: clock,
                directory: directory,
                state: recovered,
                epoch: epoch
            )
        )
    }

    static func check(
        _ clock: any LedgerClock,
        _ last: Timestamp,
        _ acceptTime: Bool
    ) throws {
        let now = try clock.now()
        guard now >= last else {
            throw EngineError(
                .clockJump,
                "the clock says \(now), the last entry is of \(last); set the clock right"
            )
        }
        guard acceptTime || now.milliseconds - last.milliseconds <= 86_400_000 else {
            throw EngineError(
                .clockJump,
                "the last entry is of \(last), more than a day before \(now); if the clock is right, use --accept-time"
            )
        }
    }

    /// Submits texts, and returns their answers in the same order once they are durable.
    public func submit(_ texts: [[UInt8]]) async throws -> [Answer] {
        let prepared = intake.prepare(texts)
        return try await withCheckedThrowingContinuation { continuation in
            enqueue(prepared) { continuation.resume(with: $0) }
        }
    }

    /// Submits texts from a source until it is empty: reading and verifying go on while earlier
    /// ones are committed.
    ///
    /// Answers come in order. At most `ahead` chunks wait, so memory stays bounded. The caller's
    /// thread is blocked.
    public func submitAll(
        ahead: Int = 3,
        next: () throws -> [[UInt8]]?,
        answers: @escaping @Sendable ([Answer]) -> Void
    ) throws {
        let places = DispatchSemaphore(value: ahead)
        let failure = Mutex<(any Error)?>(nil)
        while failure.withLock({ $0 == nil }), let texts = try next() {
            let prepared = intake.prepare(texts)
            places.wait()
            enqueue(prepared) { result in
                switch result {
                case .success(let list): answers(list)
                case .failure(let error): failure.withLock { $0 = $0 ?? error }
                }
                places.signal()
            }
        }
        for _ in 0..<ahead { places.wait() }
        for _ in 0..<ahead { places.signal() }
        if let error = failure.withLock({ $0 }) { throw error }
    }

    /// The state of a store that another process may be writing to.
    ///
    /// Nothing is checked against a key.
    public static func readBook(
        of store: any LogStore,
        fromScratch: Bool = false,
        progress: (UInt64, UInt64) -> Void = { _, _ in }
    ) throws -> Book {
        try Recovery(store: store, logKey: nil).recover(
            fromScratch: fromScratch,
            progress: progress
        ).book
    }

    /// Submits texts and blocks until their answers are durable.
    public func submitAndWait(_ texts: [[UInt8]]) throws -> [Answer] {
        let result = Mutex<[Answer]>([])
        var rest: [[UInt8]]? = texts
        try submitAll(
            next: {
                defer { rest = nil }
                return rest
            },
            answers: { list in result.withLock { $0 += list } }
        )
        return result.withLock { $0 }
    }

    /// Reads the state between two groups; it may be ahead of the log by the group that is being
    /// written.
    public func read<T: Sendable>(_ body: (inout Book) throws -> T) rethrows -> T {
        try state.withLock { try body(&$0.book) }
    }

    /// What a transfer would do now.
    public func quote(_ terms: Digest, _ request: QuoteRequest) throws -> Quotation {
        let now = try clock.now()
        return read { book in
            let position = Position(
                index: book.size,
                time: max(now, book.time),
                ledger: book.ledger ?? .zero
            )
            return book.quote(terms, request, at: position)
        }
    }

    /// The signed checkpoint of the last commit, or nil before the genesis.
    public var checkpoint: SignedNote? { published.withLock { $0?.checkpoint } }

    /// The receipt of an accepted entry, with a proof against the last checkpoint.
    public func receipt(for entry: AcceptedEntry) throws -> Receipt {
        guard let head = published.withLock({ $0 }) else {
            throw EngineError(.genesis, "this ledger has no entry yet")
        }
        var cache = TileCache(store: store)
        let proof = try head.tree.inclusionProof(of: entry.index) { (path) throws(LogError) in
            try cache.tile(path)
        }
        return try Receipt(
            index: entry.index,
            time: entry.time,
            previous: entry.previous,
            id: entry.id,
            leafHash: entry.leafHash,
            proof: TLogProof(index: entry.index, hashes: proof.hashes, checkpoint: head.checkpoint)
        )
    }

    /// The accepted entry of an index as the log has it.
    public func acceptedEntry(at index: UInt64) throws -> AcceptedEntry? {
        guard let stored = try store.entry(at: index), let id = UUIDv7(rawValue: stored.id) else {
            return nil
        }
        let recovery = Recovery(store: store, logKey: nil)
        let (frame, leafHash) = try recovery.frame(of: stored)
        return AcceptedEntry(
            index: index,
            time: frame.time,
            previous: frame.previous,
            id: id,
            leafHash: leafHash
        )
    }

    /// The JWS of an entry as the log has it, or nil past the end.
    public func storedText(at index: UInt64) throws -> [UInt8]? {
        guard let stored = try store.entry(at: index) else { return nil }
        return try JWS(header: stored.header, payload: stored.payload, signature: stored.signature)
            .compact
    }

    /// Ends the work: what was accepted is durable already; the projection is saved so that the
    /// next start is quick.
    public func close() throws {
        worker.sync {}
        committer.sync {}
        try state.withLock { try $0.takeProjection() }?.save(to: store)
        try store.close()
    }

    private func enqueue(
        _ submissions: [PreparedSubmission],
        _ finish: @escaping @Sendable (Result<[Answer], any Error>) -> Void
    ) {
        let starts = queue.withLock { queue in
            queue.jobs.append(Job(submissions: submissions, finish: finish))
            defer { queue.isWorking = true }
            return !queue.isWorking
        }
        if starts { worker.async { self.work() } }
    }

    /// Commits jobs in groups until none waits.
    private func work() {
        while true {
            let group = queue.withLock { queue in
                var count = 0
                var bytes = 0
                var submissions = 0
                for job in queue.jobs {
                    submissions += job.submissions.count
                    bytes += job.submissions.reduce(0) { $0 + $1.text.count }
                    if count > 0, submissions > Self.groupLimit || bytes > Self.groupBytes { break }
                    count += 1
                }
                let group = Array(queue.jobs.prefix(count))
                queue.jobs.removeFirst(count)
                if group.isEmpty { queue.isWorking = false }
                return group
            }
            if group.isEmpty { return }
            let applied = Result { () throws -> AppliedGroup in
                try state.withLock { try $0.apply(group.flatMap(\.submissions)) }
            }
            commitPlace.wait()
            committer.async {
                self.finish(group, applied)
                self.commitPlace.signal()
            }
        }
    }

    /// Makes a group durable and gives its answers.
    private func finish(_ group: [Job], _ applied: Result<AppliedGroup, any Error>) {
        let result = Result { () throws -> [Answer] in
            let applied = try applied.get()
            // Its answers may name entries of a group that did not become durable.
            guard !hasFailed.withLock({ $0 }) else { throw EngineError.stopped }
            do {
                if let commit = applied.commit { try store.append(commit) }
                if let head = applied.published { published.withLock { $0 = head } }
                try applied.projection?.save(to: store)
            } catch {
                hasFailed.withLock { $0 = true }
                state.withLock { $0.stop() }
                throw EngineError.readOnly(after: error) ?? error
            }
            return applied.answers
        }
        var start = 0
        for job in group {
            let range = start..<start + job.submissions.count
            start = range.upperBound
            job.finish(result.map { Array($0[range]) })
        }
    }
}
