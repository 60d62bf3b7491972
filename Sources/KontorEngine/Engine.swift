internal import Dispatch
public import KontorStorage
internal import Ledger
public import Signing
internal import Synchronization
public import VerifiableLog

/// A ledger that is open for writing: intake on all cores, one writer, group commit, receipts.
///
/// Submissions that wait while a commit is under way go into the next one together, so that a
/// durable write serves many of them. While a large group is written, the rules of the next one
/// run; no more than one group is ahead of the log. Every answer follows its durable commit.
public final class Engine: Sendable {
    let state: Mutex<Writer>
    let queue = Mutex<Queue>(Queue())
    let published: Mutex<Published?>
    let signal: SizeSignal
    let tiles: TileCache
    let audiences = Mutex(GenerationCache<UInt64, Book.Audience>(limit: 32_768))
    let logins = Mutex(Logins())
    let tally = Mutex(EngineCounters())
    let store: any LogStore
    let clock: any LedgerClock
    let signer: NoteSigner
    private let queueLimit: Int
    private let intake: Intake
    private let worker = DispatchQueue(label: "kontor.writer")
    private let committer = DispatchQueue(label: "kontor.committer")
    private let commitPlace = DispatchSemaphore(value: 1)
    /// Signalled when the group that gathers is due before its deadline.
    private let due = DispatchSemaphore(value: 0)
    let hasFailed = Mutex(false)
    /// How many entries were replayed at the opening.
    public let replayedEntries: UInt64

    struct Job: Sendable {
        let submissions: [PreparedSubmission]
        /// Bytes of its texts.
        let byteCount: Int
        let finish: @Sendable (Result<[Answer], any Error>) -> Void
    }

    struct Queue: Sendable {
        var jobs: [Job] = []
        var isWorking = false
        /// Submissions that are being verified, and those of the jobs.
        var waiting = 0
        /// Bytes of the texts of the jobs.
        var byteCount = 0
        var gathering = Gathering()
        /// Whether the worker sleeps until the group is due.
        var isGathering = false

        /// Whether little waits, so that a group of it is worth growing.
        var isSmall: Bool { byteCount < Engine.smallGroupBytes }

        func isDue(at now: UInt64) -> Bool { !isSmall || gathering.isDue(jobs.count, at: now) }
    }

    /// Submissions that one commit takes at the most.
    public static let groupLimit = 4_096
    /// Payload bytes that one commit takes at the most, unless a single job is larger.
    public static let groupBytes = 16 << 20
    /// Payload bytes from which a group is worth running its rules while another one is written.
    private static let smallGroupBytes = 128 << 10

    /// Opens a ledger for writing, and replays what its projection lacks.
    ///
    /// Throws `EngineError` when the store is not the one that writes this log, when it contradicts
    /// itself, when the key is not one of the log, or when the clock is behind the last entry or,
    /// without `acceptTime`, more than a day past it. `queueLimit` is how many submissions may wait
    /// before `submit` says `busy`.
    public init(
        store: any LogStore,
        signer: NoteSigner,
        clock: any LedgerClock = SystemClock(),
        acceptTime: Bool = false,
        queueLimit: Int = 16_384,
        progress: (UInt64, UInt64) -> Void = { _, _ in }
    ) throws {
        let epoch = try Self.requireWriting(store)
        let recovered = try Recovery(store: store, logKey: signer.verifier).recover(
            progress: progress
        )
        try Self.check(recovered, signer, clock, acceptTime)
        let directory = KeyDirectory()
        intake = Intake(directory: directory)
        self.store = store
        self.clock = clock
        self.signer = signer
        self.queueLimit = queueLimit
        tiles = TileCache(store: store)
        signal = SizeSignal(size: recovered.tree.size)
        replayedEntries = recovered.replayed
        published = Mutex(
            recovered.checkpoint.map { checkpoint in
                Published(
                    prover: InclusionProver(recovered.tree),
                    checkpoint: checkpoint,
                    ledger: recovered.book.ledger ?? .zero,
                    time: recovered.book.time,
                    accessSize: 0
                )
            }
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

    /// Requires that clock and log key fit what is there.
    private static func check(
        _ recovered: RecoveredState,
        _ signer: NoteSigner,
        _ clock: any LedgerClock,
        _ acceptTime: Bool
    ) throws {
        guard recovered.tree.size > 0 else { return }
        try check(clock, recovered.book.time, acceptTime)
        let holds = recovered.book.logKeys.contains {
            $0.vkey == signer.verifier.text && $0.revokedAt == nil
        }
        guard holds else {
            throw EngineError(
                .logKey,
                "this log key is not one that the chain registered and that holds"
            )
        }
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

    /// Reads and verifies texts on all cores, as far as that needs no state.
    public func prepare(_ texts: [[UInt8]]) -> [PreparedSubmission] { intake.prepare(texts) }

    /// Submits texts, and returns their answers in the same order once they are durable.
    ///
    /// Throws `busy`, and takes none of them, if more submissions than the queue's limit would wait
    /// and any wait already; `stopped` or a fault of storage if their fate is unknown, so that they
    /// may be sent again.
    public func submit(_ texts: [[UInt8]]) async throws -> [Answer] {
        try await submit(prepare(texts))
    }

    /// Submits what was prepared, and returns the answers in the same order once they are durable.
    ///
    /// Throws as `submit(_:)` of texts.
    public func submit(_ submissions: [PreparedSubmission]) async throws -> [Answer] {
        try await withCheckedThrowingContinuation { continuation in
            do {
                try submit(submissions) { continuation.resume(with: $0) }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    /// Queues what was prepared; the answers come once they are durable.
    ///
    /// Of several calls the answers come in the order of the calls. Throws `busy`, and takes none
    /// of them, if more submissions than the queue's limit would wait and any wait already.
    public func submit(
        _ submissions: [PreparedSubmission],
        answers: @escaping @Sendable (Result<[Answer], any Error>) -> Void
    ) throws {
        try queue.withLock { queue in
            let waiting = queue.waiting + submissions.count
            guard queue.waiting == 0 || waiting <= queueLimit else {
                throw EngineError(
                    .busy,
                    "\(queue.waiting) submissions wait, \(queueLimit) may; send it again later"
                )
            }
            queue.waiting = waiting
        }
        enqueue(submissions, answers)
    }

    /// The moment by the clock of the ledger.
    public func now() throws -> Timestamp { try clock.now() }

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
            queue.withLock { $0.waiting += texts.count }
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

    /// Ends the work: what was accepted is durable already; the projection is saved so that the
    /// next start is quick.
    ///
    /// Whoever waits for the log to grow is told `stopped`.
    public func close() throws {
        worker.sync {}
        committer.sync {}
        signal.fail(EngineError(.stopped, "the ledger was closed; open it again"))
        try state.withLock { try $0.takeProjection() }?.save(to: store)
        try store.close()
    }

    private func enqueue(
        _ submissions: [PreparedSubmission],
        _ finish: @escaping @Sendable (Result<[Answer], any Error>) -> Void
    ) {
        let byteCount = submissions.reduce(0) { $0 + $1.text.count }
        let job = Job(submissions: submissions, byteCount: byteCount, finish: finish)
        let (starts, wakes) = queue.withLock { queue in
            queue.jobs.append(job)
            queue.byteCount += byteCount
            let now = Self.monotonicNanoseconds
            queue.gathering.arrived(at: now)
            let wakes = queue.isGathering && queue.isDue(at: now)
            if wakes { queue.isGathering = false }
            defer { queue.isWorking = true }
            return (!queue.isWorking, wakes)
        }
        if starts { worker.async { self.work() } }
        if wakes { due.signal() }
    }

    private static var monotonicNanoseconds: UInt64 { DispatchTime.now().uptimeNanoseconds }

    /// Commits jobs in groups until none waits.
    ///
    /// While a large group is written, the rules of the next one run, if that is large too. A small
    /// one waits for its turn first, and then until it is due, so that more submissions join it: a
    /// signature and a sync serve them all.
    private func work() {
        while let isSmall = nextIsSmall() {
            if isSmall {
                commitPlace.wait()
                gather()
            }
            let group = takeGroup()
            let applied = Result { () throws -> AppliedGroup in
                try state.withLock { try $0.apply(group.flatMap(\.submissions)) }
            }
            if isSmall {
                finish(group, applied)
                commitPlace.signal()
            } else {
                commitPlace.wait()
                committer.async {
                    self.finish(group, applied)
                    self.commitPlace.signal()
                }
            }
        }
    }

    /// Whether little waits, or nil if nothing does and the work is done.
    private func nextIsSmall() -> Bool? {
        queue.withLock { queue in
            queue.isWorking = !queue.jobs.isEmpty
            return queue.isWorking ? queue.isSmall : nil
        }
    }

    /// Lets a small group grow until it is due.
    private func gather() {
        let deadline = queue.withLock { queue in
            queue.isGathering = !queue.isDue(at: Self.monotonicNanoseconds)
            return queue.isGathering ? queue.gathering.deadline : nil
        }
        guard let deadline else { return }
        guard due.wait(timeout: DispatchTime(uptimeNanoseconds: deadline)) == .timedOut else {
            return
        }
        let wasWoken = queue.withLock { queue in
            defer { queue.isGathering = false }
            return !queue.isGathering
        }
        // The signal that came too late is not for the next group.
        if wasWoken { due.wait() }
    }

    /// The jobs of the next group.
    private func takeGroup() -> [Job] {
        queue.withLock { queue in
            var count = 0
            var bytes = 0
            var submissions = 0
            for job in queue.jobs {
                submissions += job.submissions.count
                bytes += job.byteCount
                if count > 0, submissions > Self.groupLimit || bytes > Self.groupBytes { break }
                count += 1
            }
            let group = Array(queue.jobs.prefix(count))
            queue.jobs.removeFirst(count)
            queue.byteCount -= group.reduce(0) { $0 + $1.byteCount }
            queue.waiting -= group.reduce(0) { $0 + $1.submissions.count }
            return group
        }
    }

    /// Makes a group durable and gives its answers.
    private func finish(_ group: [Job], _ applied: Result<AppliedGroup, any Error>) {
        let begin = Self.monotonicNanoseconds
        let result = Result { () throws -> [Answer] in
            let applied = try applied.get()
            // Its answers may name entries of a group that did not become durable.
            guard !hasFailed.withLock({ $0 }) else { throw EngineError.stopped }
            do {
                try publish(applied)
                try applied.projection?.save(to: store)
            } catch {
                hasFailed.withLock { $0 = true }
                state.withLock { $0.stop() }
                let told = EngineError.readOnly(after: error) ?? error
                signal.fail(.stopped)
                throw told
            }
            return applied.answers
        }
        queue.withLock { queue in
            queue.gathering.committed(
                group.count,
                waiting: queue.jobs.count,
                since: begin,
                at: Self.monotonicNanoseconds
            )
        }
        var start = 0
        for job in group {
            let range = start..<start + job.submissions.count
            start = range.upperBound
            job.finish(result.map { Array($0[range]) })
        }
    }

    /// Makes a commit durable, then shows it to readers, then wakes those who wait for it.
    private func publish(_ applied: AppliedGroup) throws {
        guard let commit = applied.commit, let head = applied.published else { return }
        let start = DispatchTime.now().uptimeNanoseconds
        try store.append(commit)
        let end = DispatchTime.now().uptimeNanoseconds
        tiles.note(applied.filledTiles)
        published.withLock { $0 = head }
        signal.state(size: commit.head.size)
        tally.withLock { tally in
            let moment = EngineCounters.Moment(monotonicNanoseconds: end, time: head.time)
            tally.note(commit, seconds: Double(end - start) / 1e9, at: moment)
        }
    }
}
